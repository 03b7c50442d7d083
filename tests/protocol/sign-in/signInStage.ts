import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { startSimulator, type Simulator, type WorldInput } from "alicloud-rds-simulator";
import { startHttp, temporaryKey, type HttpStandIn } from "../../unit/provider-sign-in/httpStandIn";
import { cliFile, prodProfile } from "../../unit/provider-sign-in/stack";
import { providerText } from "../provider/cast";
import { startProvider } from "../provider/providerProcess";
import { startStandInEngine } from "../provider/standInEngine";

/** What a user has set before the provider process starts. */
export interface Setup {
  /** Keys of `alicloud:`; objects become JSON text, as Pulumi stores them. */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Files below the home folder; objects become JSON. Default: the CLI's file with the profile `prod`. */
  readonly files?: Readonly<Record<string, unknown>>;
  /** The resource's `connection`. */
  readonly connection?: Readonly<Record<string, unknown>>;
  /** The target instance. Default: one that exists. */
  readonly target?: string;
}

/** The one who may call RDS; everybody else is known and denied. */
export type Signer =
  | Key
  /** Name of a role: the sessions of it may, and whoever asks for it is denied; a temporary key that asks is named. */
  | { readonly role: string; readonly by?: Key }
  | "nobody";

interface Key {
  readonly key: string;
  readonly token?: string;
}

/** What a provider process with such a setup did. */
export interface SignedIn {
  /** The calls of RDS: action and status. */
  readonly rds: readonly string[];
  /** The calls of STS: action and role. */
  readonly sts: readonly string[];
  /** Why the resource was refused. */
  readonly refusals: readonly string[];
  readonly warnings: readonly string[];
  /** Region that is said where an instance was not found. */
  readonly region: string | undefined;
}

/** The simulated RDS and, over TLS, STS; and a service for credentials, logins and the metadata of an ECS instance. */
export interface SignInStage extends AsyncDisposable {
  readonly simulator: Simulator;
  readonly service: HttpStandIn;
  /** Where a file of the home folder is. */
  home(path: string): string;
  /** Checks a resource in a provider that was loaded for it. */
  check(setup: Setup, mayCall: Signer): Promise<SignedIn>;
}

/** Ids and secrets that the tests use; all are known to the cloud. */
const secrets: Readonly<Record<string, string>> = {
  AKconfig: "secret-config",
  AKenv: "secret-env",
  AKold: "secret-old",
  AKthird: "secret-third",
  AKprod: "secret-prod",
  AKother: "secret-other",
  AKini: "secret-ini",
  "STS.uri": "secret-of-uri",
  "STS.ecs": "secret-of-ecs",
  "STS.sso": "secret-of-sso",
  "STS.ext": "secret-of-ext",
  "STS.oauth": "secret-of-oauth",
};

export const roleArn = (name: string) => `acs:ram::${accountId}:role/${name}`;
export const oidcProviderArn = "acs:ram::1000000000000001:oidc-provider/idp";
const accountId = "1000000000000001";

