import assert from "node:assert/strict";
import type { WorldInput } from "../../../simulator/src/machine.js";
import { cloud, smallCompany, type Cloud } from "./cloud.js";

const newInstance = {
  RegionId: "cn-hangzhou",
  Engine: "SQLServer",
  EngineVersion: "2022_std_ha",
  DBInstanceClass: "mssql.x4.medium.s2",
  DBInstanceStorage: "100",
  DBInstanceNetType: "Intranet",
  SecurityIPList: "10.0.0.0/8,10.1.0.1",
  PayType: "Postpaid",
  ClientToken: "t".repeat(66),
};
const prod = { DBInstanceId: "rm-prod" };
const orders = { ...prod, DBName: "orders" };

const made = (rds: Cloud, params: Record<string, string> = newInstance) =>
  String(rds.ask("CreateDBInstance", params)["DBInstanceId"]);
const statusOf = (rds: Cloud, id: string) => {
  const { Items } = rds.ask("DescribeDBInstanceAttribute", { DBInstanceId: id }) as {
    Items: { DBInstanceAttribute: { DBInstanceStatus: string }[] };
  };
  return Items.DBInstanceAttribute[0]?.DBInstanceStatus;
};
const rows = (body: Record<string, unknown>, outer: string, inner: string) =>
  (body[outer] as Record<string, Record<string, unknown>[]>)[inner] ?? [];
const job = (rds: Cloud, jobId: unknown) =>
  rows(rds.ask("DescribeBackupTasks", { ...prod, BackupJobId: String(jobId) }), "Items", "BackupJob")[0];

