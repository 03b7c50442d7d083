import type { WorldInput } from "../../../simulator/src/machine.js";
import { smallCompany } from "./cloud.js";

/** A call of any action but the copy, and what it is refused for. */
export interface OtherCase {
  readonly rule: string;
  readonly action: string;
  readonly params: Record<string, string>;
  readonly code: string;
  readonly status: number;
  readonly world?: WorldInput;
}

const [prod, staging] = smallCompany.instances;
const prodWith = (patch: object): WorldInput => ({
  ...smallCompany,
  instances: [{ ...prod, ...patch }, staging],
});
const id = { DBInstanceId: "rm-prod" };
const orders = { ...id, DBName: "orders" };
const hangzhou = { RegionId: "cn-hangzhou" };
const tagging = { ...hangzhou, ResourceType: "INSTANCE" };
const tagProd = { ...tagging, "ResourceId.1": "rm-prod" };
const logs = { ...id, StartTime: "2026-02-27T00:00Z", EndTime: "2026-03-02T00:00Z" };
const history = { FromStartTime: "2026-03-01T00:00:00Z", ToStartTime: "2026-03-02T00:00:00Z" };
const numbered = (count: number, name: (index: number) => string, value: (index: number) => string) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [name(index + 1), value(index + 1)]));

const one = (
  rule: string,
  action: string,
  params: Record<string, string>,
  code: string,
  status = 400,
  world?: WorldInput,
): OtherCase => ({ rule, action, params, code, status, ...(world === undefined ? {} : { world }) });

