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
 * @throws RunError with a sentence, if the cloud could not be asked
 */
export async function getDatabases(args: GetDatabasesArgs): Promise<GetDatabasesResult> {
  refuseOutputs("getDatabases", args);
  const mocked = await mockedAnswer("alicloud-rds-copy:index:getDatabases", args);
  if (mocked) return { dbInstanceId: args.dbInstanceId, region: "", databases: [], names: [], ...mocked };
  // Loaded by the first question: a program that asks none pays nothing.
  const { askDatabases } = await import("./askDatabases.js");
  return askDatabases(args);
}

/** `getDatabases` for inputs that may not be known yet. */
export function getDatabasesOutput(args: AsInputs<GetDatabasesArgs>): pulumi.Output<GetDatabasesResult> {
  return askWhenKnown(args, getDatabases);
}
