import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import type { WorldInput } from "alicloud-rds-simulator";
import { oneCopy } from "../harness/program";
import { openStage, type Stage, type StageOptions } from "../harness/stage";
import { company } from "../harness/world";

/** Previews of people and machines that may see little or nothing: a word of help, and never a stop for not knowing. */
describe("engine: previews without rights", () => {
  const copy = oneCopy({ dbNames: ["orders"] });

  const openWith = async (world: WorldInput = company, waits: StageOptions["waits"] = "simulated") => {
    const stage = await openStage({ world, waits });
    await stage.program(copy);
    return stage;
  };

  /** The one warning of the resource in a preview that goes through. */
  async function warningOf(stage: Stage): Promise<string> {
    const { exitCode, text } = await stage.preview();
    assert.equal(exitCode, 0, text);
    const [, own = ""] = text.split("DatabaseCopy (copy):\n");
    const warnings = own.split("warning:").slice(1);
    assert.equal(warnings.length, 1, text);
    assert.match(text, /\+ 2 to create/);
    return warnings[0]?.split("\n\n")[0] ?? "";
  }
  const configure = (stage: Stage, ...pairs: readonly (readonly [string, string])[]) =>
    stage.configure(Object.fromEntries(pairs));

  it("no credentials", async () => {
    await using stage = await openWith();
    await stage.configure({ "alicloud:accessKey": undefined, "alicloud:secretKey": undefined });
    const warning = await warningOf(stage);
    assert.match(warning, /\[not-checked\] Nothing of what this copy may run into could be checked\./);
    assert.match(warning, /A preview goes on without signing in; pulumi up cannot\. No credentials found\./);
    assert.deepEqual(stage.simulator.journal(), []);
  });

  it("a key that may only describe instances", async () => {
    const deny = ["rds:DescribeDatabases", "rds:DescribeBackups", "rds:DescribeDBInstanceTDE"];
    await using stage = await openWith({ ...company, accounts: [{ deny }] });
    const warning = await warningOf(stage);
    for (const action of deny) assert.ok(warning.includes(action), `${action} in ${warning}`);
    assert.match(
      warning,
      /The key simu\.\.\.-key of alicloud:accessKey lacks the permissions rds:DescribeDatabases/,
    );
    assert.match(warning, /npx pulumi-alicloud-rds-copy policy/);
  });

  it("a key of another account: no instance is found, and that is told for what it probably is", async () => {
    await using stage = await openWith({
      ...company,
      accounts: [
        {},
        { accountId: "2000000000000002", accessKeyId: "another-key-id", accessKeySecret: "other-secret" },
      ],
    });
    await configure(stage, ["alicloud:accessKey", "another-key-id"], ["alicloud:secretKey", "other-secret"]);
    const { exitCode, text } = await stage.preview();
    assert.notEqual(exitCode, 0);
    assert.match(
      text,
      /sourceDbInstanceId: \[instance-not-found\] Neither instance rm-prod nor rm-staging was found .* by the key anot\.\.\.y-id of alicloud:accessKey\./,
    );
    assert.match(text, /the key of another account or another region is likelier than two wrong ids/);
  });

  it("a key that the cloud does not know, and one with the wrong secret: which one it is, and where it was found", async () => {
    await using stage = await openWith();
    await configure(stage, ["alicloud:accessKey", "unknown-key-id"]);
    assert.match(
      await warningOf(stage),
      /The service does not accept the key unkn\.\.\.y-id of alicloud:accessKey: \S+ answered InvalidAccessKeyId\.NotFound/,
    );
    await configure(stage, ["alicloud:accessKey", "simulated-key"], ["alicloud:secretKey", "mistyped"]);
    assert.match(
      await warningOf(stage),
      /The service does not accept the key simu\.\.\.-key of alicloud:accessKey: .*SignatureDoesNotMatch: the secret of the key, or its token, is not the one/,
    );
  });

  it("a dead endpoint", async () => {
    await using stage = await openWith();
    await configure(stage, ["alicloud:endpoints", '[{"rds":"127.0.0.1:9"}]']);
    assert.match(await warningOf(stage), /Connection refused by 127\.0\.0\.1:9: .*alicloud:endpoints/);
  });

  it("a region that does not exist: its host is not known", async () => {
    await using stage = await openWith();
    await stage.configure({ "alicloud:endpoints": undefined });
    await configure(stage, ["alicloud:region", "xx-nowhere-1"]);
    assert.match(
      await warningOf(stage),
      /No host of the name rds\.xx-nowhere-1\.aliyuncs\.com is known here: .*Check the region \(xx-nowhere-1; alicloud:region or connection\.region\)/,
    );
  });

  it("another region: the instances are found, and it is said where they are", async () => {
    await using stage = await openWith();
    await configure(stage, ["alicloud:region", "cn-shanghai"]);
    assert.match(
      await warningOf(stage),
      /\[region-other\] Instance rm-prod is in cn-hangzhou, and this resource calls cn-shanghai/,
    );
  });

  it("an STS that nobody listens at, and one that takes the call and never answers: it is STS that is named", async () => {
    const silent = createServer().listen(0, "127.0.0.1");
    await once(silent, "listening");
    try {
      await using stage = await openWith(company, "really");
      const { port } = silent.address() as AddressInfo;
      const endpoints = (sts: string) => JSON.stringify([{ rds: stage.simulator.endpoint, sts }]);
      await configure(
        stage,
        ["alicloud:assumeRole", '{"roleArn":"acs:ram::1000000000000001:role/copier"}'],
        // Far longer than this test may take: nobody waits for it.
        ["alicloud:clientReadTimeout", "3600000"],
        ["alicloud:clientConnectTimeout", "3600000"],
        ["alicloud:endpoints", endpoints("127.0.0.1:9")],
      );
      assert.match(
        await warningOf(stage),
        /pulumi up cannot\. Signing in as the role \S*role\/copier .* failed: STS at 127\.0\.0\.1:9 cannot be reached \(ECONNREFUSED\).*Check the way there \(alicloud:endpoints/,
      );
      await configure(stage, ["alicloud:endpoints", endpoints(`127.0.0.1:${port}`)]);
      const warning = await warningOf(stage);
      const silence = `STS at 127.0.0.1:${port} did not respond in time. Check the way there (alicloud:endpoints`;
      assert.ok(warning.includes(silence), warning);
      assert.deepEqual(stage.simulator.journal(), []);
    } finally {
      silent.close();
    }
  });

  it("an endpoint that takes the call and never answers", async () => {
    await using stage = await openWith(company, "really");
    stage.simulator.addFault({ action: "*", then: { delayMs: 60_000 } });
    assert.match(await warningOf(stage), /127\.0\.0\.1:\d+ did not respond in time/);
    // Once in the run, not once for each question.
    assert.equal(stage.simulator.journal().length, 1);
  });
});