export async function openSignInStage(): Promise<SignInStage> {
  const simulator = await startSimulator({ clock: "stepped", tls: true });
  const folder = "/latest/meta-data/ram/security-credentials/";
  const service = await startHttp({
    "GET /credentials": temporaryKey("uri"),
    "POST /cloud-credentials": { CloudCredential: temporaryKey("sso") },
    "POST /v1/token": { access_token: "oauth-access", refresh_token: "oauth-next", expires_in: 3600 },
    "POST /v1/exchange": {
      accessKeyId: "STS.oauth",
      accessKeySecret: "secret-of-oauth",
      securityToken: "token-of-oauth",
      expiration: temporaryKey("oauth").Expiration,
    },
    "PUT /latest/api/token": "metadata-token",
    [`GET ${folder}`]: "worker",
    [`GET ${folder}worker`]: temporaryKey("ecs"),
  });
  const engine = await startStandInEngine();
  const homes = mkdtempSync(join(tmpdir(), "sign-in-process-"));
  let homesMade = 0;
  let home = join(homes, "0");
  const certificate = join(homes, "sts.pem");
  writeFileSync(certificate, simulator.tls?.certificate ?? "");

  const provider = await startProvider({
    engine: engine.address,
    configuration: {},
    env: {
      NODE_EXTRA_CA_CERTS: certificate,
      NODE_OPTIONS: `--require ${join(__dirname, "redirectFixedHosts.cjs")}`,
      TEST_SERVICE_PORT: String(service.port),
    },
  });

  const prepareHome = (files: Readonly<Record<string, unknown>>) => {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(home, path)), { recursive: true });
      writeFileSync(join(home, path), typeof content === "string" ? content : JSON.stringify(content));
    }
  };

  return {
    simulator,
    service,
    home: (path) => join(home, path),
    async check({ config = {}, env = {}, files = onlyProd, connection, target }, mayCall) {
      simulator.setWorld(worldFor(mayCall));
      simulator.clearJournal();
      service.calls.length = 0;
      mkdirSync(home, { recursive: true });
      prepareHome(files);
      const said = engine.said.length;
      const configuration = {
        endpoints: [{ rds: simulator.endpoint, sts: simulator.tls?.endpoint }],
        protocol: "HTTP",
        region: "cn-hangzhou",
        ...config,
      };
      await provider.configure(
        Object.fromEntries(
          Object.entries(configuration).flatMap(([key, value]) =>
            value === undefined
              ? []
              : [[`alicloud:${key}`, typeof value === "string" ? value : JSON.stringify(value)]],
          ),
        ),
      );
      const inputs = {
        ...resource,
        __provider: renewed({ HOME: home, ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true", ...env }),
        ...(connection ? { connection } : {}),
        ...(target === undefined ? {} : { targetDbInstanceId: target }),
      };
      const { failures } = await provider.check({}, inputs);
      // The next setup finds a home of its own.
      home = join(homes, String(++homesMade));
      const journal = simulator.journal();
      const isSts = ({ action }: { action: string }) => action.startsWith("AssumeRole");
      const news = engine.said.slice(said);
      const of = (severity: string) =>
        news.filter((one) => one.severity === severity).map(({ message }) => message);
      return {
        rds: journal.filter((one) => !isSts(one)).map(({ action, status }) => `${action} ${status}`),
        sts: journal
          .filter(isSts)
          .map(({ action, parameters }) => [action, parameters["RoleArn"]?.replace(/.*\//, "")].join(" ")),
        refusals: failures.map(({ reason }) => reason),
        warnings: of("warning"),
        region: /not found in region (\S+)/.exec(
          [...failures.map(({ reason }) => reason), ...of("warning")].join("\n"),
        )?.[1],
      };
    },
    async [Symbol.asyncDispose]() {
      await provider[Symbol.asyncDispose]();
      engine.close();
      await Promise.all([simulator.close(), service.close()]);
      rmSync(homes, { recursive: true, force: true });
    },
  };
}

/**
 * What the process loads as the provider: it sees this environment, and nothing that an earlier one of the same process
 * has kept. A process for each setup does the same in ten times the time; `defaultChain.test.ts` and the engine tests have one.
 */
function renewed(env: Readonly<Record<string, string>>): string {
  return `exports.handler = () => {
    const always = ["PATH", "NODE_COMPILE_CACHE", "NODE_EXTRA_CA_CERTS", "ALICLOUD_RDS_COPY_CLOCK"];
    for (const key of Object.keys(process.env)) if (!always.includes(key)) delete process.env[key];
    Object.assign(process.env, ${JSON.stringify(env)});
    const entry = require.resolve("pulumi-alicloud-rds-copy/provider");
    const ours = require("node:path").dirname(entry);
    for (const file of Object.keys(require.cache))
      if (file.startsWith(ours) || /node_modules.(@alicloud|@darabonba)/.test(file)) delete require.cache[file];
    return ${providerText.replace("exports.handler=()=>", "")};
  }`;
}

const onlyProd = { ".aliyun/config.json": cliFile(prodProfile) };

const resource = {
  resourceUrn: "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/databaseCopy:DatabaseCopy::copy",
  sourceDbInstanceId: "rm-prod",
  targetDbInstanceId: "rm-staging",
  dbNames: { orders: "orders" },
  requireTargetTags: { purpose: "tests" },
};

function worldFor(mayCall: Signer): WorldInput {
  const isRole = mayCall !== "nobody" && "role" in mayCall;
  const allowed = mayCall === "nobody" || isRole ? undefined : mayCall;
  // A key with a token is that of a session, and nothing without its token.
  const temporary = isRole ? mayCall.by : allowed;
  const keys = Object.keys(secrets).filter((id) => id !== temporary?.key || temporary.token === undefined);
  return {
    accounts: keys.map((id) => ({
      accountId,
      accessKeyId: id,
      accessKeySecret: secrets[id] ?? "",
      deny: id === allowed?.key ? [] : ["rds:*"],
    })),
    sessions:
      temporary?.token === undefined
        ? []
        : [
            {
              accessKeyId: temporary.key,
              accessKeySecret: secrets[temporary.key] ?? "",
              securityToken: temporary.token,
              accountId,
              roleArn: roleArn("session"),
              sessionName: "test",
              expires: new Date(Date.now() + 3_600_000).toISOString(),
            },
          ],
    roles: isRole ? rolesUpTo(mayCall.role) : [],
    instances: [
      {
        id: "rm-prod",
        databases: [{ name: "orders" }],
        backups: [
          {
            id: "1001",
            start: new Date(Date.now() - 9 * 3_600_000).toISOString(),
            end: new Date(Date.now() - 8 * 3_600_000).toISOString(),
            databases: { orders: "orders-1001" },
          },
        ],
      },
      { id: "rm-staging", tags: { purpose: "tests" } },
    ],
  };
}

/** The role, and one that may be on the way to it. */
function rolesUpTo(name: string): NonNullable<WorldInput["roles"]> {
  const trusts = [oidcProviderArn];
  return [
    { arn: roleArn(name), trusts },
    ...(name === "first" ? [] : [{ arn: roleArn("first"), trusts, deny: ["rds:*"] }]),
  ];
}
