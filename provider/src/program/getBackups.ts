import type * as pulumi from "@pulumi/pulumi";
import type { GetBackupsArgs, GetBackupsResult } from "./askBackups";
import type { AsInputs } from "./askWhenKnown";
import { askWhenKnown } from "./askWhenKnown";
import { mockedAnswer } from "./mockedAnswer";
import { refuseOutputs } from "./refuseOutputs";

/**
 * The backups of an instance, all pages, newest first. Asked when the program runs, in a preview too.
 *
 * @param args - Of which instance, and filters.
 * @throws RunError with one sentence, if the instance was not found or the question was not answered
 * @example
 * ```ts
 * import { getBackups } from "pulumi-alicloud-rds-copy";
 *
 * export = async () => {
 *   const { latest, backups } = await getBackups({ dbInstanceId: "rm-prod", database: "orders" });
 *   return { newest: latest?.endTime, count: backups.length };
 * };
 * ```
 */
export async function getBackups(args: GetBackupsArgs): Promise<GetBackupsResult> {
  refuseOutputs("getBackups", args);
  const mocked = await mockedAnswer("alicloud-rds-copy:index:getBackups", args);
  if (mocked) return { dbInstanceId: args.dbInstanceId, region: "", backups: [], ...mocked };
  // Loaded by the first question: a program that asks none pays nothing.
  const { askBackups } = await import("./askBackups.js");
  return askBackups(args);
}

/**
 * `getBackups` for inputs that may not be known yet. Asked once they are.
 *
 * @param args - Of which instance, and filters.
 * @throws RunError with one sentence, if the instance was not found or the question was not answered
 * @example
 * ```ts
 * import * as pulumi from "@pulumi/pulumi";
 * import { DatabaseCopy, getBackupsOutput } from "pulumi-alicloud-rds-copy";
 *
 * const source = new pulumi.Config().require("source");
 * const backups = getBackupsOutput({ dbInstanceId: source, until: "2026-03-01T00:00:00Z" });
 *
 * new DatabaseCopy("as-of-february", {
 *   sourceDbInstanceId: source,
 *   targetDbInstanceId: "rm-staging",
 *   dbNames: ["orders"],
 *   backupId: backups.apply(({ latest }) => latest?.backupId),
 * });
 * ```
 */
export function getBackupsOutput(args: AsInputs<GetBackupsArgs>): pulumi.Output<GetBackupsResult> {
  return askWhenKnown(args, getBackups);
}