describe("simulator: the life of an instance", () => {
  it("is Creating for a while, then Running with what was asked for", () => {
    const rds = cloud();
    const id = made(rds, { ...newInstance, "Tag.1.Key": "env", "Tag.1.Value": "test", VSwitchId: "vsw-9" });
    assert.equal(statusOf(rds, id), "Creating");
    rds.wait(119);
    assert.equal(statusOf(rds, id), "Creating");
    rds.wait(1);
    assert.equal(statusOf(rds, id), "Running");
    const { description, tags, ipArrays, vSwitchId, vpcId, zone, createdAt } = rds.instance(id);
    assert.deepEqual(
      { description, tags, ipArrays, vSwitchId, vpcId, zone, createdAt },
      {
        description: "",
        tags: { env: "test" },
        ipArrays: { default: "10.0.0.0/8,10.1.0.1" },
        vSwitchId: "vsw-9",
        vpcId: "vpc-simulated",
        zone: "cn-hangzhou-h",
        createdAt: "2026-03-01T02:00:00Z",
      },
    );
    assert.deepEqual([rds.instance(id).backups, rds.instance(id).logs], [[], []]);
  });

  it("is the same one for the same ClientToken, and another for another and for another account", () => {
    const rds = cloud({ ...smallCompany, accounts: [{}, { accountId: "2", accessKeyId: "other" }] });
    const first = made(rds);
    assert.equal(made(rds), first);
    assert.notEqual(made(rds, { ...newInstance, ClientToken: "another" }), first);
    const elsewhere = rds.call("CreateDBInstance", newInstance, "other").body["DBInstanceId"];
    assert.notEqual(elsewhere, first);
    assert.equal(rds.world.instances.length, smallCompany.instances.length + 3);
  });

  it("makes nothing on a dry run", () => {
    const rds = cloud();
    const before = rds.world;
    assert.equal(rds.ask("CreateDBInstance", { ...newInstance, DryRun: "true" })["DryRunResult"], true);
    assert.equal(rds.world, before);
  });

  it("takes its zone and VPC from a vSwitch that the world lists", () => {
    const rds = cloud({ vSwitches: [{ id: "vsw-b", vpcId: "vpc-b", zone: "cn-hangzhou-b" }] });
    assert.deepEqual(
      ["VpcId", "ZoneId"].map((name) => rds.ask("DescribeVSwitchAttributes", { VSwitchId: "vsw-b" })[name]),
      ["vpc-b", "cn-hangzhou-b"],
    );
    const { vpcId, zone } = rds.instance(made(rds, { ...newInstance, VSwitchId: "vsw-b" }));
    assert.deepEqual([vpcId, zone], ["vpc-b", "cn-hangzhou-b"]);
  });

  it("changes its class and disk in a while, and is unlocked by a larger disk", () => {
    const full = { ...smallCompany.instances[0], storageGiB: 50, lockMode: "LockByDiskQuota" } as const;
    const rds = cloud({ ...smallCompany, instances: [full] });
    rds.ask("ModifyDBInstanceSpec", {
      ...prod,
      DBInstanceStorage: "200",
      DBInstanceClass: "mssql.x8.large.s2",
    });
    assert.equal(statusOf(rds, "rm-prod"), "DBInstanceClassChanging");
    assert.equal(rds.instance("rm-prod").storageGiB, 50);
    rds.wait(30);
    assert.equal(statusOf(rds, "rm-prod"), "Running");
    const { storageGiB, instanceClass, lockMode } = rds.instance("rm-prod");
    assert.deepEqual([storageGiB, instanceClass, lockMode], [200, "mssql.x8.large.s2", "Unlock"]);
  });

  it("is changed in its settings at once", () => {
    const rds = cloud();
    rds.ask("ModifyDBInstanceDescription", { ...prod, DBInstanceDescription: "shop" });
    rds.ask("ModifySecurityIps", { ...prod, SecurityIps: "10.0.0.1" });
    rds.ask("ModifySecurityIps", { ...prod, SecurityIps: "10.0.0.2", ModifyMode: "Append" });
    rds.ask("ModifySecurityIps", { ...prod, SecurityIps: "10.0.0.1", ModifyMode: "Delete" });
    rds.ask("ModifySecurityIps", { ...prod, SecurityIps: "10.9.0.0/16", DBInstanceIPArrayName: "office" });
    rds.ask("ModifyResourceGroup", { ...prod, ResourceGroupId: "rg-shop" });
    rds.ask("ModifyDBInstanceConfig", {
      ...prod,
      ConfigName: "backup_recovery_model",
      ConfigValue: "simple",
    });
    rds.ask("ModifyDBInstanceDeletionProtection", { ...prod, DeletionProtection: "true" });
    rds.ask("ModifyDBInstanceMonitor", { ...prod, Period: "60" });
    rds.ask("ModifyDBInstanceMaintainTime", { ...prod, MaintainTime: "02:00Z-06:00Z" });
    const one = rds.instance("rm-prod");
    assert.deepEqual(
      [one.description, one.ipArrays, one.resourceGroupId, one.recoveryModel, one.deletionProtection],
      ["shop", { default: "10.0.0.2", office: "10.9.0.0/16" }, "rg-shop", "simple", true],
    );
    assert.deepEqual([one.monitorSeconds, one.maintainTime], [60, "02:00Z-06:00Z"]);
    const before = rds.world;
    rds.ask("ModifyDBInstanceMonitor", { ...prod, Period: "60" });
    assert.equal(rds.world, before);
  });

  it("is deleted with a task that is Processing, then not found, and a copy onto it ends with it", () => {
    const rds = cloud();
    rds.ask("CopyDatabaseBetweenInstances", {
      ...prod,
      TargetDBInstanceId: "rm-staging",
      DbNames: '{"orders":"orders"}',
      BackupId: "102",
    });
    rds.ask("DeleteDBInstance", { DBInstanceId: "rm-staging" });
    const tasks = rows(rds.ask("DescribeTasks", { DBInstanceId: "rm-staging" }), "Items", "TaskProgressInfo");
    assert.ok(
      tasks.some((task) => task["TaskAction"] === "DeleteDBInstance" && task["Status"] === "Processing"),
    );
    assert.equal(statusOf(rds, "rm-staging"), "Deleting");
    rds.wait(11);
    assert.equal(
      rds.call("DescribeTasks", { DBInstanceId: "rm-staging" }).code,
      "InvalidDBInstanceId.NotFound",
    );
    assert.deepEqual(rds.world.operations, []);
    rds.wait(9999);
    rds.ask("DescribeDatabases", prod);
    assert.ok(rds.world.tasks.some(({ action }) => action === "DeleteDBInstance"));
  });

  it("is Released first where the world says so, refuses everything, and is forgotten after days", () => {
    const rds = cloud({
      ...smallCompany,
      service: { releasedInstances: "refused" },
      life: { releasedDays: 2 },
    });
    rds.ask("DeleteDBInstance", prod);
    rds.wait(11);
    for (const action of ["DescribeDBInstanceAttribute", "DescribeDatabases", "DescribeTasks"]) {
      const { code, status } = rds.call(action, prod);
      assert.deepEqual([code, status], ["OperationDenied.DBInstanceStatus", 403]);
    }
    rds.wait(2 * 24 * 3600);
    assert.equal(rds.call("DescribeTasks", prod).code, "InvalidDBInstanceId.NotFound");
    assert.ok(!rds.world.instances.some(({ id }) => id === "rm-prod"));
  });
});

