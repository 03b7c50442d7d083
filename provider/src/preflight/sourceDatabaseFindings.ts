import { distance } from "fastest-levenshtein";
import type { DatabaseFacts } from "../rds/rdsApi";
import { listNames, nameKey, sameName, withName } from "../copy/databaseNames";
import type { Finding } from "./finding";
import type { Known } from "./known";
import { backupsHolding } from "./pointSet";

/** What stands against the databases on the source: they are not there, in cold storage, or encrypted. */
export function sourceDatabaseFindings(known: Known): readonly Finding[] {
  const { sourceDatabases, names } = known;
  const perName = Object.keys(names).flatMap((source) => {
    const database = withName(sourceDatabases ?? [], source);
    return [
      sourceDatabases === undefined || database ? undefined : missing(known, source, sourceDatabases),
      database && database.name !== source ? otherCase(known, source, database) : undefined,
      database?.status === "Cold" ? cold(known, source) : undefined,
      encrypted(known, source),
    ];
  });
  return [...perName, withoutAccounts(known)].filter((one) => one !== undefined);
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
function missing(known: Known, source: string, there: readonly DatabaseFacts[]): Finding | undefined {
  if (backupsHolding(known, source)) return undefined;
  const instanceId = known.plan.sourceDbInstanceId ?? "";
  const nearest = there
    .map(({ name }) => ({ name, steps: distance(nameKey(name), nameKey(source)) }))
    .sort((left, right) => left.steps - right.steps)[0];
  const hint =
    nearest && nearest.steps <= Math.max(2, source.length / 3)
      ? `Did you mean ${nearest.name}?`
      : `It has ${listNames(there.slice(0, shownNames).map(({ name }) => name))}${there.length > shownNames ? " and others" : ""}.`;
  const { choice, filledBy = {} } = known.plan;
  const way =
    choice === undefined || Object.hasOwn(filledBy, source)
      ? ""
      : ' If it was dropped and the backup holds it, set preflight: "warn".';
  return {
    code: "source-database-missing",
    apiCode: "InvalidDBName.NotFound",
    property: `dbNames.${source}`,
    text: `Instance ${instanceId} has no database ${source}, nor is it seen in a backup. ${hint}${way}`,
  };
}

const shownNames = 10;

/**
 * The usual collations compare names without case, and those that do not are seen by what is listed: two declared
 * names for one listed database are one too many.
 */
function otherCase({ plan, names }: Known, source: string, { name }: DatabaseFacts): Finding {
  const instanceId = plan.sourceDbInstanceId ?? "";
  const property = `dbNames.${source}`;
  return Object.hasOwn(names, name)
    ? {
        code: "source-database-missing",
        apiCode: "InvalidDBName.NotFound",
        property,
        text: `dbNames names ${name} and ${source}, and instance ${instanceId} has only ${name}. Remove one of the two.`,
      }
    : {
        code: "source-name-case",
        property,
        text: `Database ${source} is called ${name} on ${instanceId}. Write it so: where names are told apart by case, ${source} is not found.`,
      };
}

/** Rights are copied with the accounts that have them: where there are none, the copy comes without any. */
function withoutAccounts({ plan, names, sourceDatabases = [] }: Known): Finding | undefined {
  if (plan.syncUserPrivilege !== true) return undefined;
  const bare = Object.keys(names).filter(
    (source) => withName(sourceDatabases, source)?.accounts?.length === 0,
  );
  if (bare.length === 0) return undefined;
  return {
    code: "no-accounts",
    property: "syncUserPrivilege",
    text: `No account has rights on ${listNames(bare)} of ${plan.sourceDbInstanceId ?? ""}, so syncUserPrivilege copies none. Grant them there before the backup is made, or on the target after the copy.`,
  };
}

function cold({ plan }: Known, source: string): Finding {
  return {
    code: "source-database-cold",
    apiCode: "InvalidRestoreDB",
    property: `dbNames.${source}`,
    text: `Database ${source} on ${plan.sourceDbInstanceId ?? ""} is in cold storage. Bring it back from there first.`,
  };
}

const encryptedCode = "CanNotCopyDBHasTDEEnabled";

function encrypted({ plan, encryption }: Known, source: string): Finding | undefined {
  if (!encryption?.databases?.some((name) => sameName(name, source))) return undefined;
  return {
    code: "database-encrypted",
    apiCode: encryptedCode,
    property: `dbNames.${source}`,
    text: `Transparent data encryption (TDE) is on for database ${source} on ${plan.sourceDbInstanceId ?? ""}, and such a database cannot be copied. Switch it off for that database and copy a backup that was made afterwards.`,
  };
}

/** Editions without encryption refuse the question: then nothing is encrypted. */
export function encryptionNotSupported({ plan, encryptionRefused }: Known): readonly Finding[] {
  if (encryptionRefused === undefined) return [];
  return [
    {
      code: "encryption-not-supported",
      property: "dbNames",
      text: `${plan.sourceDbInstanceId ?? ""} does not support transparent data encryption (TDE): DescribeDBInstanceTDE answered ${encryptionRefused}. No database was looked at for it.`,
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
