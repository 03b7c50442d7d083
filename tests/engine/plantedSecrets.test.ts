import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { WorldInput } from "alicloud-rds-simulator";
import { startHttp } from "../unit/provider-sign-in/httpStandIn";
import { oidcToken } from "../unit/simulator/oidcToken";
import type { CliRun } from "./harness/cli";
import { oneCopy } from "./harness/program";
import { openStage, type Stage, type StageOptions } from "./harness/stage";
import { template } from "./harness/template";
import { company } from "./harness/world";

/**
 * Recognisable secrets, a run that succeeds and one that fails, everything as talkative as the engine can be, and then
 * a search through all that was written: what was printed, the state, all other files, the journal of the cloud.
 */
describe("engine: planted secrets", () => {
  const role = "acs:ram::1000000000000001:role/copier";
  const provider = "acs:ram::1000000000000001:oidc-provider/idp";

  it("a key, a role with an external id, and the sessions that STS gave", async () => {
    await using stage = await open({
      accounts: [{ accessKeyId: "some-key", accessKeySecret: "PLANTED-secret" }],
      roles: [{ arn: role, externalId: "known-to-both" }],
    });
    await stage.configure({ "alicloud:accessKey": "some-key" });
    await setSecret(stage, "secretKey", "PLANTED-secret");
    await setSecret(stage, "assumeRole", { roleArn: role, externalId: "known-to-both" });
    const texts = [await succeeds(stage.up(...verbose))];
    quoting(stage, "DescribeDatabases");
    texts.push(await fails(stage.refresh(...verbose)));
    stage.simulator.clearFaults();
    quoting(stage, "AssumeRole");
    texts.push(await fails(stage.refresh(...verbose)));
    stage.simulator.clearFaults();
    texts.push(await succeeds(stage.destroy(...verbose)));
    await assertNowhere(stage, texts);
  });

  it("a profile with a token in a credentials file, named by a secret connection; and a file that is broken", async () => {
    const folder = await mkdtemp(join(tmpdir(), "planted-"));
    try {
      const file = join(folder, "config.json");
      const profile = {
        name: "PLANTED-profile",
        mode: "StsToken",
        access_key_id: "STS.planted",
        access_key_secret: "PLANTED-secret",
        sts_token: "PLANTED-token",
      };
      writeFileSync(file, JSON.stringify({ profiles: [profile] }));
      await using stage = await open({ sessions: [session] }, { ALICLOUD_SHARED_CREDENTIALS_FILE: file });
      await stage.program(
        oneCopy({ dbNames: ["orders"] }).replace(
          "}",
          ', connection: pulumi.secret({ profile: "PLANTED-profile" }) }',
        ),
      );
      const texts = [await succeeds(stage.up(...verbose))];
      const world = stage.simulator.world();
      stage.simulator.setWorld({ ...world, sessions: [{ ...session, expires: world.now }] });
      texts.push(await fails(stage.refresh(...verbose)));
      writeFileSync(file, JSON.stringify({ profiles: [profile] }).slice(0, -3));
      texts.push(await fails(stage.refresh(...verbose)));
      await assertNowhere(stage, texts);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("a token of an identity provider, refused first", async () => {
    await using stage = await open({ roles: [{ arn: role, trusts: [provider] }] });
    const block = { roleArn: role, oidcProviderArn: provider };
    await setSecret(stage, "assumeRoleWithOidc", { ...block, oidcToken: "PLANTED-token.PLANTED-token.x" });
    await stage.configure({ "alicloud:accessKey": undefined, "alicloud:secretKey": undefined });
    const refused = await succeeds(stage.preview(...verbose));
    assert.match(refused, /\[not-checked\]/);
    const oidc = `${oidcToken({}).replace(/[^.]*$/, "")}PLANTED-signature`;
    await setSecret(stage, "assumeRoleWithOidc", { ...block, oidcToken: oidc });
    await assertNowhere(stage, [refused, await succeeds(stage.up(...verbose))]);
  });

  it("a credentials URI with a token of its own, and what it gives", async () => {
    const { accessKeyId, accessKeySecret, securityToken, expires } = session;
    const service = await startHttp({
      "GET /credentials": {
        Code: "Success",
        AccessKeyId: accessKeyId,
        AccessKeySecret: accessKeySecret,
        SecurityToken: securityToken,
        Expiration: expires,
      },
      "GET /broken": { Code: "Success", AccessKeySecret: "PLANTED-secret" },
    });
    try {
      await using stage = await open({ sessions: [session] });
      await stage.configure({ "alicloud:accessKey": undefined, "alicloud:secretKey": undefined });
      await setSecret(stage, "credentialsUri", `${service.origin}/broken?auth=PLANTED-query`);
      const broken = await succeeds(stage.preview(...verbose));
      assert.match(broken, /\[not-checked\]/);
      await setSecret(stage, "credentialsUri", `${service.origin}/credentials?auth=PLANTED-query`);
      await assertNowhere(stage, [broken, await succeeds(stage.up(...verbose))]);
    } finally {
      await service.close();
    }
  });
});

const verbose = ["--debug", "--logtostderr", "-v=9", "--logflow"];

const session = {
  accessKeyId: "STS.planted",
  accessKeySecret: "PLANTED-secret",
  securityToken: "PLANTED-token",
  accountId: "1000000000000001",
  roleArn: "acs:ram::1000000000000001:role/planted",
  sessionName: "planted",
  expires: new Date(Date.now() + 3_600_000).toISOString(),
};

async function open(world: WorldInput, env: NonNullable<StageOptions["env"]> = {}): Promise<Stage> {
  const stage = await openStage({ world: { ...company, ...world }, sts: true, env });
  await stage.program(oneCopy({ dbNames: ["orders"] }));
  return stage;
}

async function setSecret(stage: Stage, key: string, value: unknown): Promise<void> {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  await stage.pulumi("config", "set", "--secret", `alicloud:${key}`, text);
}

/** The gateway's refusal of a signature: it repeats what was signed. */
function quoting({ simulator }: Stage, action: string): void {
  const { accessKeySecret = "", securityToken = "" } = simulator.world().sessions.at(-1) ?? {};
  const message = `server string to sign is:POST x-acs-security-token:${securityToken} ${accessKeySecret} PLANTED-secret`;
  simulator.addFault({ action, then: { error: { status: 400, code: "SignatureDoesNotMatch", message } } });
}

async function succeeds(run: Promise<CliRun>): Promise<string> {
  const { exitCode, text } = await run;
  assert.equal(exitCode, 0, text);
  return text;
}

async function fails(run: Promise<CliRun>): Promise<string> {
  const { exitCode, text } = await run;
  assert.notEqual(exitCode, 0, text);
  return text;
}

async function assertNowhere(stage: Stage, texts: readonly string[]): Promise<void> {
  const given = stage.simulator.world().sessions.flatMap((one) => [one.accessKeySecret, one.securityToken]);
  // The last one is in the links by which backups can be downloaded.
  const secrets = ["PLANTED", ...given, "rdsbak.simulated"];
  const found = (text: string) => secrets.some((secret) => text.includes(secret));
  const shown = texts.flatMap((text) => text.split("\n")).filter((line) => found(line) && !isEngines(line));
  assert.deepEqual(shown, []);
  const { folder } = await template();
  assert.deepEqual(
    filesBelow(folder).filter((file) => found(readFileSync(file, "utf8"))),
    [],
  );
  assert.equal(found(JSON.stringify(stage.simulator.journal())), false);
}

/**
 * What the engine and its SDK show of the secrets of any resource and of any provider's configuration when they are
 * told to be talkative (docs/engine-notes.md): the properties of their calls.
 */
function isEngines(line: string): boolean {
  return (
    /"msg":"(Unm|M)arshaling property for RPC\[/.test(line) ||
    /(debug: |"msg":"(eventSink::Debug\(<\{%reset%\}>)?)RegisterResource RPC finished: /.test(line)
  );
}

/** The state, its history, the configuration, the engine's home, and whatever was left in the folder for temporary files. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (file) =>
        !file.includes("/compiled/") && !file.includes("/node_modules/") && !file.endsWith("/index.js"),
    )
    .filter((file) => statSync(file).size < 10_000_000);
}
