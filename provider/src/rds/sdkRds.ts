import type RdsClient from "@alicloud/rds20140815";
import type {
  BackupQuery,
  BackupSet,
  CopyRequest,
  DatabaseFacts,
  InstanceFacts,
  RdsApi,
  TaskFacts,
} from "./rdsApi";
import type { Connection } from "./connection";
import { openClient, type OpenClient } from "./sdkClient";
import { failureOf } from "./sdkFailure";

/**
 * The cloud through the official SDK. The SDK is loaded at the first call: it costs most of a second
 * and many megabytes, which a run without changes never pays.
 */
export function sdkRds(connection: Connection): RdsApi {
  let opened: Promise<OpenClient> | undefined;

  async function call<T>(action: string, send: (sdk: OpenClient) => Promise<T>): Promise<T> {
    const opening = (opened ??= openClient(connection));
    // A failed opening (no credentials yet) must not be remembered for the life of the process.
    opening.catch(() => (opened = undefined));
    try {
      return await send(await opening);
    } catch (error) {
      throw failureOf(action, error);
    }
  }

  const { region, endpoint } = connection;
  return {
    region,
    endpoint,

    describeInstance: (instanceId) =>
      call("DescribeDBInstanceAttribute", async ({ client, rds }) => {
        const { body } = await client.describeDBInstanceAttribute(
          new rds.DescribeDBInstanceAttributeRequest({ DBInstanceId: instanceId }),
        );
        const found = body?.items?.DBInstanceAttribute?.[0];
        return found && instanceFacts(instanceId, found);
      }),

    describeDatabases: (instanceId) =>
      call("DescribeDatabases", ({ client, rds }) =>
        allPages(async (pageNumber) => {
          const { body } = await client.describeDatabases(
            new rds.DescribeDatabasesRequest({ DBInstanceId: instanceId, pageSize, pageNumber }),
          );
          return (body?.databases?.database ?? []).map(databaseFacts);
        }),
      ),

    describeBackups: (query) =>
      call("DescribeBackups", async ({ client, rds }) => {
        const sets = await allPages(async (pageNumber) => {
          const { body } = await client.describeBackups(
            new rds.DescribeBackupsRequest({ ...backupRequest(query), pageSize, pageNumber }),
          );
          return (body?.items?.backup ?? []).map(backupSet);
        });
        return sets;
      }),

    describeTasks: (instanceId) =>
      call("DescribeTasks", ({ client, rds }) =>
        allPages(async (pageNumber) => {
          const { body } = await client.describeTasks(
            new rds.DescribeTasksRequest({ DBInstanceId: instanceId, pageSize, pageNumber }),
          );
          return (body?.items?.taskProgressInfo ?? []).map(runningTask);
        }),
      ),

    describeHistoryTasks: (instanceId, since, until) =>
      call("DescribeHistoryTasks", ({ client, rds }) =>
        allPages(async (pageNumber) => {
          const { body } = await client.describeHistoryTasks(
            new rds.DescribeHistoryTasksRequest({
              instanceId,
              fromStartTime: toSecond(since),
              toStartTime: toSecond(until),
              pageSize,
              pageNumber,
            }),
          );
          return (body?.items ?? []).map(historyTask);
        }),
      ),

    listTags: (instanceId) =>
      call("ListTagResources", async ({ client, rds }) => {
        const tags: Record<string, string> = {};
        let nextToken: string | undefined;
        do {
          const { body } = await client.listTagResources(
            new rds.ListTagResourcesRequest({
              regionId: region,
              resourceType: "INSTANCE",
              resourceId: [instanceId],
              ...(nextToken ? { nextToken } : {}),
            }),
          );
          for (const tag of body?.tagResources?.tagResource ?? []) {
            if (tag.tagKey !== undefined) tags[tag.tagKey] = tag.tagValue ?? "";
          }
          nextToken = body?.nextToken;
        } while (nextToken);
        return tags;
      }),

    copyDatabases: (request) =>
      call("CopyDatabaseBetweenInstances", async ({ client, rds }) => {
        const { body } = await client.copyDatabaseBetweenInstances(
          new rds.CopyDatabaseBetweenInstancesRequest(copyRequest(request)),
        );
        return { requestId: requireRequestId(body?.requestId) };
      }),

    deleteDatabase: (instanceId, name) =>
      call("DeleteDatabase", async ({ client, rds }) => {
        await client.deleteDatabase(
          new rds.DeleteDatabaseRequest({ DBInstanceId: instanceId, DBName: name }),
        );
      }),

    describeDatabaseAs: (instanceId, name, description) =>
      call("ModifyDBDescription", async ({ client, rds }) => {
        await client.modifyDBDescription(
          new rds.ModifyDBDescriptionRequest({
            DBInstanceId: instanceId,
            DBName: name,
            DBDescription: description,
          }),
        );
      }),

    tagInstance: (instanceId, key, value) =>
      call("TagResources", async ({ client, rds }) => {
        await client.tagResources(
          new rds.TagResourcesRequest({
            regionId: region,
            resourceType: "INSTANCE",
            resourceId: [instanceId],
            tag: [new rds.TagResourcesRequestTag({ key, value })],
          }),
        );
      }),

    untagInstance: (instanceId, key) =>
      call("UntagResources", async ({ client, rds }) => {
        await client.untagResources(
          new rds.UntagResourcesRequest({
            regionId: region,
            resourceType: "INSTANCE",
            resourceId: [instanceId],
            tagKey: [key],
          }),
        );
      }),
  };
}

