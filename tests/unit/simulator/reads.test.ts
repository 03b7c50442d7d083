import assert from "node:assert/strict";
import { cloud, smallCompany } from "./cloud.js";

type Rows = Record<string, unknown>[];
const [prod] = smallCompany.instances;

describe("simulator: DescribeBackups", () => {
  const many = (count: number) =>
    cloud({
      ...smallCompany,
      instances: [
        {
          id: "rm-prod",
          backups: Array.from({ length: count }, (_, index) => ({
            id: String(index),
            start: new Date(Date.UTC(2026, 0, 1, index)).toISOString(),
            end: new Date(Date.UTC(2026, 0, 1, index, 30)).toISOString(),
          })),
        },
      ],
    });
  const rows = (body: Record<string, unknown>) => (body["Items"] as { Backup: Rows }).Backup;

  it("counts in texts, newest first, 30 to a page", () => {
    const rds = many(70);
    const first = rds.ask("DescribeBackups", { DBInstanceId: "rm-prod" });
    assert.deepEqual(
      [first["PageNumber"], first["PageRecordCount"], first["TotalRecordCount"]],
      ["1", "30", "70"],
    );
    assert.equal(rows(first)[0]?.["BackupId"], "69");
    const last = rds.ask("DescribeBackups", { DBInstanceId: "rm-prod", PageNumber: "3" });
    assert.deepEqual(
      rows(last).map(({ BackupId }) => BackupId),
      ["9", "8", "7", "6", "5", "4", "3", "2", "1", "0"],
    );
  });

  it("prints times with seconds, texts as texts and numbers as numbers", () => {
    const [set] = rows(cloud().ask("DescribeBackups", { DBInstanceId: "rm-prod" }));
    assert.equal(set?.["BackupStartTime"], "2026-02-28T18:00:00Z");
    assert.deepEqual(
      Object.fromEntries(
        ["BackupId", "IsAvail", "StorageClass", "CopyOnlyBackup", "Encryption", "BackupSize"].map((k) => [
          k,
          set?.[k],
        ]),
      ),
      {
        BackupId: "102",
        IsAvail: 1,
        StorageClass: "0",
        CopyOnlyBackup: "0",
        Encryption: "{}",
        BackupSize: 50 * 1024 ** 3,
      },
    );
    const links = set?.["BackupDownloadLinkByDB"] as { BackupDownloadLinkByDB: { DataBase: string }[] };
    assert.deepEqual(
      links.BackupDownloadLinkByDB.map(({ DataBase }) => DataBase),
      ["orders", "crm"],
    );
  });

  it("filters by id, status, mode, type and start", () => {
    const rds = cloud({
      ...smallCompany,
      instances: [
        {
          ...prod,
          backups: [
            ...prod.backups,
            {
              id: "103",
              start: "2026-02-28T20:00:00Z",
              end: "2026-02-28T20:10:00Z",
              type: "IncrementalBackup",
            },
            { id: "104", start: "2026-02-28T21:00:00Z", end: "2026-02-28T21:10:00Z", status: "Failed" },
            { id: "105", start: "2026-02-28T22:00:00Z", end: "2026-02-28T22:10:00Z", mode: "Manual" },
          ],
        },
      ],
    });
    const ids = (filter: Record<string, string>) =>
      rows(rds.ask("DescribeBackups", { DBInstanceId: "rm-prod", ...filter })).map(
        ({ BackupId }) => BackupId,
      );
    assert.deepEqual(ids({ BackupId: "102" }), ["102"]);
    assert.deepEqual(ids({ BackupStatus: "Failed" }), ["104"]);
    assert.deepEqual(ids({ BackupMode: "Manual" }), ["105"]);
    assert.deepEqual(ids({ BackupType: "IncrementalBackup" }), ["103"]);
    assert.deepEqual(ids({ StartTime: "2026-02-28T18:00Z", EndTime: "2026-02-28T20:00Z" }), ["103", "102"]);
  });

  it("says who made a set, what is unfinished, and gives no address for what cannot be downloaded", () => {
    const rds = cloud({
      instances: [
        {
          id: "rm-a",
          databases: [{ name: "a1", sizeGiB: 3 }],
          backups: [
            {
              id: "1",
              start: "2026-02-01T00:00:00Z",
              end: "2026-02-01T01:00:00Z",
              mode: "Manual",
              databases: { a1: "x" },
            },
            {
              id: "2",
              start: "2026-02-02T00:00:00Z",
              end: "2026-02-02T01:00:00Z",
              method: "Snapshot",
              databases: { a1: "x" },
            },
            {
              id: "3",
              start: "2026-02-03T00:00:00Z",
              end: "2026-02-03T01:00:00Z",
              status: "Running",
              databases: { a1: "x" },
            },
          ],
        },
      ],
    });
    const body = rds.ask("DescribeBackups", { DBInstanceId: "rm-a" });
    assert.deepEqual(
      rows(body).map((set) =>
        ["BackupInitiator", "StoreStatus", "BackupEndTime", "BackupStatus"].map((field) => set[field]),
      ),
      [
        ["System", "Disabled", "", "Running"],
        ["System", "Disabled", "2026-02-02T01:00:00Z", "Success"],
        ["User", "Enabled", "2026-02-01T01:00:00Z", "Success"],
      ],
    );
    assert.deepEqual(
      rows(body).map(({ BackupDownloadURL }) => BackupDownloadURL === ""),
      [true, true, false],
    );
    assert.equal(body["TotalEcsSnapshotSize"], 3 * 1024 ** 3);
  });
});

