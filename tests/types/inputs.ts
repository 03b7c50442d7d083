/**
 * What programs may write and what the compiler refuses, under `strict` and `exactOptionalPropertyTypes`. Compiled by
 * `npm run build` and `npm run lint`, never run: a refusal that is missing is an error of the compiler.
 */
import * as pulumi from "@pulumi/pulumi";
import {
  CommonRestorePoint,
  DatabaseCopy,
  EnvironmentDatabases,
  getBackups,
  getBackupsOutput,
  getDatabasesOutput,
  getRestorableWindowOutput,
  type DatabaseCopyArgs,
} from "pulumi-alicloud-rds-copy";
import { copyMocks } from "pulumi-alicloud-rds-copy/testing";

const config = new pulumi.Config();
const maybe = config.get("maybe");
const between = { sourceDbInstanceId: "rm-prod", targetDbInstanceId: "rm-staging" };
const base = { ...between, dbNames: ["orders"] };

// Every optional input may be undefined, known now or later.
const first = new DatabaseCopy("first", {
  ...base,
  maxBackupAge: maybe,
  syncUserPrivilege: config.getBoolean("users"),
  requireTargetTags: config.getObject<Record<string, string>>("tags"),
  adoptExisting: config.getBoolean("adopt"),
  claim: undefined,
  preflight: undefined,
  ownershipMarks: undefined,
  timeouts: { create: maybe, update: undefined },
  connection: { region: maybe, profile: undefined, assumeRole: undefined },
});
new DatabaseCopy("of the same set", { ...base, backupId: first.backupId, connection: first.connection });
new DatabaseCopy("of the same time", { ...base, restoreTime: first.restoreTime });
new DatabaseCopy("configured", { ...base, backupId: config.get("backupId") });
new DatabaseCopy("of the latest", {
  ...base,
  backupId: getBackupsOutput({ dbInstanceId: "rm-prod", from: maybe, connection: undefined }).apply(
    ({ latest }) => latest?.backupId,
  ),
});
new DatabaseCopy("as late as can be", {
  ...base,
  restoreTime: getRestorableWindowOutput({ dbInstanceId: "rm-prod", database: maybe }).latest,
});
const point = new CommonRestorePoint("point", { kind: "latestBackup", sources: {}, refresh: maybe });
new DatabaseCopy("of the common point", { ...base, restoreTime: point.restoreTime });
void getBackups({ dbInstanceId: "rm-prod", from: maybe, status: undefined, connection: { region: maybe } });
copyMocks({ backups: undefined, newResource: undefined });
new EnvironmentDatabases("teams", {
  sources: { production: { dbInstanceId: "rm-prod", databases: "orders,crm" } },
  targets: { team: { dbInstanceId: "rm-team", environment: maybe } },
  names: maybe,
  restorePoint: undefined,
  refresh: maybe,
  formerNames: undefined,
});

// Every form of dbNames.
const names: readonly DatabaseCopyArgs["dbNames"][] = [
  "orders,crm",
  ["orders", pulumi.output("crm")],
  ["orders", "crm"] as const,
  { orders: "orders_2026", crm: pulumi.output("crm_2026") },
  getDatabasesOutput({ dbInstanceId: "rm-prod", except: undefined }).names,
  Promise.resolve(["orders"]),
];
for (const [index, dbNames] of names.entries()) new DatabaseCopy(`form ${index}`, { ...between, dbNames });

// @ts-expect-error -- a backup set and a point in time exclude each other
new DatabaseCopy("two points", { ...base, backupId: "1001", restoreTime: "2026-03-01T02:00:00Z" });
// @ts-expect-error -- also where one of them is known later
new DatabaseCopy("two points", { ...base, backupId: first.backupId, restoreTime: new Date() });
// @ts-expect-error -- no instance to copy to
new DatabaseCopy("no target", { sourceDbInstanceId: "rm-prod", dbNames: ["orders"] });
// @ts-expect-error -- a list holds names
new DatabaseCopy("objects", { ...between, dbNames: [{ source: "orders", target: "orders_2026" }] });
// @ts-expect-error -- ids of backup sets are too long for a number
new DatabaseCopy("a number", { ...base, backupId: 1001 });
// @ts-expect-error -- no such mode
new DatabaseCopy("a mode", { ...base, preflight: "strict" });
// @ts-expect-error -- keys are no inputs
new DatabaseCopy("a key", { ...base, connection: { accessKey: "..." } });
// @ts-expect-error -- one restore point for all
const twoPoints: EnvironmentDatabasesPoint = { backupId: "1001", restoreTime: "2026-03-01T02:00:00Z" };
// @ts-expect-error -- a plain question takes values that are known
void getBackups({ dbInstanceId: first.targetDbInstanceId });

type EnvironmentDatabasesPoint = NonNullable<
  ConstructorParameters<typeof EnvironmentDatabases>[1]["restorePoint"]
>;
void twoPoints;
