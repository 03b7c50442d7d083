import type * as pulumi from "@pulumi/pulumi";
import type { ConnectionOverrides } from "../rds/connection";
import type { AsInputs } from "./askWhenKnown";
import { askWhenKnown } from "./askWhenKnown";
import { mockedAnswer } from "./mockedAnswer";
import { refuseOutputs } from "./refuseOutputs";

/** Which databases are asked for. */
export interface GetDatabasesArgs {
  /** Id of the instance (`DBInstanceId` of the API). */
  readonly dbInstanceId: string;
  /** Names to leave out, compared without case. One that the instance does not have is a warning. */
  readonly except?: readonly string[];
  /** Where to ask, if not where the stack's `alicloud:` configuration says. */
  readonly connection?: ConnectionOverrides;
}

/** One database of an instance. The API tells no size of a single one. */
export interface ListedDatabase {
  /** As the service spells it. */
  readonly name: string;
  /** `Creating`, `Running`, `Deleting` and `Cold` are documented. */
  readonly status: string;
}

export interface GetDatabasesResult {
  readonly dbInstanceId: string;
  readonly region: string;
  /** By name, without the system databases and those of `except`. */
  readonly databases: readonly ListedDatabase[];
  /** What `dbNames` of a copy takes: their names, but not of those that are being made or dropped. */
  readonly names: readonly string[];
}

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
