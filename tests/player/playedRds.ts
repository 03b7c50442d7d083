import { RdsFailure } from "../../provider/src/rds/failure";
import type {
  BackupSet,
  DatabaseFacts,
  InstanceFacts,
  RdsApi,
  TaskFacts,
} from "../../provider/src/rds/rdsApi";
import type { Cloud, PlayedProcess, Reply } from "./cloud";

type Body = Readonly<Record<string, unknown>>;

/** The cloud as one process sees it: the calls of the lifecycle, spoken to the machine without HTTP and SDK. */
export function playedRds(cloud: Cloud, process: PlayedProcess): RdsApi {
  const call = async (action: string, params: Readonly<Record<string, string>>): Promise<Body> =>
    answered(action, await cloud.send(process, action, params));

  async function pages<T>(
    action: string,
    params: Readonly<Record<string, string>>,
    read: (body: Body) => readonly T[],
  ): Promise<T[]> {
    const all: T[] = [];
    for (let page = 1; ; page++) {
      const items = read(await call(action, { ...params, PageSize: "100", PageNumber: String(page) }));
      all.push(...items);
      if (items.length < 100) return all;
    }
  }

  return {
    region: "cn-hangzhou",
    endpoint: "played",
    signer: () => undefined,
    waitsFor: () => "played",
    async describeInstance(instanceId) {
      const body = await call("DescribeDBInstanceAttribute", { DBInstanceId: instanceId });
      const found = list(body, "Items", "DBInstanceAttribute")[0];
      return found && instanceFacts(found);
    },
    describeDatabases: (instanceId) =>
      pages("DescribeDatabases", { DBInstanceId: instanceId }, (body) =>
        list(body, "Databases", "Database").map(databaseFacts),
      ),
    describeBackups: ({ instanceId, backupId }) =>
      pages(
        "DescribeBackups",
        { DBInstanceId: instanceId, ...(backupId === undefined ? {} : { BackupId: backupId }) },
        (body) => list(body, "Items", "Backup").map(backupSet),
      ),
    async describeBackupPolicy(instanceId) {
      const body = await call("DescribeBackupPolicy", { DBInstanceId: instanceId });
      return { method: text(body["BackupMethod"]), logIntervalMinutes: Number(body["BackupInterval"]) };
    },
    describeLogBackups: (instanceId, since, until) =>
      pages(
        "DescribeLogBackupFiles",
        { DBInstanceId: instanceId, StartTime: minutes(since), EndTime: minutes(until) },
        (body) =>
          list(body, "Items", "BinLogFile").map((file) => ({
            begin: text(file["LogBeginTime"]),
            end: text(file["LogEndTime"]),
          })),
      ),
    async describeEncryption(instanceId) {
      const body = await call("DescribeDBInstanceTDE", { DBInstanceId: instanceId });
      return {
        enabled: body["TDEStatus"] === "Enabled",
        databases: list(body, "Databases", "Database")
          .filter((database) => database["TDEStatus"] === "Enabled")
          .map((database) => text(database["DBName"])),
      };
    },
    describeTasks: (instanceId) =>
      pages("DescribeTasks", { DBInstanceId: instanceId }, (body) =>
        list(body, "Items", "TaskProgressInfo").map((task) => taskFacts(task, "TaskAction")),
      ),
    describeHistoryTasks: (instanceId, since, until) =>
      pages(
        "DescribeHistoryTasks",
        { InstanceId: instanceId, FromStartTime: seconds(since), ToStartTime: seconds(until) },
        (body) => (body["Items"] as Body[]).map((task) => taskFacts(task, "TaskType")),
      ),
    async listTags(instanceId) {
      const body = await call("ListTagResources", { ...tagged(instanceId) });
      return Object.fromEntries(
        list(body, "TagResources", "TagResource").map((tag) => [text(tag["TagKey"]), text(tag["TagValue"])]),
      );
    },
    async copyDatabases({ sourceDbInstanceId, targetDbInstanceId, names, restorePoint, syncUserPrivilege }) {
      const body = await call("CopyDatabaseBetweenInstances", {
        DBInstanceId: sourceDbInstanceId,
        TargetDBInstanceId: targetDbInstanceId,
        DbNames: JSON.stringify(names),
        SyncUserPrivilege: syncUserPrivilege ? "YES" : "NO",
        ...("backupId" in restorePoint
          ? { BackupId: restorePoint.backupId }
          : { RestoreTime: restorePoint.restoreTime }),
      });
      return { requestId: text(body["RequestId"]) };
    },
    async deleteDatabase(instanceId, name) {
      await call("DeleteDatabase", { DBInstanceId: instanceId, DBName: name });
    },
    async describeDatabaseAs(instanceId, name, description) {
      await call("ModifyDBDescription", {
        DBInstanceId: instanceId,
        DBName: name,
        DBDescription: description,
      });
    },
    async tagInstance(instanceId, key, value) {
      await call("TagResources", { ...tagged(instanceId), "Tag.1.Key": key, "Tag.1.Value": value });
    },
    async untagInstance(instanceId, key) {
      await call("UntagResources", { ...tagged(instanceId), "TagKey.1": key });
    },
  };
}

