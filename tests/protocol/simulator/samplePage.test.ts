import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { startSimulator, type Simulator } from "../../../simulator/src/index.js";
import { smallCompany } from "../../unit/simulator/cloud.js";

const run = promisify(execFile);
const cli = join(__dirname, "../../../simulator/dist/cli.js");
const [prod, staging] = smallCompany.instances;

const sign = async (address: string, ...args: string[]) =>
  (await run(process.execPath, [cli, "sign", address, ...args], { env })).stdout.trim();
const curl = async (address: string, ...args: string[]) =>
  (await run("curl", ["--silent", "--show-error", "--noproxy", "*", ...args, address])).stdout;

// The developer's own keys must not sign what is sent to a simulator.
const env = {
  ...process.env,
  ALIBABA_CLOUD_ACCESS_KEY_ID: "own-key",
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: "own-secret",
};

/** The request of the 2019 page, in its own layout. */
const sample = (endpoint: string, more = "") => `http://${endpoint}/?Action=CopyDatabaseBetweenInstances
&DBInstanceId=rm-prod
&DbNames=orders,crm
&TargetDBInstanceId=rm-staging${more}
&<common parameters>`;

describe("simulator: the sample request of the 2019 page, by curl", () => {
  let sim: Simulator;
  beforeEach(async () => {
    sim = await startSimulator({
      clock: "virtual",
      world: {
        ...smallCompany,
        instances: [
          { ...prod, engineVersion: "2016_std_ha" },
          { ...staging, engineVersion: "2016_std_ha" },
        ],
        service: { apiPage: "2019" },
      },
    });
  });
  afterEach(() => sim.close());

  it("is answered in XML in the page's shape", async () => {
    const text = await curl(await sign(sample(sim.endpoint, "&Format=XML")));
    assert.match(
      text,
      /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<CopyDatabaseBetweenInstancesResponse><RequestId>[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}<\/RequestId><DBInstanceId>rm-prod<\/DBInstanceId><\/CopyDatabaseBetweenInstancesResponse>$/,
    );
  });

  it("is answered in JSON in the page's shape, and copies what is there now", async () => {
    const text = await curl(await sign(sample(sim.endpoint)));
    assert.match(
      text,
      /^\{"RequestId":"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}","DBInstanceId":"rm-prod"\}$/,
    );
    sim.advance("1h");
    const copied = sim.world().instances[1]?.databases.map(({ name, content }) => [name, content]);
    assert.deepEqual(copied, [
      ["orders", "orders-march"],
      ["crm", "crm-march"],
    ]);
  });

  it("is refused with the page's one error, in both forms", async () => {
    sim.setWorld({
      ...sim.world(),
      instances: sim.world().instances.map((one) => ({ ...one, storageGiB: 20 })),
    });
    const json = JSON.parse(await curl(await sign(sample(sim.endpoint)))) as Record<string, string>;
    assert.deepEqual(Object.keys(json), ["RequestId", "HostId", "Code", "Message"]);
    assert.equal(json["Code"], "StorageLimitExceeded");
    assert.equal(json["Message"], "Exceeding the allowed Storage of DB instance.");
    const xml = await curl(
      await sign(sample(sim.endpoint), "--format", "XML"),
      "--write-out",
      " %{http_code}",
    );
    assert.match(
      xml,
      /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<Error><RequestId>.*<\/RequestId><HostId>.*<\/HostId><Code>StorageLimitExceeded<\/Code><Message>Exceeding the allowed Storage of DB instance\.<\/Message><\/Error> 403$/,
    );
  });

  it("is answered by the pages of today with a refusal, as they do not know comma lists", async () => {
    sim.setWorld({ ...sim.world(), service: { apiPage: "2026" } });
    const answer = JSON.parse(await curl(await sign(sample(sim.endpoint)))) as Record<string, string>;
    assert.equal(answer["Code"], "InvalidBackupDBNames.Malformed");
  });

  it("is signed for the method it is sent with", async () => {
    const address = await sign(sample(sim.endpoint), "--method", "POST");
    assert.match(await curl(address), /SignatureDoesNotMatch/);
    assert.match(await curl(address, "--request", "POST"), /"DBInstanceId":"rm-prod"/);
  });

  it("takes the signature alone, too", async () => {
    const address = `${sample(sim.endpoint)}&AccessKeyId=simulated-key&SignatureNonce=n-1&Timestamp=${new Date().toISOString().slice(0, 19)}Z`;
    const signature = await sign(address, "--signature-only");
    const whole = await sign(address);
    assert.equal(new URL(whole).searchParams.get("Signature"), signature);
    assert.match(await curl(whole), /"DBInstanceId":"rm-prod"/);
  });
});

describe("simulator: the sub-command sign", () => {
  const refused = async (address: string, ...args: string[]) =>
    sign(address, ...args).then(
      () => assert.fail("It signed."),
      (error: unknown) => (error as { stderr: string }).stderr,
    );

  it("signs for other hosts with the key of the environment", async () => {
    const url = new URL(await sign("https://rds.aliyuncs.com/?Action=DescribeDatabases&DBInstanceId=rm-a"));
    assert.equal(url.searchParams.get("AccessKeyId"), "own-key");
  });

  it("takes a key that is given, with the token of its session", async () => {
    const flags = ["--access-key-id", "k", "--access-key-secret", "s", "--security-token", "t"];
    const url = new URL(await sign("http://127.0.0.1:1/?Action=DescribeDatabases", ...flags));
    assert.deepEqual(
      ["AccessKeyId", "SecurityToken"].map((name) => url.searchParams.get(name)),
      ["k", "t"],
    );
  });

  it("says what is wrong in a sentence", async () => {
    assert.match(await refused("rds.aliyuncs.com"), /^"rds.aliyuncs.com" is not an address such as /);
    assert.match(await refused("http://127.0.0.1:1/"), /^The address names no Action\./);
    assert.match(await refused("http://127.0.0.1:1/?Action=A", "--access-key-id", "k"), /go together/);
  });
});
