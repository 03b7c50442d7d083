/**
 * Why a name cannot be that of a database copied by RDS, as what a sentence says of it ("has 1 character"),
 * or `undefined` if no documented rule forbids it.
 *
 * Target names follow the rule of CreateDatabase (2 to 64 characters, lower-case letters, digits, `_`
 * and `-`; first a letter, last a letter or digit; none of the forbidden keywords). Source names may have
 * been made by SQL, so only what SQL Server itself forbids is refused there, and a copy may keep its
 * source's name as it is: the console restricts new names only. The copy page's own text still speaks of 16
 * characters; the newer rule is followed, and the service has the last word.
 */
export function targetNameProblem(name: string, source: string): string | undefined {
  if (isSystemDatabase(name)) return "is a system database of SQL Server";
  if (name === source) return undefined;
  if (reserved.has(name.toLowerCase())) return "is a word that RDS or SQL Server reserves";
  if (name.length < 2 || name.length > 64) return `has ${characters(name)}; 2 to 64 are allowed`;
  if (!/^[a-z][a-z0-9_-]*[a-z0-9]$/.test(name)) {
    return 'must begin with a lower-case letter, end with a lower-case letter or a digit, and hold only lower-case letters, digits, "_" and "-"';
  }
  return undefined;
}

/** See `targetNameProblem`. */
export function sourceNameProblem(name: string): string | undefined {
  if (isSystemDatabase(name)) return "is a system database of SQL Server and cannot be copied";
  // sysname: nvarchar(128) (SQL Server, "Database Identifiers").
  if (name.length > 128) return `has ${characters(name)}; 128 are allowed at most`;
  if (/[\u0000-\u001f]/.test(name)) return "holds a control character";
  return undefined;
}

/** What a name of a list may be by a slip of the keyboard; in a map, as in the call, it can only be meant. */
export function listedNameProblem(name: string): string | undefined {
  if (name !== name.trim()) return "begins or ends with a blank";
  return name.includes(",") ? "holds a comma" : undefined;
}

/**
 * The databases of the server itself, which no backup of an instance is restored from (SQL Server, "System
 * Databases"). `distribution`, which replication makes, is a name like any other.
 */
export function isSystemDatabase(name: string): boolean {
  return systemDatabases.has(name.toLowerCase());
}

const systemDatabases: ReadonlySet<string> = new Set([
  "master",
  "model",
  "msdb",
  "tempdb",
  "mssqlsystemresource",
]);

/** Forbidden keywords of RDS for SQL Server (help page 26317) that are names and no T-SQL. */
const reservedNames =
  "root admin eagleye aurora sa sysadmin administrator mssqld public securityadmin serveradmin setupadmin " +
  "processadmin diskadmin dbcreator bulkadmin guest dummy galaxy distribution";

/** The T-SQL reserved words of the same page. */
const reservedWords =
  "add all alter and any as asc authorization backup begin between break browse bulk by cascade case check checkpoint " +
  "close clustered coalesce collate column commit compute constraint contains containstable continue convert create " +
  "cross current current_date current_time current_timestamp current_user cursor database dbcc deallocate declare " +
  "default delete deny desc disk distinct distributed double drop dump else end errlvl escape except exec execute " +
  "exists exit fetch file fillfactor for foreign freetext freetexttable from full function goto grant group having " +
  "holdlock identity identity_insert identitycol if in index inner insert intersect into is join key kill left like " +
  "lineno load national nocheck nonclustered not null nullif of off offsets on open opendatasource openquery openrowset " +
  "openxml option or order outer over percent plan precision primary print proc procedure raiserror read readtext " +
  "reconfigure references replication restore restrict return revoke right rollback rowcount rowguidcol rule save schema " +
  "select session_user set setuser shutdown some statistics system_user table textsize then to top tran transaction " +
  "trigger truncate tsequal union unique update updatetext use user values varying view waitfor when where while with writetext";

const reserved: ReadonlySet<string> = new Set([...reservedNames.split(" "), ...reservedWords.split(" ")]);

function characters(name: string): string {
  return name.length === 1 ? "1 character" : `${name.length} characters`;
}
