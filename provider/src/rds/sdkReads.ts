import type { BackupQuery, RdsApi } from "./rdsApi";
import {
  backupPolicy,
  backupSet,
  databaseFacts,
  encryptionFacts,
  historyTask,
  instanceFacts,
  logBackup,
  runningTask,
} from "./sdkAnswers";
import type { RegionOf } from "./ownRegion";
import type { RdsAction } from "./permissions";
import type { SdkCall } from "./sdkCall";
import type { OpenClient } from "./sdkClient";

type ReadName = Extract<keyof RdsApi, `describe${string}` | "listTags">;

/** The calls that change nothing. */
export function sdkReads(
  call: SdkCall,
  regionOf: RegionOf,
): Pick<RdsApi, Exclude<ReadName, "describeDatabaseAs">> {
  /** Reads a list to its end. */
  const list = <T>(action: RdsAction, readPage: (sdk: OpenClient, page: Page) => Promise<readonly T[]>) =>
    call(action, async (sdk) => {
      const all: T[] = [];
      for (let pageNumber = 1; ; pageNumber++) {
        const page = await readPage(sdk, { pageSize, pageNumber });
        all.push(...page);
        // The counters differ by action in name and type (DescribeDatabases has none): a short page is the end of each.
        if (page.length < pageSize) return all;
      }
    });
  return {
    describeInstance: (instanceId) =>
      call("DescribeDBInstanceAttribute", async ({ client, rds }) => {
        const { body } = await client.describeDBInstanceAttribute(
          new rds.DescribeDBInstanceAttributeRequest({ DBInstanceId: instanceId }),
        );
        const found = body?.items?.DBInstanceAttribute?.[0];
        return found && instanceFacts(instanceId, found);
      }),

    describeDatabases: (instanceId) =>
      list("DescribeDatabases", async ({ client, rds }, page) => {
        const { body } = await client.describeDatabases(
          new rds.DescribeDatabasesRequest({ DBInstanceId: instanceId, ...page }),
        );
        return (body?.databases?.database ?? []).map(databaseFacts);
      }),

    describeBackups: (query) =>
      list("DescribeBackups", async ({ client, rds }, page) => {
        const { body } = await client.describeBackups(
          new rds.DescribeBackupsRequest({ ...backupRequest(query), ...page }),
        );
        return (body?.items?.backup ?? []).map(backupSet);
      }),

    describeBackupPolicy: (instanceId) =>
      call("DescribeBackupPolicy", async ({ client, rds }) => {
        const { body } = await client.describeBackupPolicy(
          new rds.DescribeBackupPolicyRequest({ DBInstanceId: instanceId }),
        );
        return backupPolicy(body);
      }),

    describeLogBackups: (instanceId, since, until) =>
      list("DescribeLogBackupFiles", async ({ client, rds }, page) => {
        const { body } = await client.describeLogBackupFiles(
          new rds.DescribeLogBackupFilesRequest({
            DBInstanceId: instanceId,
            startTime: toMinute(since),
            endTime: toMinute(until),
            ...page,
          }),
        );
        return (body?.items?.binLogFile ?? []).map(logBackup);
      }),

    describeEncryption: (instanceId) =>
      call("DescribeDBInstanceTDE", async ({ client, rds }) => {
        const { body } = await client.describeDBInstanceTDE(
          new rds.DescribeDBInstanceTDERequest({ DBInstanceId: instanceId }),
        );
        return encryptionFacts(body);
      }),

    describeTasks: (instanceId) =>
      list("DescribeTasks", async ({ client, rds }, page) => {
        const { body } = await client.describeTasks(
          new rds.DescribeTasksRequest({ DBInstanceId: instanceId, ...page }),
        );
        return (body?.items?.taskProgressInfo ?? []).map(runningTask);
      }),

    describeHistoryTasks: (instanceId, since, until) =>
      list("DescribeHistoryTasks", async ({ client, rds }, page) => {
        const { body } = await client.describeHistoryTasks(
          new rds.DescribeHistoryTasksRequest({
            instanceId,
            fromStartTime: toSecond(since),
            toStartTime: toSecond(until),
            ...page,
          }),
        );
        return (body?.items ?? []).map(historyTask);
      }),

    listTags: async (instanceId) => {
      const regionId = await regionOf(instanceId);
      return call("ListTagResources", async ({ client, rds }) => {
        const tags: Record<string, string> = {};
        let nextToken: string | undefined;
        do {
          const { body } = await client.listTagResources(
            new rds.ListTagResourcesRequest({
              regionId,
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
      });
    },
  };
}

function backupRequest({ instanceId, backupId, since, until, status, type, mode }: BackupQuery) {
  const range =
    since === undefined && until === undefined
      ? {}
      : {
          startTime: toMinute(since ?? longAgo(until)),
          endTime: toMinute(minuteAfter(until) ?? farFrom(since)),
        };
  return {
    DBInstanceId: instanceId,
    ...(backupId === undefined ? {} : { backupId }),
    ...(status === undefined ? {} : { backupStatus: status }),
    ...(type === undefined ? {} : { backupType: type }),
    ...(mode === undefined ? {} : { backupMode: mode }),
    ...range,
  };
}

/** A range has two ends: the missing one lies beyond the longest retention, 730 days. */
const beyondRetentionMs = 800 * 86_400_000;

function longAgo(until = new Date()): Date {
  return new Date(until.getTime() - beyondRetentionMs);
}

function farFrom(since = new Date()): Date {
  return new Date(since.getTime() + beyondRetentionMs);
}

/** Cut to the minute, the end would leave out what began in its last seconds. */
function minuteAfter(until: Date | undefined): Date | undefined {
  return until && new Date(until.getTime() + 60_000);
}

/** `yyyy-MM-ddTHH:mmZ`: what DescribeBackups, DescribeLogBackupFiles and DescribeTasks take. */
function toMinute(time: Date): string {
  return `${time.toISOString().slice(0, 16)}Z`;
}

/** `yyyy-MM-ddTHH:mm:ssZ`: what DescribeHistoryTasks takes. */
function toSecond(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}

/** The largest page that each of the lists documents in every edition of its page. */
const pageSize = 100;

interface Page {
  readonly pageSize: number;
  readonly pageNumber: number;
}
