import { distance } from "fastest-levenshtein";
import type { DatabaseFacts } from "../rds/rdsApi";
import { listNames, nameKey, sameName, withName } from "../copy/databaseNames";
import type { Finding } from "./finding";
import type { Known } from "./known";
import { backupsHolding } from "./pointSet";

/** What stands against the databases on the source: they are not there, in cold storage, or encrypted. */
export function sourceDatabaseFindings(known: Known): readonly Finding[] {
  const { sourceDatabases, names } = known;
  return Object.keys(names).flatMap((source): readonly Finding[] => {
    const database = withName(sourceDatabases ?? [], source);
    return [
      ...(sourceDatabases === undefined || database ? [] : missing(known, source, sourceDatabases)),
      ...(database?.status === "Cold" ? [cold(known, source)] : []),
      ...encrypted(known, source),
    ];
  });
}

/** Names that are neither on the source nor known to be in a backup. */
export function missingNames(known: Known): readonly string[] {
  const { sourceDatabases, names } = known;
  if (sourceDatabases === undefined) return [];
  return Object.keys(names).filter(
    (source) => !sourceDatabases.some(({ name }) => sameName(name, source)) && !backupsHolding(known, source),
  );
}

/** A database that was dropped since can still be restored from a backup that holds it (an inference). */
function missing(known: Known, source: string, there: readonly DatabaseFacts[]): Finding[] {
  if (backupsHolding(known, source)) return [];
  const instanceId = known.plan.sourceDbInstanceId ?? "";
  const nearest = there
    .map(({ name }) => ({ name, steps: distance(nameKey(name), nameKey(source)) }))
    .sort((left, right) => left.steps - right.steps)[0];
  const hint =
    nearest && nearest.steps <= Math.max(2, source.length / 3)
      ? `Did you mean ${nearest.name}?`
      : `It has ${listNames(there.slice(0, shownNames).map(({ name }) => name))}${there.length > shownNames ? " and others" : ""}.`;
  return [
    {
      code: "source-database-missing",
      apiCode: "InvalidDBName.NotFound",
      property: `dbNames.${source}`,
      text: `Instance ${instanceId} has no database ${source}, nor is it seen in a backup. ${hint} If it was dropped and the backup holds it, set preflight: "warn".`,
    },
  ];
}

const shownNames = 10;

function cold({ plan }: Known, source: string): Finding {
  return {
    code: "source-database-cold",
    apiCode: "InvalidRestoreDB",
    property: `dbNames.${source}`,
    text: `Database ${source} on ${plan.sourceDbInstanceId ?? ""} is in cold storage. Bring it back from there first.`,
  };
}

const encryptedCode = "CanNotCopyDBHasTDEEnabled";

function encrypted({ plan, encryption }: Known, source: string): Finding[] {
  if (!encryption?.databases?.some((name) => sameName(name, source))) return [];
  return [
    {
      code: "database-encrypted",
      apiCode: encryptedCode,
      property: `dbNames.${source}`,
      text: `Transparent data encryption (TDE) is on for database ${source} on ${plan.sourceDbInstanceId ?? ""}, and such a database cannot be copied. Switch it off for that database and copy a backup that was made afterwards.`,
    },
  ];
}

/** Before SQL Server 2019 the answer speaks of the instance as a whole. */
export function encryptionUnclear({ plan, encryption }: Known): readonly Finding[] {
  if (!encryption?.enabled || encryption.databases !== undefined) return [];
  return [
    {
      code: "encryption-unclear",
      apiCode: encryptedCode,
      property: "dbNames",
      text: `Transparent data encryption (TDE) is on for ${plan.sourceDbInstanceId ?? ""}, and the API does not tell for which databases: an encrypted one would be refused.`,
    },
  ];
}
