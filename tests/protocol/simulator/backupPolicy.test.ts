import assert from "node:assert/strict";
import { startSimulator, type Simulator } from "../../../simulator/src/index.js";
import { firstOf, listOf, ProviderClient, refusedWith, signature, type Body } from "./providerForm.js";
import { recording } from "./recording.js";

const prod = { DBInstanceId: "rm-prod" };

/** What the provider sends when a program declares the policy of a SQL Server instance with cloud disks. */
const asked = {
  ...prod,
  ...{ PreferredBackupPeriod: "Monday,Thursday", PreferredBackupTime: "02:00Z-03:00Z" },
  ...{ BackupRetentionPeriod: "14", CompressType: "", BackupPolicyMode: "DataBackupPolicy" },
  ...{ ReleasedKeepPolicy: "", Category: "", EnableIncrementDataBackup: false, BackupMethod: "Physical" },
};

/** And when the resource is destroyed. */
const onDestroy = {
  ...prod,
  ...{ PreferredBackupPeriod: "Tuesday,Thursday,Saturday", BackupRetentionPeriod: "7" },
  ...{ PreferredBackupTime: "02:00Z-03:00Z", EnableBackupLog: "1" },
};

describe("simulator: the request form of the alicloud provider", () => {
  it("is signed as the recorded requests are", () => {
    for (const { wire, asked: recorded } of recording.slice(0, 20)) {
      const { Signature, ...query } = Object.fromEntries(new URLSearchParams(wire.query));
      const form = Object.fromEntries(new URLSearchParams(wire.body.toString()));
      assert.equal(signature({ ...query, ...form }, "simulated-secret"), Signature, recorded.action ?? "");
    }
  });
});

describe("simulator: rds.BackupPolicy of the alicloud provider", () => {
  let sim: Simulator;
  let provider: ProviderClient;
  before(async () => {
    sim = await startSimulator({
      clock: "virtual",
      world: {
        now: "2026-03-01T02:00:00Z",
        instances: [
          { id: "rm-prod", automaticBackups: true, databases: [{ name: "orders" }] },
          { id: "rm-cluster", engineVersion: "2019_ent" },
          { id: "rm-ro", type: "Readonly" },
        ],
      },
    });
    provider = new ProviderClient(sim.url);
  });
  after(() => sim.close());

  const policy = () => provider.rds("DescribeBackupPolicy", prod);

  it("is created as asked, with the instance Running, and read back without a difference", async () => {
    await provider.rds("ModifyBackupPolicy", asked);
    const body = await policy();
    for (const name of ["PreferredBackupPeriod", "PreferredBackupTime", "BackupMethod"] as const)
      assert.equal(body[name], asked[name], name);
    assert.equal(body["BackupRetentionPeriod"], 14);
    assert.equal(body["EnableIncrementDataBackup"], false);
    assert.equal(body["EnableBackupLog"], "1");
    assert.ok(Number(body["LogBackupRetentionPeriod"]) <= 14);
    readable(body);
    const instance = firstOf(
      await provider.rds("DescribeDBInstanceAttribute", prod),
      "Items",
      "DBInstanceAttribute",
    );
    assert.equal(instance["DBInstanceStatus"], "Running");
  });

  it("changes and shows everything that can be declared for SQL Server", async () => {
    const changed = {
      CompressType: "4",
      ReleasedKeepPolicy: "All",
      Category: "Flash",
      BackupMethod: "Snapshot",
    };
    await provider.rds("ModifyBackupPolicy", {
      ...asked,
      ...changed,
      ...{ EnableIncrementDataBackup: true, LogBackupFrequency: "LogInterval" },
    });
    const body = await policy();
    for (const [name, value] of Object.entries(changed)) assert.equal(body[name], value, name);
    assert.equal(body["EnableIncrementDataBackup"], true);
    assert.equal(body["LogBackupFrequency"], "LogInterval");
    const cluster = { DBInstanceId: "rm-cluster" };
    assert.equal((await provider.rds("DescribeBackupPolicy", cluster))["BackupPriority"], undefined);
    await provider.rds("ModifyBackupPolicy", { ...asked, ...cluster, BackupPriority: 2 });
    assert.equal((await provider.rds("DescribeBackupPolicy", cluster))["BackupPriority"], 2);
  });

  it("decides when and how automatic sets are made, and for how long they are kept", async () => {
    await provider.rds("ModifyBackupPolicy", { ...asked, BackupMethod: "Snapshot" });
    // 2026-03-01 is a Sunday.
    assert.equal((await policy())["PreferredNextBackupTime"], "2026-03-02T02:00Z");
    sim.advance("9d");
    const sets = listOf(await provider.rds("DescribeBackups", prod), "Items", "Backup");
    assert.deepEqual(
      sets.map((set) => [String(set["BackupStartTime"]).slice(0, 16), set["BackupMethod"]]),
      [
        ["2026-03-09T02:00", "Snapshot"],
        ["2026-03-05T02:00", "Snapshot"],
        ["2026-03-02T02:00", "Snapshot"],
      ],
    );
    sim.advance("8d");
    assert.equal(listOf(await provider.rds("DescribeBackups", prod), "Items", "Backup").length, 4);
  });

  it("is set back to the usual one when it is destroyed", async () => {
    await provider.rds("ModifyBackupPolicy", onDestroy);
    const body = await policy();
    assert.equal(body["PreferredBackupPeriod"], onDestroy.PreferredBackupPeriod);
    assert.equal(body["BackupRetentionPeriod"], 7);
    assert.equal(body["LogBackupRetentionPeriod"], 7);
  });

  it("is refused where it cannot be had", async () => {
    const cases: [Record<string, string | number | boolean>, string][] = [
      [{ PreferredBackupPeriod: "" }, "MissingParameter"],
      [{ PreferredBackupPeriod: "Monday" }, "InvalidPreferredBackupPeriod.Malformed"],
      [{ PreferredBackupPeriod: "Monday,Someday" }, "InvalidPreferredBackupPeriod.Malformed"],
      [{ PreferredBackupTime: "02:00-03:00" }, "InvalidPreferredBackupTime.Malformed"],
      [{ BackupRetentionPeriod: "6" }, "InvalidBackupRetentionPeriod.Malformed"],
      [{ LogBackupRetentionPeriod: "15" }, "InvalidLogBackupRetentionPeriod.Malformed"],
      [{ BackupLog: "Disabled" }, "InvalidParameter"],
      [{ EnableBackupLog: "0", BackupPolicyMode: "LogBackupPolicy" }, "InvalidParameter"],
      [{ BackupPriority: 1 }, "InvalidParameter"],
      [{ BackupInterval: "30" }, "SimulatorUnsupportedParameter"],
      [{ DBInstanceId: "rm-ro" }, "OperationDenied.DBInstanceType"],
    ];
    for (const [params, code] of cases)
      assert.equal(
        await refusedWith(provider.rds("ModifyBackupPolicy", { ...asked, ...params })),
        code,
        JSON.stringify(params),
      );
  });
});

/** What the provider reads without asking for its type: another one ends it. */
function readable(body: Body): void {
  for (const name of ["PreferredBackupPeriod", "PreferredBackupTime", "BackupMethod", "CompressType"])
    assert.equal(typeof body[name], "string", name);
  assert.equal(typeof body["EnableIncrementDataBackup"], "boolean");
  for (const name of ["BackupRetentionPeriod", "LogBackupRetentionPeriod", "LocalLogRetentionHours"])
    assert.match(String(body[name]), /^\d+$/, name);
}
