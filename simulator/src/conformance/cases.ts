/**
 * One call that any client can make of any endpoint. `{source}`, `{target}`, `{region}`, `{database}`, `{backup}`,
 * `{name}` (a free one), `{now}`, `{yesterday}` and `{tomorrow}` in its parameters stand for what the endpoint has.
 */
export interface ConformanceCase {
  readonly name: string;
  readonly action: string;
  readonly params: Readonly<Record<string, string>>;
  /** read: changes nothing, whatever the answer. copy: would copy data if the service accepted it. */
  readonly kind: "read" | "copy";
}

const unknown = "rm-0conformance0case0";
const source = { DBInstanceId: "{source}" };
const minutes = { StartTime: "{yesterday:minute}", EndTime: "{now:minute}" };
const seconds = { FromStartTime: "{yesterday}", ToStartTime: "{now}" };
const tagged = { RegionId: "{region}", ResourceType: "INSTANCE" };
const copy = { ...source, TargetDBInstanceId: "{target}", DbNames: '{"{database}":"{name}"}' };

const read = (name: string, action: string, params: ConformanceCase["params"]): ConformanceCase => ({
  name,
  action,
  params,
  kind: "read",
});
const refusedCopy = (name: string, params: ConformanceCase["params"]): ConformanceCase => ({
  name,
  action: "CopyDatabaseBetweenInstances",
  params,
  kind: "copy",
});

/** The one copy that should be carried out; what it made is dropped afterwards. */
export const acceptedCopy = "copy: carried out";

export const readCases: readonly ConformanceCase[] = [
  read("instances of the region", "DescribeDBInstances", { RegionId: "{region}" }),
  read("instances by token", "DescribeDBInstances", { RegionId: "{region}", MaxResults: "1" }),
  read("instances: unknown type", "DescribeDBInstances", { RegionId: "{region}", DBInstanceType: "X" }),
  read("instances: page too large", "DescribeDBInstances", { RegionId: "{region}", PageSize: "101" }),
  read("instances: tags that are no JSON", "DescribeDBInstances", { RegionId: "{region}", Tags: "env" }),
  read("instances: region that is none", "DescribeDBInstances", { RegionId: "Nowhere" }),
  read("instances: no region", "DescribeDBInstances", {}),
  read("one instance", "DescribeDBInstanceAttribute", source),
  read("one instance: unknown", "DescribeDBInstanceAttribute", { DBInstanceId: unknown }),
  read("one instance: none named", "DescribeDBInstanceAttribute", {}),
  read("one instance: owner that is another", "DescribeDBInstanceAttribute", { ...source, OwnerId: "1" }),
  read("databases", "DescribeDatabases", source),
  read("databases: action in lower case", "describedatabases", source),
  read("databases: one", "DescribeDatabases", { ...source, DBName: "{database}" }),
  read("databases: none of the name", "DescribeDatabases", { ...source, DBName: "{name}" }),
  read("databases: odd page", "DescribeDatabases", { ...source, PageSize: "31" }),
  read("databases: unknown instance", "DescribeDatabases", { DBInstanceId: unknown }),
  read("backups", "DescribeBackups", source),
  read("backups: one", "DescribeBackups", { ...source, BackupId: "{backup}" }),
  read("backups: odd page size", "DescribeBackups", { ...source, PageSize: "31" }),
  read("backups: page before the first", "DescribeBackups", { ...source, PageNumber: "0" }),
  read("backups: malformed start", "DescribeBackups", { ...source, StartTime: "yesterday" }),
  read("backups: malformed end", "DescribeBackups", { ...source, EndTime: "today" }),
  read("backups: end before start", "DescribeBackups", {
    ...source,
    StartTime: minutes.EndTime,
    EndTime: minutes.StartTime,
  }),
  read("backups: unknown instance", "DescribeBackups", { DBInstanceId: unknown }),
  read("backup policy", "DescribeBackupPolicy", source),
  read("backup policy: unknown instance", "DescribeBackupPolicy", { DBInstanceId: unknown }),
  read("logs", "DescribeLogBackupFiles", { ...source, ...minutes }),
  read("logs: malformed start", "DescribeLogBackupFiles", { ...source, ...minutes, StartTime: "yesterday" }),
  read("logs: no range", "DescribeLogBackupFiles", source),
  read("space", "DescribeResourceUsage", source),
  read("encryption", "DescribeDBInstanceTDE", source),
  read("running tasks", "DescribeTasks", { ...source, ...minutes }),
  read("running tasks: unknown instance", "DescribeTasks", { DBInstanceId: unknown }),
  read("ended tasks", "DescribeHistoryTasks", { ...seconds, InstanceId: "{source}", RegionId: "{region}" }),
  read("ended tasks: malformed start", "DescribeHistoryTasks", { ...seconds, FromStartTime: "yesterday" }),
  read("name: free", "CheckDBNameAvailable", { ...source, DBName: "{name}" }),
  read("name: taken", "CheckDBNameAvailable", { ...source, DBName: "{database}" }),
  read("name: malformed", "CheckDBNameAvailable", { ...source, DBName: "Conformance Case" }),
  read("name: reserved", "CheckDBNameAvailable", { ...source, DBName: "master" }),
  read("tags", "ListTagResources", { ...tagged, "ResourceId.1": "{source}" }),
  read("tags: nothing named", "ListTagResources", tagged),
  read("tags: odd type", "ListTagResources", {
    ...tagged,
    ResourceType: "DATABASE",
    "ResourceId.1": "{source}",
  }),
];

/** All but the last are refused, as far as is known. */
export const copyCases: readonly ConformanceCase[] = [
  refusedCopy("copy: no names", { ...source, TargetDBInstanceId: "{target}" }),
  refusedCopy("copy: unknown source", { ...copy, DBInstanceId: unknown, BackupId: "{backup}" }),
  refusedCopy("copy: unknown target", { ...copy, TargetDBInstanceId: unknown, BackupId: "{backup}" }),
  refusedCopy("copy: malformed target", { ...copy, TargetDBInstanceId: "rm target", BackupId: "{backup}" }),
  refusedCopy("copy: comma list", { ...copy, DbNames: "{database}", BackupId: "{backup}" }),
  refusedCopy("copy: empty map", { ...copy, DbNames: "{}", BackupId: "{backup}" }),
  refusedCopy("copy: name no text", { ...copy, DbNames: '{"{database}":7}', BackupId: "{backup}" }),
  refusedCopy("copy: source without a name", { ...copy, DbNames: '{"":"{name}"}', BackupId: "{backup}" }),
  refusedCopy("copy: both points", { ...copy, BackupId: "{backup}", RestoreTime: "{yesterday}" }),
  refusedCopy("copy: neither point", copy),
  refusedCopy("copy: unknown set", { ...copy, BackupId: "1" }),
  refusedCopy("copy: malformed time", { ...copy, RestoreTime: "yesterday" }),
  refusedCopy("copy: time to come", { ...copy, RestoreTime: "{tomorrow}" }),
  refusedCopy("copy: database that is nowhere", {
    ...copy,
    DbNames: '{"{name}":"{name}"}',
    BackupId: "{backup}",
  }),
  refusedCopy("copy: reserved name", { ...copy, DbNames: '{"{database}":"master"}', BackupId: "{backup}" }),
  refusedCopy("copy: odd SyncUserPrivilege", { ...copy, SyncUserPrivilege: "maybe", BackupId: "{backup}" }),
  refusedCopy(acceptedCopy, { ...copy, BackupId: "{backup}" }),
];
