import { readFileSync } from "node:fs";
import { Command, InvalidArgumentError, Option } from "commander";
import type { CertificatePair } from "../server/certificate.js";
import { clockKinds, type ClockKind } from "../server/clock.js";
import { startSimulator, type Simulator } from "../server/startSimulator.js";
import { findWorld } from "../worlds.js";

/** What the program does without a sub-command: it serves until it is told to end. */
export const serveCommand = (): Command =>
  new Command("alicloud-rds-simulator")
    .description(
      "A local endpoint for the ApsaraDB RDS API (2014-08-15, SQL Server). It is a simulator: nothing it says comes from the cloud.",
    )
    .option("--port <port>", "where plain HTTP listens; 0 takes a free one", portNumber, 8094)
    .option("--host <host>", "the address to listen on", "127.0.0.1")
    .option("--allow-remote", "let --host be something else than loopback")
    .option(
      "--world <name|file>",
      "the world to start with: a ready one (sub-command worlds) or a JSON document (sub-command schema)",
    )
    .addOption(
      new Option("--clock <kind>", "how time passes: really; by being looked at; only when it is advanced")
        .choices(clockKinds)
        .default("real"),
    )
    .option(
      "--speed <factor>",
      "seconds of the world in one real second (default: 1 with --clock real, else any number while all who follow the clock wait)",
      positive,
    )
    .option(
      "--state <file>",
      "keep world, time and faults in this file and go on from it; without, all is forgotten at the end",
    )
    .option("--journal <file>", "append every call to this file, one JSON document a line")
    .option("--tls", "HTTPS on a second port as well, with a certificate made for this run")
    .option("--tls-cert <file>", "the same with a certificate of your own, PEM")
    .option("--tls-key <file>", "its key, PEM")
    .option("--tls-port <port>", "where HTTPS listens; 0 takes a free one", portNumber, 0)
    .addHelpText("after", lesson)
    .action(serve);

interface Flags {
  readonly port: number;
  readonly host: string;
  readonly allowRemote?: true;
  readonly world?: string;
  readonly clock: ClockKind;
  readonly speed?: number;
  readonly state?: string;
  readonly journal?: string;
  readonly tls?: true;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly tlsPort: number;
}

async function serve({ world, tls, tlsCert, tlsKey, ...rest }: Flags): Promise<void> {
  const simulator = await startSimulator({
    ...rest,
    world: world === undefined ? undefined : findWorld(world),
    tls: tlsPair(tlsCert, tlsKey) ?? tls,
    log: (line) => {
      console.error(line);
    },
  });
  const end = () => void simulator.close();
  process.once("SIGTERM", end);
  process.once("SIGINT", end);
  for (const line of notices(simulator, rest.state, world)) console.error(line);
  console.log(`alicloud-rds-simulator listening on ${simulator.url}`);
  if (simulator.tls !== undefined) console.log(`alicloud-rds-simulator listening on ${simulator.tls.url}`);
}

/** What a person should know at the start, on stderr. */
function notices(simulator: Simulator, state: string | undefined, world: string | undefined): string[] {
  if (state === undefined)
    return ["Nothing is kept: what happens is forgotten at the end (--state FILE keeps it)."];
  if (!simulator.resumed) return [`World, time and faults are kept in ${state}.`];
  const unused = world === undefined ? "" : " --world counts only where there is no state file yet.";
  return [`Going on from ${state}.${unused}`];
}

function tlsPair(cert: string | undefined, key: string | undefined): CertificatePair | undefined {
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined) throw new Error("--tls-cert and --tls-key belong together.");
  return { cert: readPem("--tls-cert", cert), key: readPem("--tls-key", key) };
}

function readPem(flag: string, file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new Error(`The file of ${flag} cannot be read: ${(error as Error).message}`);
  }
}

function portNumber(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65535)
    throw new InvalidArgumentError("A port is 0 to 65535.");
  return Number(text);
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError("It must be a number above 0.");
  return value;
}

const lesson = `
Try it:
  alicloud-rds-simulator --world small-company --speed 60
  then open http://127.0.0.1:8094/_simulator/ and point a client there: endpoint 127.0.0.1:8094, protocol HTTP,
  key simulated-key, secret simulated-secret. A Pulumi stack:
    pulumi config set --path 'alicloud:endpoints[0].rds' 127.0.0.1:8094
    pulumi config set alicloud:protocol HTTP
    pulumi config set alicloud:accessKey simulated-key
    pulumi config set --secret alicloud:secretKey simulated-secret

Control calls, on the same port, with curl:
  GET                /_simulator/             a page that shows what is there and what runs
  GET, PUT           /_simulator/world        the whole world as it is now; replace it
  GET, DELETE        /_simulator/journal      every call; forget them
  POST, GET, DELETE  /_simulator/faults       add a fault rule, list, remove all
  POST               /_simulator/clock        {"advance": "10m"}, with --clock virtual
  POST               /_simulator/reset        back to the world it was started with
  GET                /_simulator/status       what the page shows, as JSON
  GET                /_simulator/certificate  what a client of the HTTPS port has to trust

The first call to CopyDatabaseBetweenInstances is carried out, but its answer is lost:
  curl 127.0.0.1:8094/_simulator/faults -H 'content-type: application/json' \\
    -d '{"action": "CopyDatabaseBetweenInstances", "when": {"nth": 1}, "then": {"drop": "after"}}'

From tests: startSimulator() of this package in the same process, connectToSimulator() of
alicloud-rds-simulator/client from another. Every answer that rests on a document or on an inference is listed
with its source in the package's documentation.`;