describe("simulator: the life of databases and accounts", () => {
  it("lists a database as Creating at once, and with the collation that utf8 becomes", () => {
    for (const utf8Collation of ["Chinese_PRC_CI_AS", "utf8"] as const) {
      const rds = cloud({ ...smallCompany, service: { utf8Collation } });
      rds.ask("CreateDatabase", { ...prod, DBName: "fresh", CharacterSetName: "utf8" });
      const [listed] = rows(
        rds.ask("DescribeDatabases", { ...prod, DBName: "fresh" }),
        "Databases",
        "Database",
      );
      assert.deepEqual([listed?.["DBStatus"], listed?.["CharacterSetName"]], ["Creating", utf8Collation]);
      rds.wait(3);
      rds.ask("DescribeDatabases", prod);
      assert.equal(rds.database("rm-prod", "fresh")?.status, "Running");
    }
  });

  it("takes another collation as it is asked for, and that of the instance if none is", () => {
    const rds = cloud();
    rds.ask("CreateDatabase", { ...prod, DBName: "one1", CharacterSetName: "Latin1_General_CI_AS" });
    rds.ask("CreateDatabase", { ...prod, DBName: "two2" });
    assert.equal(rds.database("rm-prod", "one1")?.collation, "Latin1_General_CI_AS");
    assert.equal(rds.database("rm-prod", "two2")?.collation, rds.instance("rm-prod").collation);
  });

  it("makes an account that is Unavailable, then Available, and keeps no password", () => {
    const rds = cloud();
    const reader = { ...prod, AccountName: "reader", AccountPassword: "Example-1-password" };
    const status = () =>
      rows(
        rds.ask("DescribeAccounts", { ...prod, AccountName: "reader" }),
        "Accounts",
        "DBInstanceAccount",
      )[0]?.["AccountStatus"];
    rds.ask("CreateAccount", { ...reader, AccountType: "Super", AccountDescription: "for-reports" });
    assert.equal(status(), "Unavailable");
    rds.wait(3);
    assert.equal(status(), "Available");
    rds.ask("ResetAccountPassword", { ...reader, AccountPassword: "Example-2-password" });
    rds.ask("ModifyAccountDescription", { ...prod, AccountName: "reader", AccountDescription: "for-audits" });
    assert.deepEqual(
      rds.instance("rm-prod").dbAccounts.find(({ name }) => name === "reader"),
      { name: "reader", type: "Super", status: "Available", description: "for-audits" },
    );
    assert.ok(!JSON.stringify(rds.world).includes("Example-"));
  });

  it("knows the users of a world's databases as accounts", () => {
    const rds = cloud();
    assert.deepEqual(
      rds
        .instance("rm-prod")
        .dbAccounts.map(({ name }) => name)
        .sort(),
      ["app", "owner"],
    );
  });

  it("grants, replaces and revokes rights, and takes them with the account", () => {
    const rds = cloud();
    const app = { ...orders, AccountName: "app" };
    rds.ask("GrantAccountPrivilege", { ...app, AccountPrivilege: "DbOwner" });
    assert.deepEqual(rds.database("rm-prod", "orders")?.users, { app: "DBOwner", owner: "DBOwner" });
    rds.ask("GrantAccountPrivilege", { ...app, AccountPrivilege: "ReadOnly" });
    assert.equal(rds.database("rm-prod", "orders")?.users["app"], "ReadOnly");
    rds.ask("RevokeAccountPrivilege", app);
    assert.deepEqual(rds.database("rm-prod", "orders")?.users, { owner: "DBOwner" });
    const before = rds.world;
    rds.ask("RevokeAccountPrivilege", app);
    assert.equal(rds.world, before);
    rds.ask("DeleteAccount", { ...prod, AccountName: "owner" });
    assert.deepEqual(rds.database("rm-prod", "orders")?.users, {});
    assert.deepEqual(
      rds.instance("rm-prod").dbAccounts.map(({ name }) => name),
      ["app"],
    );
  });

  it("spells the owner's right as the world says", () => {
    for (const [privilegeSpelling, inDatabases, inAccounts] of [
      ["mixed", "DbOwner", "DBOwner"],
      ["DBOwner", "DBOwner", "DBOwner"],
      ["DbOwner", "DbOwner", "DbOwner"],
    ] as const) {
      const rds = cloud({ ...smallCompany, service: { privilegeSpelling } });
      const owner = { ...prod, AccountName: "owner" };
      assert.match(
        JSON.stringify(rds.ask("DescribeDatabases", orders)),
        new RegExp(`"owner","AccountPrivilege":"${inDatabases}"`),
      );
      assert.match(
        JSON.stringify(rds.ask("DescribeAccounts", owner)),
        new RegExp(`"AccountPrivilege":"${inAccounts}"`),
      );
    }
  });

  it("lists accounts in pages, so that a client that counts to 50 ends", () => {
    const dbAccounts = Array.from({ length: 120 }, (_, index) => ({ name: `user${index}` }));
    const rds = cloud({ instances: [{ id: "rm-prod", dbAccounts }] });
    const page = (number: number) =>
      rows(
        rds.ask("DescribeAccounts", { ...prod, PageSize: "50", PageNumber: String(number) }),
        "Accounts",
        "DBInstanceAccount",
      );
    assert.deepEqual(
      [1, 2, 3, 4].map((number) => page(number).length),
      [50, 50, 20, 0],
    );
    assert.equal(page(2)[0]?.["AccountName"], "user50");
  });

  it("makes the users of a copied database accounts of the target", () => {
    const rds = cloud();
    rds.ask("CopyDatabaseBetweenInstances", {
      ...prod,
      TargetDBInstanceId: "rm-staging",
      DbNames: '{"orders":"orders"}',
      BackupId: "102",
      SyncUserPrivilege: "YES",
    });
    rds.wait(9999);
    const accounts = rows(
      rds.ask("DescribeAccounts", { DBInstanceId: "rm-staging" }),
      "Accounts",
      "DBInstanceAccount",
    );
    assert.deepEqual(accounts.map((one) => one["AccountName"]).sort(), ["app", "owner"]);
  });
});

