import type * as pulumi from "@pulumi/pulumi";
import type { GetDatabasesArgs, GetDatabasesResult } from "./askDatabases";
import type { AsInputs } from "./askWhenKnown";
import { askWhenKnown } from "./askWhenKnown";
import { mockedAnswer } from "./mockedAnswer";
import { refuseOutputs } from "./refuseOutputs";

/**
 * The databases of an instance: all, or all but some. Asked when the program runs, in a preview too, so a database that
 * is made later is copied by the next update, and one that is dropped on the source is dropped from the copy.
 *
 * @param args - Of which instance, and which names to leave out.
 * @throws RunError with one sentence, if the instance was not found or the question was not answered
 * @example
 * ```ts
 * import { DatabaseCopy, getDatabases } from "pulumi-alicloud-rds-copy";
 *
 * export = async () => {
 *   const { names } = await getDatabases({ dbInstanceId: "rm-prod", except: ["archive"] });
 *   const copy = new DatabaseCopy("staging-data", {
 *     sourceDbInstanceId: "rm-prod",
 *     targetDbInstanceId: "rm-staging",
 *     dbNames: names,
 *   });
 *   return { databases: copy.names };
 * };
 * ```
 */
export async function getDatabases(args: GetDatabasesArgs): Promise<GetDatabasesResult> {
  refuseOutputs("getDatabases", args);
  const mocked = await mockedAnswer("alicloud-rds-copy:index:getDatabases", args);
  if (mocked) return { dbInstanceId: args.dbInstanceId, region: "", databases: [], names: [], ...mocked };
  // Loaded by the first question: a program that asks none pays nothing.
  const { askDatabases } = await import("./askDatabases.js");
  return askDatabases(args);
}

/**
 * `getDatabases` for inputs that may not be known yet. Asked once they are.
 *
 * @param args - Of which instance, and which names to leave out.
 * @throws RunError with one sentence, if the instance was not found or the question was not answered
 * @example
 * ```ts
 * import * as pulumi from "@pulumi/pulumi";
 * import { DatabaseCopy, getDatabasesOutput } from "pulumi-alicloud-rds-copy";
 *
 * const source = new pulumi.Config().require("source");
 *
 * new DatabaseCopy("staging-data", {
 *   sourceDbInstanceId: source,
 *   targetDbInstanceId: "rm-staging",
 *   dbNames: getDatabasesOutput({ dbInstanceId: source }).names,
 * });
 * ```
 */
export function getDatabasesOutput(args: AsInputs<GetDatabasesArgs>): pulumi.Output<GetDatabasesResult> {
  return askWhenKnown(args, getDatabases);
}