/** The largest page that each of these lists documents. */
const pageSize = 100;

async function allPages<T>(readPage: (pageNumber: number) => Promise<readonly T[]>): Promise<T[]> {
  const all: T[] = [];
  for (let pageNumber = 1; ; pageNumber++) {
    const page = await readPage(pageNumber);
    all.push(...page);
    // The counters differ by action in name and type (DescribeDatabases has none): a short page is the end of each.
    if (page.length < pageSize) return all;
  }
}

function copyRequest(request: CopyRequest) {
  return {
    DBInstanceId: request.sourceDbInstanceId,
    targetDBInstanceId: request.targetDbInstanceId,
    // Today's API takes a JSON object; the comma list of older pages is gone (API page, 2026).
    dbNames: JSON.stringify(request.names),
    syncUserPrivilege: request.syncUserPrivilege ? "YES" : "NO",
    ...request.restorePoint,
  };
}

function requireRequestId(requestId: string | undefined): string {
  if (requestId) return requestId;
  throw Object.assign(new Error("The answer has no RequestId"), {
    code: "AnswerWithoutRequestId",
    statusCode: 200,
  });
}

function backupRequest({ instanceId, backupId, since }: BackupQuery) {
  return {
    DBInstanceId: instanceId,
    ...(backupId === undefined ? {} : { backupId }),
    ...(since === undefined
      ? {}
      : { startTime: toMinute(since), endTime: toMinute(new Date(since.getTime() + 400 * 86_400_000)) }),
  };
}

type Attribute = NonNullable<
  NonNullable<
    NonNullable<Awaited<ReturnType<RdsClient["describeDBInstanceAttribute"]>>["body"]>["items"]
  >["DBInstanceAttribute"]
>[number];

function instanceFacts(instanceId: string, found: Attribute): InstanceFacts {
  return {
    instanceId: found.DBInstanceId ?? instanceId,
    status: found.DBInstanceStatus ?? "",
    engine: found.engine ?? "",
    engineVersion: found.engineVersion ?? "",
    category: found.category ?? "",
    type: found.DBInstanceType ?? "",
    regionId: found.regionId ?? "",
    networkType: found.instanceNetworkType ?? "",
    lockMode: found.lockMode ?? "",
    storageGiB: found.DBInstanceStorage,
    maxDatabases: found.DBMaxQuantity,
  };
}

function databaseFacts(found: {
  DBName?: string | undefined;
  DBStatus?: string | undefined;
  DBDescription?: string | undefined;
}): DatabaseFacts {
  return { name: found.DBName ?? "", status: found.DBStatus ?? "", description: found.DBDescription ?? "" };
}

type Backup = NonNullable<
  NonNullable<NonNullable<Awaited<ReturnType<RdsClient["describeBackups"]>>["body"]>["items"]>["backup"]
>[number];

function backupSet(found: Backup): BackupSet {
  return {
    backupId: found.backupId ?? "",
    status: found.backupStatus ?? "",
    type: found.backupType ?? "",
    method: found.backupMethod ?? "",
    startTime: found.backupStartTime ?? "",
    endTime: found.backupEndTime ?? "",
    available: found.isAvail !== 0,
    // Only the names: the links beside them are signed and stay here.
    databases: (found.backupDownloadLinkByDB?.backupDownloadLinkByDB ?? []).flatMap(({ dataBase }) =>
      dataBase ? [dataBase] : [],
    ),
  };
}

function runningTask(found: {
  taskAction?: string | undefined;
  DBName?: string | undefined;
  status?: string | undefined;
  progress?: string | undefined;
  taskErrorCode?: string | undefined;
  taskErrorMessage?: string | undefined;
}): TaskFacts {
  return {
    action: found.taskAction ?? "",
    database: found.DBName ?? "",
    status: found.status ?? "",
    percent: percent(found.progress),
    errorCode: found.taskErrorCode ?? "",
    errorMessage: found.taskErrorMessage ?? "",
  };
}

function historyTask(found: {
  taskType?: string | undefined;
  status?: string | undefined;
  progress?: number | undefined;
  reasonCode?: string | undefined;
}): TaskFacts {
  return {
    action: found.taskType ?? "",
    database: "",
    status: found.status ?? "",
    percent: percent(found.progress),
    errorCode: found.status === "Failed" ? (found.reasonCode ?? "") : "",
    errorMessage: "",
  };
}

function percent(value: string | number | undefined): number | undefined {
  const number = value === undefined || value === "" ? Number.NaN : Number(value);
  return number >= 0 && number <= 100 ? number : undefined;
}

/** DescribeBackups takes minutes: `yyyy-MM-ddTHH:mmZ`. */
function toMinute(time: Date): string {
  return `${time.toISOString().slice(0, 16)}Z`;
}

function toSecond(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