describe("simulator: a backup that is made", () => {
  it("is a job first, listed as Running, and can be restored when it is done, with the content of its end", () => {
    const rds = cloud();
    const { BackupJobId } = rds.ask("CreateBackup", prod);
    const running = rds.instance("rm-prod").backups.at(-1);
    assert.deepEqual([running?.status, running?.mode, running?.databases], ["Running", "Manual", {}]);
    assert.deepEqual(
      [job(rds, BackupJobId)?.["BackupStatus"], job(rds, BackupJobId)?.["BackupId"]],
      ["Preparing", ""],
    );
    const copy = {
      ...prod,
      TargetDBInstanceId: "rm-staging",
      DbNames: '{"orders":"orders"}',
      BackupId: running?.id ?? "",
    };
    assert.equal(rds.call("CopyDatabaseBetweenInstances", copy).code, "InvalidBackupSetID");
    rds.wait(20);
    assert.equal(job(rds, BackupJobId)?.["BackupStatus"], "Uploading");
    rds.wait(5.5);
    const done = job(rds, BackupJobId);
    assert.deepEqual(
      [done?.["BackupStatus"], done?.["BackupId"], done?.["Process"]],
      ["Finished", running?.id, "100"],
    );
    rds.ask("CopyDatabaseBetweenInstances", copy);
    rds.wait(9999);
    rds.ask("DescribeDatabases", { DBInstanceId: "rm-staging" });
    assert.equal(rds.database("rm-staging", "orders")?.content, "orders-march");
  });

  it("tells its set's id only to who asks for the job", () => {
    const rds = cloud();
    rds.ask("CreateBackup", prod);
    rds.wait(60);
    const [listed] = rows(rds.ask("DescribeBackupTasks", prod), "Items", "BackupJob");
    assert.deepEqual([listed?.["BackupStatus"], listed?.["BackupId"]], ["Finished", ""]);
    assert.deepEqual(
      rows(rds.ask("DescribeBackupTasks", { ...prod, BackupJobId: "1" }), "Items", "BackupJob"),
      [],
    );
  });

  it("may hold one database only", () => {
    const rds = cloud();
    rds.ask("CreateBackup", { ...prod, BackupStrategy: "db", DBName: "crm" });
    rds.wait(60);
    rds.ask("DescribeBackups", prod);
    assert.deepEqual(rds.instance("rm-prod").backups.at(-1)?.databases, { crm: "crm-march" });
  });

  it("is deleted by its id, and by the id the alicloud provider writes", () => {
    for (const form of [(id: string) => id, (id: string) => `rm-prod:${id}`]) {
      const rds = cloud();
      rds.ask("CreateBackup", prod);
      rds.wait(60);
      rds.ask("DescribeBackups", prod);
      const id = rds.instance("rm-prod").backups.at(-1)?.id ?? "";
      rds.ask("DeleteBackup", { ...prod, BackupId: form(id) });
      assert.deepEqual(
        rds.instance("rm-prod").backups.map((one) => one.id),
        ["101", "102"],
      );
    }
  });
});

