import * as pulumi from "@pulumi/pulumi";
import { listNames, sameName } from "../copy/databaseNames";
import { isSystemDatabase } from "../copy/nameRules";
import { whenNotFound } from "../rds/failure";
import { noInstance } from "../rds/nextStep";
import type { GetDatabasesArgs, GetDatabasesResult } from "./getDatabases";
import { askFromProgram, UnansweredQuestion } from "./programCloud";

/** Asks for the databases, and takes out what is no database of the user's or is not wanted. */
export function askDatabases(args: GetDatabasesArgs): Promise<GetDatabasesResult> {
  const { dbInstanceId, except = [], connection } = args;
  const what = `getDatabases of ${dbInstanceId}`;
  return askFromProgram(what, connection, async (rds) => {
    const listed = await rds.describeDatabases(dbInstanceId).catch(whenNotFound);
    if (!listed) throw new UnansweredQuestion(noInstance(dbInstanceId, rds));
    const absent = except.filter((name) => !listed.some((one) => sameName(one.name, name)));
    if (absent.length > 0)
      void pulumi.log.warn(`${what}: except names ${listNames(absent)}, which the instance does not have.`);
    const databases = listed
      .filter(({ name }) => !isSystemDatabase(name) && !except.some((other) => sameName(other, name)))
      .map(({ name, status }) => ({ name, status }))
      .sort((left, right) => (left.name < right.name ? -1 : 1));
    const names = databases.filter(({ status }) => !inPassing.has(status)).map(({ name }) => name);
    return { dbInstanceId, region: rds.region, databases, names };
  });
}

/** No backup holds it yet, or soon nothing will be there. */
const inPassing: ReadonlySet<string> = new Set(["Creating", "Deleting"]);