describe("simulator: DescribeDatabases", () => {
  const rows = (body: Record<string, unknown>) => (body["Databases"] as { Database: Rows }).Database;

  it("has no counters beside the list, and numbers inside it", () => {
    const body = cloud().ask("DescribeDatabases", { DBInstanceId: "rm-prod" });
    assert.deepEqual(Object.keys(body), ["RequestId", "Databases"]);
    const [orders] = rows(body);
    assert.deepEqual([orders?.["PageNumber"], orders?.["PageSize"], orders?.["TotalCount"]], [1, 30, 3]);
    assert.deepEqual(orders?.["Accounts"], {
      AccountPrivilegeInfo: [
        { Account: "app", AccountPrivilege: "ReadWrite", AccountPrivilegeDetail: "" },
        { Account: "owner", AccountPrivilege: "DbOwner", AccountPrivilegeDetail: "" },
      ],
    });
  });

  it("filters by name and status, and gives an empty list for what is out of range", () => {
    const rds = cloud();
    const names = (filter: Record<string, string>) =>
      rows(rds.ask("DescribeDatabases", { DBInstanceId: "rm-prod", ...filter })).map(({ DBName }) => DBName);
    assert.deepEqual(names({ DBName: "crm" }), ["crm"]);
    assert.deepEqual(names({ DBName: "nope" }), []);
    assert.deepEqual(names({ DBStatus: "Creating" }), []);
    assert.deepEqual(names({ PageSize: "7" }), []);
    assert.deepEqual(names({ PageNumber: "2" }), []);
  });

  it("knows an unknown instance by the other code", () => {
    assert.equal(
      cloud().call("DescribeDatabases", { DBInstanceId: "rm-x" }).code,
      "InvalidDBInstanceId.NotFound",
    );
    const renamed = cloud({
      ...smallCompany,
      service: { notFoundCodes: { DescribeDatabases: "InvalidDBInstance.NotFound" } },
    });
    assert.equal(
      renamed.call("DescribeDatabases", { DBInstanceId: "rm-x" }).code,
      "InvalidDBInstance.NotFound",
    );
  });
});

