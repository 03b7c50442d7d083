import { connectionResolver } from "../../../provider/src/rds/resolveConnection";
import { redirectMetadata } from "../../unit/provider-sign-in/httpStandIn";

/**
 * A process of its own that signs in once, as the provider process does: the SDK's default chain reads the
 * environment and the home folder of its process. Its argument is the stack's configuration.
 */
async function signInOnce(): Promise<unknown> {
  const config = JSON.parse(process.argv[2] ?? "{}") as Readonly<Record<string, string>>;
  const port = process.env["TEST_SERVICE_PORT"];
  if (port) redirectMetadata(Number(port));
  const debug: string[] = [];
  const resolve = connectionResolver((key) => config[key], process.env, {
    warn: () => undefined,
    debug: (line) => void debug.push(line),
  });
  try {
    const connection = resolve({});
    const all = await Promise.all([connection, connection, connection].map((one) => one.credentials()));
    return { signers: all.map(({ accessKeyId }) => accessKeyId), region: connection.region, debug };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

void signInOnce().then((result) => console.log(JSON.stringify(result)));