/** The failure that the SDK's answer would become: the same judgement as in the real way. */
function answered(action: string, reply: Reply): Body {
  switch (reply) {
    case "reset":
      throw new RdsFailure({ action, code: "ECONNRESET", message: "socket hang up" });
    case "timeout":
      throw new RdsFailure({ action, code: "RequestTimeout", message: "no answer in time" });
    case "notJson":
      throw new RdsFailure({ action, code: "AnswerNotJson", message: "not JSON" });
    default: {
      const { status, body, retryAfterMs } = reply;
      if (status < 400) return body;
      throw new RdsFailure({
        action,
        code: text(body["Code"]),
        message: text(body["Message"]),
        status,
        requestId: text(body["RequestId"]),
        retryAfterMs,
      });
    }
  }
}

function list(body: Body, wrapper: string, name: string): readonly Body[] {
  return ((body[wrapper] as Body | undefined)?.[name] ?? []) as readonly Body[];
}

function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

const minutes = (time: Date) => `${time.toISOString().slice(0, 16)}Z`;

const seconds = (time: Date) => `${time.toISOString().slice(0, 19)}Z`;

const tagged = (instanceId: string) => ({
  RegionId: "cn-hangzhou",
  ResourceType: "INSTANCE",
  "ResourceId.1": instanceId,
});

function instanceFacts(found: Body): InstanceFacts {
  return {
    instanceId: text(found["DBInstanceId"]),
    status: text(found["DBInstanceStatus"]),
    engine: text(found["Engine"]),
    engineVersion: text(found["EngineVersion"]),
    category: text(found["Category"]),
    type: text(found["DBInstanceType"]),
    regionId: text(found["RegionId"]),
    networkType: text(found["InstanceNetworkType"]),
    lockMode: text(found["LockMode"]),
    storageGiB: found["DBInstanceStorage"] as number | undefined,
    maxDatabases: found["DBMaxQuantity"] as number | undefined,
    classType: text(found["DBInstanceClassType"]),
    payType: text(found["PayType"]),
    recoveryModel: text((found["Extra"] as Body | undefined)?.["RecoveryModel"]),
    diskUsedBytes: Number(found["DBInstanceDiskUsed"]),
  };
}

function databaseFacts(found: Body): DatabaseFacts {
  return {
    name: text(found["DBName"]),
    status: text(found["DBStatus"]),
    description: text(found["DBDescription"]),
  };
}

function backupSet(found: Body): BackupSet {
  return {
    backupId: text(found["BackupId"]),
    status: text(found["BackupStatus"]),
    type: text(found["BackupType"]),
    method: text(found["BackupMethod"]),
    startTime: text(found["BackupStartTime"]),
    endTime: text(found["BackupEndTime"]),
    available: found["IsAvail"] !== 0,
    databases: list(found, "BackupDownloadLinkByDB", "BackupDownloadLinkByDB").map((link) =>
      text(link["DataBase"]),
    ),
    sizeBytes: Number(found["BackupSize"]),
    archived: found["StorageClass"] === "1",
  };
}

function taskFacts(task: Body, action: string): TaskFacts {
  const percent = Number(task["Progress"] ?? Number.NaN);
  return {
    action: text(task[action]),
    database: text(task["DBName"]),
    status: text(task["Status"]),
    percent: Number.isNaN(percent) ? undefined : percent,
    errorCode: text(task["TaskErrorCode"] ?? task["ReasonCode"]),
    errorMessage: text(task["TaskErrorMessage"]),
    detail: `${text(task["ActionInfo"])} ${text(task["TaskDetail"])}`,
  };
}