describe("simulator: instances", () => {
  const list = (body: Record<string, unknown>) =>
    (body["Items"] as { DBInstance: Rows }).DBInstance.map(({ DBInstanceId }) => DBInstanceId);
  const fleet = () =>
    cloud({
      accounts: [{}, { accountId: "2", accessKeyId: "other-key" }],
      instances: [
        { id: "rm-a", tags: { env: "prod" } },
        { id: "rm-b", engineVersion: "2022_ent", tags: { env: "staging", team: "shop" } },
        { id: "rm-c", region: "cn-beijing" },
        { id: "rm-d", accountId: "2" },
      ],
    });

  it("lists those of the account and region, by filter", () => {
    const rds = fleet();
    const ids = (filter: Record<string, string>) =>
      list(rds.ask("DescribeDBInstances", { RegionId: "cn-hangzhou", ...filter }));
    assert.deepEqual(ids({}), ["rm-a", "rm-b"]);
    assert.deepEqual(ids({ RegionId: "cn-beijing" }), ["rm-c"]);
    assert.deepEqual(ids({ Category: "alwayson" }), ["rm-b"]);
    assert.deepEqual(ids({ EngineVersion: "2022_ent" }), ["rm-b"]);
    assert.deepEqual(ids({ Tags: '{"env":"staging","team":"shop"}' }), ["rm-b"]);
    assert.deepEqual(ids({ Tags: '{"env":"x"}' }), []);
    assert.deepEqual(ids({ SearchKey: "-a" }), ["rm-a"]);
  });

  it("does not list released ones where the world says they are gone", () => {
    const count = (releasedInstances: "listed" | "gone") =>
      list(
        cloud({
          instances: [{ id: "rm-a" }, { id: "rm-b", lockMode: "Released" }],
          service: { releasedInstances },
        }).ask("DescribeDBInstances", { RegionId: "cn-hangzhou" }),
      );
    assert.deepEqual(count("listed"), ["rm-a", "rm-b"]);
    assert.deepEqual(count("gone"), ["rm-a"]);
    const gone = cloud({ instances: [{ id: "rm-a" }], service: { releasedInstances: "gone" } });
    gone.ask("DescribeDatabases", { DBInstanceId: "rm-a" });
    const refused = cloud({ instances: [{ id: "rm-a" }], service: { releasedInstances: "refused" } });
    refused.ask("DescribeDatabases", { DBInstanceId: "rm-a" });
  });

  it("takes up to 100 to a page", () => {
    for (const size of ["PageSize", "MaxResults"]) {
      fleet().ask("DescribeDBInstances", { RegionId: "cn-hangzhou", [size]: "100" });
    }
  });

  it("shows network and lock", () => {
    const rds = cloud({
      instances: [{ id: "rm-a" }, { id: "rm-b", networkType: "Classic", lockMode: "ManualLock" }],
    });
    const shown = (
      rds.ask("DescribeDBInstances", { RegionId: "cn-hangzhou" })["Items"] as { DBInstance: Rows }
    ).DBInstance;
    assert.deepEqual(
      shown.map((one) =>
        ["VpcId", "VSwitchId", "VpcCloudInstanceId", "LockReason"].map((field) => one[field]),
      ),
      [
        ["vpc-simulated", "vsw-simulated", "rm-a", ""],
        ["", "", "", "ManualLock"],
      ],
    );
  });

  it("pages by number and by token", () => {
    const rds = fleet();
    const byNumber = rds.ask("DescribeDBInstances", {
      RegionId: "cn-hangzhou",
      PageSize: "1",
      PageNumber: "2",
    });
    assert.deepEqual(list(byNumber), ["rm-b"]);
    assert.deepEqual(
      [byNumber["PageNumber"], byNumber["PageRecordCount"], byNumber["TotalRecordCount"]],
      [2, 1, 2],
    );
    const first = rds.ask("DescribeDBInstances", { RegionId: "cn-hangzhou", MaxResults: "1" });
    assert.deepEqual(list(first), ["rm-a"]);
    const second = rds.ask("DescribeDBInstances", {
      RegionId: "cn-hangzhou",
      MaxResults: "1",
      NextToken: String(first["NextToken"]),
    });
    assert.deepEqual(list(second), ["rm-b"]);
    assert.equal(second["NextToken"], "");
  });

  it("hides instances of another account", () => {
    assert.equal(
      fleet().call("DescribeDBInstanceAttribute", { DBInstanceId: "rm-d" }).code,
      "InvalidDBInstanceName.NotFound",
    );
    assert.equal(
      fleet().call("DescribeDBInstanceAttribute", { DBInstanceId: "rm-d" }, "other-key").status,
      200,
    );
  });

  it("describes one, or those that exist of several, with everything the alicloud provider must find", () => {
    const rds = fleet();
    const items = (ids: string) =>
      (
        rds.ask("DescribeDBInstanceAttribute", { DBInstanceId: ids })["Items"] as {
          DBInstanceAttribute: Rows;
        }
      ).DBInstanceAttribute;
    assert.equal(items("rm-a,rm-x,rm-b").length, 2);
    const [one] = items("rm-b");
    assert.deepEqual(
      Object.fromEntries(
        [
          "Category",
          "DBInstanceStorage",
          "Port",
          "SlaveZones",
          "ServerlessConfig",
          "SecurityIPMode",
          "kindCode",
        ].map((k) => [k, one?.[k]]),
      ),
      {
        Category: "AlwaysOn",
        DBInstanceStorage: 500,
        Port: "1433",
        SlaveZones: { SlaveZone: [{ ZoneId: "cn-hangzhou-h" }] },
        ServerlessConfig: {},
        SecurityIPMode: "normal",
        kindCode: undefined,
      },
    );
    assert.equal((one?.["Extra"] as { RecoveryModel: string }).RecoveryModel, "Full");
  });
});

