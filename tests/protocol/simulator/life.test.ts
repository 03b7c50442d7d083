import assert from "node:assert/strict";
import * as rds from "@alicloud/rds20140815";
import { startSimulator, type Simulator } from "../../../simulator/src/index.js";
import { smallCompany } from "../../unit/simulator/cloud.js";
import { sdkClient, thrownBy, type Thrown } from "./client.js";

describe("simulator: the real SDK lives a copy's life", () => {
  let sim: Simulator;
  let client: ReturnType<typeof sdkClient>;
  beforeEach(async () => {
    sim = await startSimulator({ world: smallCompany, clock: "virtual" });
    client = sdkClient(sim.endpoint);
  });
  afterEach(() => sim.close());

  const databases = async () => {
    const { body } = await client.describeDatabases(
      new rds.DescribeDatabasesRequest({ DBInstanceId: "rm-staging" }),
    );
    return body?.databases?.database ?? [];
  };
  const copy = (more: Record<string, string> = { backupId: "102" }) =>
    client.copyDatabaseBetweenInstances(
      new rds.CopyDatabaseBetweenInstancesRequest({
        DBInstanceId: "rm-prod",
        targetDBInstanceId: "rm-staging",
        dbNames: JSON.stringify({ orders: "orders_copy" }),
        ...more,
      }),
    );

  it("list, look for a backup, copy, watch, describe, tag, drop", async () => {
    const list = await client.describeDBInstances(
      new rds.DescribeDBInstancesRequest({ regionId: "cn-hangzhou" }),
    );
    assert.deepEqual(
      list.body?.items?.DBInstance?.map(({ DBInstanceId }) => DBInstanceId),
      ["rm-prod", "rm-staging"],
    );
    assert.equal(list.body?.totalRecordCount, 2);

    const backups = await client.describeBackups(new rds.DescribeBackupsRequest({ DBInstanceId: "rm-prod" }));
    assert.equal(backups.body?.totalRecordCount, "2");
    const [newest] = backups.body?.items?.backup ?? [];
    assert.equal(newest?.backupId, "102");
    assert.equal(newest?.isAvail, 1);

    const accepted = await copy({ backupId: "102", syncUserPrivilege: "YES" });
    assert.match(accepted.body?.requestId ?? "", /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
    assert.deepEqual(
      (await databases()).map(({ DBName, DBStatus }) => [DBName, DBStatus]),
      [["orders_copy", "Creating"]],
    );

    sim.advance("1m");
    const tasks = await client.describeTasks(new rds.DescribeTasksRequest({ DBInstanceId: "rm-staging" }));
    assert.deepEqual(
      tasks.body?.items?.taskProgressInfo?.map(({ DBName, progress, taskAction }) => [
        DBName,
        progress,
        taskAction,
      ]),
      [["orders_copy", "50", "CopyDatabaseBetweenInstances"]],
    );

    sim.advance("1m");
    const [done] = await databases();
    assert.equal(done?.DBStatus, "Running");
    assert.deepEqual(
      done?.accounts?.accountPrivilegeInfo?.map(({ account, accountPrivilege }) => [
        account,
        accountPrivilege,
      ]),
      [
        ["app", "ReadWrite"],
        ["owner", "DbOwner"],
      ],
    );
    assert.equal(sim.world().instances[1]?.databases[0]?.content, "orders-february");

    await client.modifyDBDescription(
      new rds.ModifyDBDescriptionRequest({
        DBInstanceId: "rm-staging",
        DBName: "orders_copy",
        DBDescription: "mark-1",
      }),
    );
    assert.equal((await databases())[0]?.DBDescription, "mark-1");
    const where = { regionId: "cn-hangzhou", resourceType: "INSTANCE", resourceId: ["rm-staging"] };
    await client.tagResources(
      new rds.TagResourcesRequest({
        ...where,
        tag: [new rds.TagResourcesRequestTag({ key: "receipt", value: "1" })],
      }),
    );
    const tags = await client.listTagResources(new rds.ListTagResourcesRequest(where));
    assert.deepEqual(
      tags.body?.tagResources?.tagResource?.map(({ tagKey, tagValue }) => [tagKey, tagValue]),
      [["receipt", "1"]],
    );
    await client.untagResources(new rds.UntagResourcesRequest({ ...where, tagKey: ["receipt"] }));
    assert.deepEqual(sim.world().instances[1]?.tags, {});

    const history = await client.describeHistoryTasks(
      new rds.DescribeHistoryTasksRequest({
        fromStartTime: "2026-03-01T00:00:00Z",
        toStartTime: "2026-03-02T00:00:00Z",
      }),
    );
    assert.deepEqual(
      history.body?.items?.map(({ status, instanceId }) => [status, instanceId]),
      [["Succeed", "rm-staging"]],
    );

    await client.deleteDatabase(
      new rds.DeleteDatabaseRequest({ DBInstanceId: "rm-staging", DBName: "orders_copy" }),
    );
    assert.equal((await databases())[0]?.DBStatus, "Deleting");
    sim.advance("5s");
    assert.deepEqual(await databases(), []);
  });

  it("every answer decodes in the SDK, wire types and all", async () => {
    const id = { DBInstanceId: "rm-prod" };
    const { body: attribute } = await client.describeDBInstanceAttribute(
      new rds.DescribeDBInstanceAttributeRequest(id),
    );
    const [instance] = attribute?.items?.DBInstanceAttribute ?? [];
    assert.deepEqual(
      [instance?.DBInstanceStorage, instance?.DBMaxQuantity, instance?.port],
      [500, 100, "1433"],
    );
    assert.equal(instance?.extra?.recoveryModel, "Full");
    const { body: policy } = await client.describeBackupPolicy(new rds.DescribeBackupPolicyRequest(id));
    assert.equal(policy?.backupRetentionPeriod, 7);
    const { body: usage } = await client.describeResourceUsage(new rds.DescribeResourceUsageRequest(id));
    assert.deepEqual([usage?.diskUsed, usage?.coldBackupSize], [51 * 1024 ** 3, -1]);
    const { body: tde } = await client.describeDBInstanceTDE(new rds.DescribeDBInstanceTDERequest(id));
    assert.equal(tde?.TDEStatus, "Disabled");
    const { body: logs } = await client.describeLogBackupFiles(
      new rds.DescribeLogBackupFilesRequest({
        ...id,
        startTime: "2026-02-27T00:00Z",
        endTime: "2026-03-02T00:00Z",
      }),
    );
    assert.equal(logs?.totalRecordCount, 63);
    await client.checkDBNameAvailable(new rds.CheckDBNameAvailableRequest({ ...id, DBName: "free_name" }));
  });

  it("refusals arrive as the SDK's errors, with code, status and request id", async () => {
    const missing = await thrownBy(copy({}));
    assert.deepEqual(
      [missing.name, missing.code, missing.statusCode],
      ["ClientError", "InvalidBackupIdOrRestoreTime.NotFound", 400],
    );
    assert.equal(missing.requestId, sim.journal()[0]?.requestId);
    const nothing = await thrownBy(
      client.copyDatabaseBetweenInstances(new rds.CopyDatabaseBetweenInstancesRequest({})),
    );
    assert.equal(nothing.code, "MissingParameter");
    sim.setWorld({ ...smallCompany, accounts: [{ deny: ["rds:Describe*"] }] });
    const denied = await thrownBy(databases());
    assert.deepEqual([denied.code, denied.statusCode], ["Forbidden.RAM", 403]);
    assert.equal(denied.accessDeniedDetail?.["AuthAction"], "rds:DescribeDatabases");
  });

  it("throttles in real time only, and by the world's figure", async () => {
    const burst = async (simulator: Simulator) => {
      const one = sdkClient(simulator.endpoint);
      const calls = Array.from({ length: 40 }, () =>
        one.describeDatabases(new rds.DescribeDatabasesRequest({ DBInstanceId: "rm-prod" })).then(
          () => "ok",
          (error: unknown) => `${(error as Thrown).code ?? ""} ${(error as Thrown).statusCode ?? 0}`,
        ),
      );
      return new Set(await Promise.all(calls));
    };
    assert.deepEqual(await burst(sim), new Set(["ok"]));
    const real = await startSimulator({ world: { ...smallCompany, service: { callsPerSecond: 5 } } });
    try {
      assert.ok((await burst(real)).has("Throttling.User 400"));
      real.setWorld({ ...smallCompany, service: { callsPerSecond: 0 } });
      assert.deepEqual(await burst(real), new Set(["ok"]));
    } finally {
      await real.close();
    }
  });
});
