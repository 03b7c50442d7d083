import { listNames, sameName } from "../copy/databaseNames";
import { isSystemDatabase } from "../copy/nameRules";
import { whenNotFound } from "../rds/failure";
import { noInstance } from "../rds/nextStep";
import type { ConnectionOverrides } from "../rds/connection";
import { namesThatStay } from "./namesThatStay";
import { askFromProgram, UnansweredQuestion } from "./programCloud";
import { saidInRun } from "./saidInRun";

/** Which databases are asked for. */
export interface GetDatabasesArgs {
  /** Id of the instance (`DBInstanceId`). */
  readonly dbInstanceId: string;
  /**
   * Names to leave out, compared without case. One that the instance does not have is a warning.
   *
   * @defaultValue none
   */
  readonly except?: readonly string[] | undefined;
  /** Where and as whom to ask, where that is not what the stack's `alicloud:` configuration says. */
  readonly connection?: ConnectionOverrides | undefined;
}

/** One database of an instance. The API tells no size of a single one. */
export interface ListedDatabase {
  /** Its name, as the service spells it (`DBName`). */
  readonly name: string;
  /** `Creating`, `Running`, `Deleting` and `Cold` are documented (`DBStatus`). */
  readonly status: string;
}

/** The answer of `getDatabases`. */
export interface GetDatabasesResult {
  /** Id of the instance that was asked for. */
  readonly dbInstanceId: string;
  /** The region of the call. */
  readonly region: string;
  /** The databases by name, without the system databases and those of `except`. */
  readonly databases: readonly ListedDatabase[];
  /** What `dbNames` of a copy takes: their names, without those that are being created or dropped. */
  readonly names: readonly string[];
}

/** Asks for the databases, and takes out what is no database of the user's or is not wanted. */
export function askDatabases(args: GetDatabasesArgs): Promise<GetDatabasesResult> {
  const { dbInstanceId, except = [], connection } = args;
  const what = `getDatabases of ${dbInstanceId}`;
  return askFromProgram(what, connection, async (rds) => {
    const listed = await rds.describeDatabases(dbInstanceId).catch(whenNotFound);
    if (!listed) throw new UnansweredQuestion(noInstance(dbInstanceId, rds));
    const absent = except.filter((name) => !listed.some((one) => sameName(one.name, name)));
    if (absent.length > 0)
      saidInRun().warn(`${what}: except names ${listNames(absent)}, which the instance does not have.`);
    const databases = listed
      .filter(({ name }) => !isSystemDatabase(name) && !except.some((other) => sameName(other, name)))
      .map(({ name, status }) => ({ name, status }))
      .sort((left, right) => (left.name < right.name ? -1 : 1));
    return { dbInstanceId, region: rds.region, databases, names: namesThatStay(databases) };
  });
}