describe("simulator: usage, policy, logs, encryption", () => {
  it("counts bytes as numbers, none as -1", () => {
    const body = cloud().ask("DescribeResourceUsage", { DBInstanceId: "rm-prod" });
    assert.deepEqual(
      [body["DiskUsed"], body["ColdBackupSize"], body["BackupEcsSnapshotSize"]],
      [51 * 1024 ** 3, -1, "0"],
    );
  });

  it("counts a database from the moment its copy is accepted", () => {
    const rds = cloud();
    rds.ask("CopyDatabaseBetweenInstances", {
      DBInstanceId: "rm-prod",
      TargetDBInstanceId: "rm-staging",
      DbNames: '{"crm":"crm"}',
      BackupId: "102",
    });
    assert.equal(
      rds.ask("DescribeResourceUsage", { DBInstanceId: "rm-staging" })["DiskUsed"],
      10 * 1024 ** 3,
    );
  });

  it("gives the backup policy in Pascal case and wire types", () => {
    const body = cloud().ask("DescribeBackupPolicy", { DBInstanceId: "rm-prod" });
    assert.deepEqual(
      [
        body["BackupRetentionPeriod"],
        body["EnableBackupLog"],
        body["BackupMethod"],
        body["BackupInterval"],
        body["PreferredNextBackupTime"],
      ],
      [7, "1", "Physical", "30", "2026-03-01T18:00Z"],
    );
  });

  it("lists log backups as files without a gap, overlapping the range", () => {
    const body = cloud().ask("DescribeLogBackupFiles", {
      DBInstanceId: "rm-prod",
      StartTime: "2026-03-01T00:15Z",
      EndTime: "2026-03-02T00:00Z",
    });
    const files = (body["Items"] as { BinLogFile: { LogBeginTime: string; LogEndTime: string }[] })
      .BinLogFile;
    assert.deepEqual(
      files.map(({ LogBeginTime, LogEndTime }) => [LogBeginTime, LogEndTime]),
      [
        ["2026-03-01T00:00Z", "2026-03-01T00:30Z"],
        ["2026-03-01T00:30Z", "2026-03-01T01:00Z"],
        ["2026-03-01T01:00Z", "2026-03-01T01:30Z"],
      ],
    );
    assert.deepEqual([body["TotalRecordCount"], body["PageNumber"]], [3, 1]);
  });

  it("lists every log file that touches the range", () => {
    const between = (StartTime: string, EndTime: string) =>
      cloud().ask("DescribeLogBackupFiles", { DBInstanceId: "rm-prod", StartTime, EndTime })[
        "TotalRecordCount"
      ];
    assert.equal(between("2026-03-01T00:31Z", "2026-03-01T00:59Z"), 1);
    assert.equal(between("2026-03-01T00:30Z", "2026-03-01T01:00Z"), 3);
    assert.equal(between("2026-03-01T01:31Z", "2026-03-01T02:00Z"), 0);
  });

  it("allows snapshots where the policy makes them", () => {
    for (const [backupMethod, expected] of [
      ["Physical", 0],
      ["Snapshot", 1],
    ] as const) {
      const body = cloud({ instances: [{ id: "rm-a", backupMethod }] }).ask("DescribeBackupPolicy", {
        DBInstanceId: "rm-a",
      });
      assert.equal(body["SupportVolumeShadowCopy"], expected);
    }
  });

  it("says which databases are encrypted", () => {
    const rds = cloud({
      instances: [
        { id: "rm-a", databases: [{ name: "a1", tde: true }, { name: "b1" }] },
        { id: "rm-w", engineVersion: "2019_web" },
      ],
    });
    const body = rds.ask("DescribeDBInstanceTDE", { DBInstanceId: "rm-a" });
    assert.deepEqual(
      [body["TDEStatus"], body["Databases"]],
      [
        "Enabled",
        {
          Database: [
            { DBName: "a1", TDEStatus: "Enabled" },
            { DBName: "b1", TDEStatus: "Disabled" },
          ],
        },
      ],
    );
  });
});

describe("simulator: every call", () => {
  it("compares action names without case", () => {
    cloud().ask("describedatabases", { DBInstanceId: "rm-prod" });
  });

  it("carries Recommend and several texts for one code, unless the world says otherwise", () => {
    const texts = new Set<unknown>();
    const rds = cloud();
    for (let i = 0; i < 20; i += 1)
      texts.add(rds.call("DescribeDatabases", { DBInstanceId: "rm-x" }).body["Message"]);
    assert.ok(texts.size > 1);
    const { body } = rds.call("DescribeDatabases", { DBInstanceId: "rm-x" });
    assert.match(
      String(body["Recommend"]),
      /^https:\/\/api\.aliyun\.com\/troubleshoot\?q=InvalidDBInstanceId\.NotFound&product=Rds&requestId=/,
    );
    const plain = cloud({ service: { variedMessages: false, recommend: false } });
    texts.clear();
    for (let i = 0; i < 20; i += 1)
      texts.add(plain.call("DescribeDatabases", { DBInstanceId: "rm-x" }).body["Message"]);
    assert.equal(texts.size, 1);
    assert.equal("Recommend" in plain.call("DescribeDatabases", { DBInstanceId: "rm-x" }).body, false);
  });
});
