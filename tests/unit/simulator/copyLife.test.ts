import assert from "node:assert/strict";
import { cloud, copyWithoutPoint, goodCopy, smallCompany } from "./cloud.js";

const copy = "CopyDatabaseBetweenInstances";

describe("simulator: the life of a copy", () => {
  it("answers at once with nothing but the request id, and lists the database as Creating", () => {
    const rds = cloud();
    const body = rds.ask(copy, goodCopy);
    assert.deepEqual(Object.keys(body), ["RequestId"]);
    assert.equal(rds.database("rm-staging", "orders")?.status, "Creating");
    assert.equal(rds.database("rm-staging", "orders")?.content, "");
  });

  it("takes secondsPerGiB, and ends with the mark of the backup that was used", () => {
    const rds = cloud();
    rds.ask(copy, { ...goodCopy, BackupId: "101" });
    rds.wait(119);
    rds.ask("DescribeDatabases", { DBInstanceId: "rm-staging" });
    assert.equal(rds.database("rm-staging", "orders")?.status, "Creating");
    rds.wait(1);
    rds.ask("DescribeDatabases", { DBInstanceId: "rm-staging" });
    assert.equal(rds.database("rm-staging", "orders")?.status, "Running");
    assert.equal(rds.database("rm-staging", "orders")?.content, "orders-january");
    assert.equal(rds.database("rm-prod", "orders")?.content, "orders-march");
  });

  it("takes minimumSeconds at least", () => {
    const rds = cloud({ ...smallCompany, copy: { minimumSeconds: 500 } });
    rds.ask(copy, goodCopy);
    rds.wait(499);
    rds.ask("DescribeTasks", { DBInstanceId: "rm-staging" });
    assert.equal(rds.database("rm-staging", "orders")?.status, "Creating");
    rds.wait(1);
    rds.ask("DescribeTasks", { DBInstanceId: "rm-staging" });
    assert.equal(rds.database("rm-staging", "orders")?.status, "Running");
  });

  it("fills the databases one after the other, each by its size", () => {
    const rds = cloud();
    rds.ask(copy, { ...goodCopy, DbNames: '{"orders":"a1","crm":"b1"}' });
    rds.wait(120);
    rds.ask("DescribeDatabases", { DBInstanceId: "rm-staging" });
    assert.equal(rds.database("rm-staging", "a1")?.status, "Running");
    assert.equal(rds.database("rm-staging", "b1")?.status, "Creating");
    rds.wait(30);
    rds.ask("DescribeDatabases", { DBInstanceId: "rm-staging" });
    assert.equal(rds.database("rm-staging", "b1")?.content, "crm-february");
  });

  it("records the moment a database was filled, however late somebody looks", () => {
    const rds = cloud();
    rds.ask(copy, goodCopy);
    rds.wait(9999);
    rds.ask("DescribeDatabases", { DBInstanceId: "rm-staging" });
    assert.equal(rds.database("rm-staging", "orders")?.contentSince, "2026-03-01T02:02:00Z");
  });

  it("brings users and rights with SyncUserPrivilege YES, and none without", () => {
    for (const [value, users] of [
      ["YES", { app: "ReadWrite", owner: "DBOwner" }],
      ["NO", {}],
      [undefined, {}],
    ] as const) {
      const rds = cloud();
      rds.ask(copy, { ...goodCopy, ...(value === undefined ? {} : { SyncUserPrivilege: value }) });
      rds.wait(120);
      rds.ask("DescribeDatabases", { DBInstanceId: "rm-staging" });
      assert.deepEqual(rds.database("rm-staging", "orders")?.users, users);
    }
  });

  it("restores a database that was dropped since the backup", () => {
    const rds = cloud();
    rds.ask(copy, { ...goodCopy, BackupId: "101", DbNames: '{"gone":"back"}' });
    rds.wait(20);
    rds.ask("DescribeDatabases", { DBInstanceId: "rm-staging" });
    assert.equal(rds.database("rm-staging", "back")?.content, "gone-january");
  });

  it("takes the mark of the newest full set before a moment, and the live one from contentSince on", () => {
    for (const [time, since, mark] of [
      ["2026-02-28T12:00:00Z", undefined, "orders-january"],
      ["2026-02-28T18:39:59Z", undefined, "orders-january"],
      ["2026-02-28T18:40:00Z", undefined, "orders-february"],
      ["2026-03-01T01:30:00Z", undefined, "orders-february"],
      ["2026-03-01T01:00:00Z", "2026-03-01T01:00:00Z", "orders-march"],
      ["2026-03-01T00:59:59Z", "2026-03-01T01:00:00Z", "orders-february"],
    ] as const) {
      const [prod, staging] = smallCompany.instances;
      const [orders, ...others] = prod.databases;
      const databases = [{ ...orders, ...(since === undefined ? {} : { contentSince: since }) }, ...others];
      const rds = cloud({ ...smallCompany, instances: [{ ...prod, databases }, staging] });
      rds.ask(copy, { ...copyWithoutPoint, RestoreTime: time });
      rds.wait(120);
      rds.ask("DescribeDatabases", { DBInstanceId: "rm-staging" });
      assert.equal(rds.database("rm-staging", "orders")?.content, mark, time);
    }
  });

  it("shows running rows in DescribeTasks, and afterwards one task in DescribeHistoryTasks", () => {
    const rds = cloud();
    rds.ask(copy, { ...goodCopy, DbNames: '{"orders":"a1","crm":"b1"}' });
    const history = { FromStartTime: "2026-03-01T00:00:00Z", ToStartTime: "2026-03-02T00:00:00Z" };
    rds.wait(75);
    const rows = taskRows(rds.ask("DescribeTasks", { DBInstanceId: "rm-staging" }));
    assert.deepEqual(
      rows.map(({ DBName, TaskAction, Status, Progress, Remain }) => ({
        DBName,
        TaskAction,
        Status,
        Progress,
        Remain,
      })),
      [
        { DBName: "a1", TaskAction: copy, Status: "Processing", Progress: "62", Remain: 75 },
        { DBName: "b1", TaskAction: copy, Status: "NoStart", Progress: "0", Remain: 75 },
      ],
    );
    const [running] = historyRows(rds.ask("DescribeHistoryTasks", history));
    assert.equal(running?.["Status"], "Running");
    assert.equal(running?.["Progress"], 50);
    rds.wait(75);
    assert.deepEqual(taskRows(rds.ask("DescribeTasks", { DBInstanceId: "rm-staging" })), []);
    const [ended, ...more] = historyRows(rds.ask("DescribeHistoryTasks", history));
    assert.equal(more.length, 0);
    assert.equal(ended?.["Status"], "Succeed");
    assert.equal(ended?.["InstanceId"], "rm-staging");
    assert.equal(ended?.["ReasonCode"], "");
    assert.match(String(ended?.["TaskDetail"]), /"sourceDBInstanceId":"rm-prod"/);
    assert.match(String(running?.["TaskDetail"]), /"sourceDBInstanceId":"rm-prod"/);
    assert.equal(ended?.["EndTime"], "2026-03-01T02:02:30Z");
  });

  it("filters running tasks by begin and action", () => {
    const rds = cloud();
    rds.ask(copy, goodCopy);
    const count = (filter: Record<string, string>) =>
      taskRows(rds.ask("DescribeTasks", { DBInstanceId: "rm-staging", ...filter })).length;
    assert.equal(count({ StartTime: "2026-03-01T02:00Z", EndTime: "2026-03-01T02:00Z" }), 1);
    assert.equal(count({ StartTime: "2026-03-01T02:01Z" }), 0);
    assert.equal(count({ EndTime: "2026-03-01T01:59Z" }), 0);
    assert.equal(count({ TaskAction: copy }), 1);
    assert.equal(count({ TaskAction: "CreateDBInstance" }), 0);
    assert.equal(count({ Status: "without effect" }), 1);
    assert.equal(taskRows(rds.ask("DescribeTasks", { DBInstanceId: "rm-prod" })).length, 0);
  });

  it("filters the history by begin, duration, instance, status, task, type and region", () => {
    const rds = cloud();
    rds.ask(copy, goodCopy);
    rds.wait(120);
    const range = { FromStartTime: "2026-03-01T02:00:00Z", ToStartTime: "2026-03-01T02:00:00Z" };
    const count = (filter: Record<string, string>) =>
      historyRows(rds.ask("DescribeHistoryTasks", { ...range, ...filter })).length;
    for (const [filter, expected] of [
      [{}, 1],
      [{ FromStartTime: "2026-03-01T02:00:01Z" }, 0],
      [{ ToStartTime: "2026-03-01T01:59:59Z" }, 0],
      [{ FromExecTime: "120", ToExecTime: "120" }, 1],
      [{ FromExecTime: "121" }, 0],
      [{ ToExecTime: "119" }, 0],
      [{ InstanceId: "rm-x,rm-staging" }, 1],
      [{ InstanceId: "rm-prod" }, 0],
      [{ Status: "Succeed,Failed" }, 1],
      [{ Status: "Running" }, 0],
      [{ TaskId: "t-1" }, 1],
      [{ TaskId: "t-2" }, 0],
      [{ TaskType: copy }, 1],
      [{ TaskType: "x" }, 0],
      [{ RegionId: "cn-hangzhou" }, 1],
      [{ RegionId: "cn-beijing" }, 0],
    ] as const) {
      assert.equal(count(filter), expected, JSON.stringify(filter));
    }
    rds.wait(30 * 24 * 3600 - 120);
    assert.equal(count({}), 1);
    rds.wait(1);
    assert.equal(count({}), 0);
  });

  it("keeps the history from growing for ever", () => {
    const rds = cloud({
      instances: [
        {
          id: "rm-a",
          databases: [{ name: "a1" }],
          backups: [
            { id: "1", start: "2026-01-01T00:00:00Z", end: "2026-01-01T01:00:00Z", databases: { a1: "x" } },
          ],
        },
        { id: "rm-b" },
      ],
    });
    for (let round = 0; round < 600; round += 1) {
      rds.ask(copy, {
        DBInstanceId: "rm-a",
        TargetDBInstanceId: "rm-b",
        DbNames: '{"a1":"a1"}',
        BackupId: "1",
      });
      rds.wait(20);
      rds.ask("DeleteDatabase", { DBInstanceId: "rm-b", DBName: "a1" });
      rds.wait(5);
      rds.ask("DescribeDatabases", { DBInstanceId: "rm-b" });
    }
    assert.ok(rds.world.tasks.length <= 1000);
    assert.equal(rds.world.tasks.at(-1)?.id, "t-1200");
  });

  it("lets one database fail: it vanishes, the other stays, the task is Failed", () => {
    const rds = cloud({ ...smallCompany, copy: { failDatabases: ["crm"] } });
    rds.ask(copy, { ...goodCopy, DbNames: '{"crm":"b1","orders":"a1"}' });
    rds.wait(30);
    const [row] = taskRows(rds.ask("DescribeTasks", { DBInstanceId: "rm-staging" }));
    assert.equal(row?.["Status"], "Failed");
    assert.notEqual(row?.["TaskErrorCode"], "");
    rds.wait(120);
    rds.ask("DescribeDatabases", { DBInstanceId: "rm-staging" });
    assert.deepEqual(
      rds.instance("rm-staging").databases.map(({ name, status }) => [name, status]),
      [["a1", "Running"]],
    );
    assert.equal(rds.world.tasks[0]?.status, "Failed");
  });

  it("shows the target as Restoring while it is filled, where the world says so, and then refuses another copy", () => {
    const rds = cloud({ ...smallCompany, copy: { targetStatus: "Restoring" } });
    rds.ask(copy, goodCopy);
    const status = () =>
      (
        rds.ask("DescribeDBInstanceAttribute", { DBInstanceId: "rm-staging" })["Items"] as {
          DBInstanceAttribute: { DBInstanceStatus: string }[];
        }
      ).DBInstanceAttribute[0]?.DBInstanceStatus;
    assert.equal(status(), "Restoring");
    assert.equal(rds.call(copy, { ...goodCopy, DbNames: '{"crm":"crm"}' }).code, "IncorrectDBInstanceState");
    rds.wait(120);
    assert.equal(status(), "Running");
  });

  it("moves by looks under the stepped clock, and not by time", () => {
    const rds = cloud();
    rds.stepped = true;
    rds.ask(copy, { ...goodCopy, DbNames: '{"orders":"a1","crm":"b1"}' });
    rds.wait(9999);
    const statuses = () =>
      (
        rds.ask("DescribeDatabases", { DBInstanceId: "rm-staging" })["Databases"] as {
          Database: { DBStatus: string }[];
        }
      ).Database.map(({ DBStatus }) => DBStatus);
    rds.ask("DescribeDatabases", { DBInstanceId: "rm-prod" });
    assert.deepEqual(statuses(), ["Creating", "Creating"]);
    assert.deepEqual(statuses(), ["Creating", "Creating"]);
    assert.deepEqual(statuses(), ["Running", "Running"]);
  });

  it("leaves the world it was given as it was, and gives the same one back where nothing changed", () => {
    const rds = cloud();
    const before = rds.world;
    const text = JSON.stringify(before);
    rds.ask("DescribeDatabases", { DBInstanceId: "rm-prod" });
    assert.equal(rds.world, before);
    assert.equal(rds.call(copy, { ...goodCopy, BackupId: "nope" }).status, 400);
    assert.equal(rds.world, before);
    rds.ask(copy, goodCopy);
    assert.notEqual(rds.world, before);
    assert.equal(JSON.stringify(before), text);
    assert.equal(rds.world.instances[0], before.instances[0]);
  });
});

const taskRows = (body: Record<string, unknown>) =>
  (body["Items"] as { TaskProgressInfo: Record<string, unknown>[] }).TaskProgressInfo;
const historyRows = (body: Record<string, unknown>) => body["Items"] as Record<string, unknown>[];