export const otherCases: OtherCase[] = [
  one("all.unsupported-action", "DescribeNothing", {}, "SimulatorUnsupportedAction"),
  one("all.missing-parameter", "DescribeDatabases", {}, "MissingParameter"),
  one(
    "all.instance-not-found",
    "DescribeBackups",
    { DBInstanceId: "rm-x" },
    "InvalidDBInstanceName.NotFound",
  ),
  one(
    "all.instance-not-found-by-id",
    "DescribeTasks",
    { DBInstanceId: "rm-x" },
    "InvalidDBInstanceId.NotFound",
  ),
  one("all.instance-not-found", "DescribeBackupPolicy", id, "InvalidDBInstanceName.NotFound", 400, {
    ...prodWith({ lockMode: "Released" }),
    service: { releasedInstances: "gone" },
  }),
  one("all.instance-released", "DescribeBackupPolicy", id, "OperationDenied.DBInstanceStatus", 403, {
    ...prodWith({ lockMode: "Released" }),
    service: { releasedInstances: "refused" },
  }),
  one(
    "instances.unknown-type",
    "DescribeDBInstances",
    { ...hangzhou, DBInstanceType: "X" },
    "InvalidDBInstanceType.ValueNotSupport",
  ),
  one("instances.page", "DescribeDBInstances", { ...hangzhou, PageSize: "101" }, "InvalidParameter"),
  one("instances.page", "DescribeDBInstances", { ...hangzhou, PageNumber: "0" }, "InvalidParameter"),
  one("instances.page", "DescribeDBInstances", { ...hangzhou, MaxResults: "101" }, "InvalidParameter"),
  one("instances.page", "DescribeDBInstances", { ...hangzhou, MaxResults: "0" }, "InvalidParameter"),
  one("instances.page", "DescribeDBInstances", { ...hangzhou, NextToken: "next" }, "InvalidParameter"),
  one("instances.tags", "DescribeDBInstances", { ...hangzhou, Tags: "env" }, "InvalidParameter"),
  one("instances.tags", "DescribeDBInstances", { ...hangzhou, Tags: '["env"]' }, "InvalidParameter"),
  one("instances.tags", "DescribeDBInstances", { ...hangzhou, Tags: "null" }, "InvalidParameter"),
  one(
    "backups.page-size",
    "DescribeBackups",
    { ...id, PageSize: "31" },
    "InvalidMaxRecordsPerPage.Malformed",
    403,
  ),
  one("backups.page-number", "DescribeBackups", { ...id, PageNumber: "0" }, "InvalidPageNumbers.Malformed"),
  one("backups.start-time", "DescribeBackups", { ...id, StartTime: "yesterday" }, "InvalidStartTime.Format"),
  one("backups.end-time", "DescribeBackups", { ...id, EndTime: "2026-02-28" }, "InvalidEndTime.Format"),
  one(
    "backups.time-order",
    "DescribeBackups",
    { ...id, StartTime: "2026-02-28T18:00Z", EndTime: "2026-02-28T18:00Z" },
    "InvalidParameterCombination",
  ),
  one(
    "backups.restore-time",
    "DescribeBackups",
    { ...id, RestoreTime: "2026-02-28T18:00Z" },
    "InvalidRestoreTime.Malformed",
  ),
  one(
    "backups.location",
    "DescribeBackups",
    { ...id, BackupLocation: "disk" },
    "InvalidBackupSetLocation.Format",
  ),
  ...["DescribeBackups", "DescribeBackupPolicy"].map((action) =>
    one(
      "backups.instance-status",
      action,
      id,
      "IncorrectDBInstanceState",
      403,
      prodWith({ status: "Creating" }),
    ),
  ),
  one("all.region-id", "DescribeDBInstances", { RegionId: "nowhere" }, "InvalidRegionId.NotFound", 404),
  one("all.owner", "DescribeTasks", { ...id, OwnerId: "1", OwnerAccount: "2" }, "InvalidOwner"),
  one("all.owner-id", "DescribeTasks", { ...id, ResourceOwnerId: "1" }, "InvalidOwnerId"),
  one("all.owner-account", "DescribeTasks", { ...id, OwnerAccount: "1" }, "InvalidOwnerAccount"),
  one(
    "all.instance-not-found-newer",
    "DescribeBackups",
    { DBInstanceId: "rm-x" },
    "InvalidDBInstance.NotFound",
    404,
    {
      ...smallCompany,
      service: { notFoundStatus: 404, notFoundCodes: { DescribeBackups: "InvalidDBInstance.NotFound" } },
    },
  ),
  one("logs.start-time", "DescribeLogBackupFiles", { ...logs, StartTime: "x" }, "InvalidStartTime.Format"),
  one("logs.end-time", "DescribeLogBackupFiles", { ...logs, EndTime: "x" }, "InvalidEndTime.Format"),
  one(
    "logs.time-order",
    "DescribeLogBackupFiles",
    { ...logs, EndTime: logs.StartTime },
    "InvalidParameterCombination",
  ),
  one("logs.page", "DescribeLogBackupFiles", { ...logs, PageSize: "29" }, "InvalidParameter"),
  one("logs.page", "DescribeLogBackupFiles", { ...logs, PageSize: "1001" }, "InvalidParameter"),
  one("tasks.page", "DescribeTasks", { ...id, PageSize: "29" }, "InvalidParameter"),
  one(
    "history.parameter",
    "DescribeHistoryTasks",
    { ...history, FromStartTime: "2026-03-01T00:00Z" },
    "InvalidParameter",
  ),
  one("history.parameter", "DescribeHistoryTasks", { ...history, ToStartTime: "later" }, "InvalidParameter"),
  one("history.parameter", "DescribeHistoryTasks", { ...history, PageSize: "9" }, "InvalidParameter"),
  one(
    "tde.edition",
    "DescribeDBInstanceTDE",
    id,
    "InvalidEngineVersion.Malformed",
    400,
    prodWith({ engineVersion: "2019_web" }),
  ),
  one(
    "database.instance-type",
    "DeleteDatabase",
    orders,
    "OperationDenied.DBInstanceType",
    400,
    prodWith({ type: "Readonly" }),
  ),
  one(
    "database.instance-status",
    "DeleteDatabase",
    orders,
    "OperationDenied.DBInstanceStatus",
    403,
    prodWith({ status: "Rebooting" }),
  ),
  one(
    "database.instance-locked",
    "DeleteDatabase",
    orders,
    "OperationDenied.LockMode",
    403,
    prodWith({ lockMode: "ManualLock" }),
  ),
  one("database.not-found", "DeleteDatabase", { ...id, DBName: "nope" }, "InvalidDBName.NotFound"),
  one(
    "database.not-found",
    "ModifyDBDescription",
    { ...id, DBName: "nope", DBDescription: "text" },
    "InvalidDBName.NotFound",
    404,
    {
      ...smallCompany,
      service: { notFoundStatus: 404 },
    },
  ),
  one(
    "drop.database-status",
    "DeleteDatabase",
    orders,
    "OperationDenied.DBStatus",
    403,
    prodWith({ databases: [{ name: "orders", status: "Creating" }] }),
  ),
  one(
    "drop.database-status",
    "DeleteDatabase",
    orders,
    "OperationDenied.DBStatus",
    403,
    prodWith({ databases: [{ name: "orders", status: "Deleting" }] }),
  ),
  ...["x", "1st", "http://x", "a b", `a${"b".repeat(256)}`].map((DBDescription) =>
    one(
      "description.format",
      "ModifyDBDescription",
      { ...orders, DBDescription },
      "InvalidDBDescription.Format",
    ),
  ),
  one("check-name.format", "CheckDBNameAvailable", { ...id, DBName: "Orders" }, "InvalidDBName.Format"),
  one("check-name.reserved", "CheckDBNameAvailable", { ...id, DBName: "select" }, "InvalidParameter.Keyword"),
  one("check-name.taken", "CheckDBNameAvailable", orders, "InvalidDBName.Duplicate"),
  one(
    "tags.resource-type",
    "TagResources",
    { ...tagProd, ResourceType: "DB", "Tag.1.Key": "a" },
    "InvalidParameter",
  ),
  one("tags.resource-type", "ListTagResources", { ...tagProd, ResourceType: "DB" }, "InvalidParameter"),
  one("tags.resource-id", "TagResources", { ...tagging, "Tag.1.Key": "a" }, "MissingParameter"),
  one(
    "tags.resource-count",
    "UntagResources",
    {
      ...tagging,
      All: "true",
      ...numbered(
        51,
        (index) => `ResourceId.${index}`,
        () => "rm-prod",
      ),
    },
    "NumberExceed.ResourceIds",
  ),
  one(
    "all.instance-not-found",
    "TagResources",
    { ...tagging, "ResourceId.1": "rm-x", "Tag.1.Key": "a" },
    "InvalidDBInstanceName.NotFound",
  ),
  one(
    "all.instance-not-found",
    "TagResources",
    { ...tagProd, RegionId: "cn-beijing", "Tag.1.Key": "a" },
    "InvalidDBInstanceName.NotFound",
  ),
  one("tags.no-tag", "TagResources", tagProd, "MissingParameter"),
  one(
    "tags.count-in-call",
    "TagResources",
    { ...tagProd, ...numbered(21, (index) => `Tag.${index}.Key`, String) },
    "NumberExceed.Tags",
  ),
  one("tags.key", "TagResources", { ...tagProd, "Tag.1.Key": "aliyun-x" }, "InvalidTagKey.Malformed"),
  one("tags.key", "TagResources", { ...tagProd, "Tag.1.Value": "without a key" }, "InvalidTagKey.Malformed"),
  one("tags.key", "TagResources", { ...tagProd, "Tag.1.Key": "k".repeat(65) }, "InvalidTagKey.Malformed"),
  one(
    "tags.value",
    "TagResources",
    { ...tagProd, "Tag.1.Key": "k", "Tag.1.Value": "v".repeat(129) },
    "InvalidTagValue.Malformed",
  ),
  one(
    "tags.count-on-instance",
    "TagResources",
    { ...tagProd, "Tag.1.Key": "one-more" },
    "NumberExceed.Tags",
    400,
    prodWith({
      tags: numbered(
        20,
        (index) => `k${index}`,
        () => "",
      ),
    }),
  ),
  one("untag.no-key", "UntagResources", tagProd, "MissingParameter"),
  one("list-tags.nothing-named", "ListTagResources", tagging, "MissingParameter"),
  one("list-tags.token", "ListTagResources", { ...tagProd, NextToken: "next" }, "InvalidParameter"),
];