describe("simulator: under the stepped clock", () => {
  it("each answer that shows what is being made moves it on", () => {
    const rds = cloud();
    rds.stepped = true;
    const id = made(rds);
    assert.deepEqual([statusOf(rds, id), statusOf(rds, id)], ["Creating", "Running"]);
    const { BackupJobId } = rds.ask("CreateBackup", prod);
    assert.deepEqual(
      [job(rds, BackupJobId)?.["BackupStatus"], job(rds, BackupJobId)?.["BackupStatus"]],
      ["Preparing", "Finished"],
    );
    rds.ask("CreateAccount", { ...prod, AccountName: "reader", AccountPassword: "Example-1-password" });
    const status = () =>
      rows(
        rds.ask("DescribeAccounts", { ...prod, AccountName: "reader" }),
        "Accounts",
        "DBInstanceAccount",
      )[0]?.["AccountStatus"];
    assert.deepEqual([status(), status()], ["Unavailable", "Available"]);
    rds.ask("DeleteDBInstance", prod);
    assert.equal(statusOf(rds, "rm-prod"), "Deleting");
    assert.equal(rds.call("DescribeDBInstanceAttribute", prod).status, 400);
  });
});

describe("simulator: actions for other engines", () => {
  const mysql: WorldInput = {
    now: "2026-03-01T02:00:00Z",
    instances: [
      {
        id: "rm-my",
        engine: "MySQL",
        engineVersion: "8.0",
        backups: [
          {
            id: "7",
            start: "2026-02-28T18:00:00Z",
            end: "2026-02-28T18:10:00Z",
            databases: { a1: "", b1: "" },
          },
        ],
      },
    ],
  };
  const id = { DBInstanceId: "rm-my" };

  it("answer for an instance of theirs", () => {
    const rds = cloud(mysql);
    const time = rds.ask("DescribeLocalAvailableRecoveryTime", id);
    assert.deepEqual(
      [time["RecoveryBeginTime"], time["RecoveryEndTime"]],
      ["2026-02-28T18:00:00Z", "2026-03-01T02:00:00Z"],
    );
    const meta = rds.ask("DescribeMetaList", { ...id, BackupSetID: "7", PageSize: "1", PageIndex: "2" });
    assert.deepEqual(
      [meta["TotalRecordCount"], meta["TotalPageCount"], rows(meta, "Items", "Meta")[0]?.["Database"]],
      [2, 2, "b1"],
    );
    const range = { StartTime: "2026-02-28T00:00:00Z", EndTime: "2026-03-02T00:00:00Z" };
    assert.equal(rds.ask("DescribeBinlogFiles", { ...id, ...range })["TotalRecordCount"], 1);
  });
});

describe("simulator: the name of a copy", () => {
  const billing = cloudWith("Billing");
  const copyAs = (rds: Cloud, target: string) =>
    rds.call("CopyDatabaseBetweenInstances", {
      ...prod,
      TargetDBInstanceId: "rm-staging",
      DbNames: JSON.stringify({ Billing: target }),
      BackupId: "1",
    });

  it("may be that of its source although the rule for new names does not allow it", () => {
    assert.equal(copyAs(billing(), "Billing").status, 200);
  });

  it("is held to the rule when it is changed, if only in one capital", () => {
    for (const target of ["BILLING", "Billing2"])
      assert.equal(copyAs(billing(), target).code, "InvalidDBName.Format");
    assert.equal(copyAs(billing(), "billing").status, 200);
  });

  it("must be free on the target in any spelling", () => {
    const rds = cloudWith("Billing", [{ name: "billing" }])();
    assert.equal(copyAs(rds, "Billing").code, "InvalidDBName.Duplicate");
  });
});

function cloudWith(name: string, onTarget: { name: string }[] = []) {
  return () =>
    cloud({
      now: "2026-03-01T02:00:00Z",
      instances: [
        {
          id: "rm-prod",
          databases: [{ name }],
          backups: [
            {
              id: "1",
              start: "2026-02-28T18:00:00Z",
              end: "2026-02-28T18:10:00Z",
              databases: { [name]: "" },
            },
          ],
        },
        { id: "rm-staging", databases: onTarget },
      ],
    });
}
