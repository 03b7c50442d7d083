/**
 * The documented rule for a database name: 2 to 64 characters, lower-case letters, digits, `_` and `-`, starting
 * with a letter and ending with a letter or digit (API page CreateDatabase, read from the SDK).
 */
export const isWellFormedName = (name: string): boolean => /^[a-z][a-z0-9_-]{0,62}[a-z0-9]$/.test(name);

/** System names and T-SQL words that no database may be called (table of forbidden keywords, 2020). */
export const isReservedName = (name: string): boolean => reserved.has(name.toLowerCase());

const reserved = new Set(
  `root admin eagleye master aurora sa sysadmin administrator mssqld public securityadmin serveradmin setupadmin
  processadmin diskadmin dbcreator bulkadmin tempdb msdb model distribution mssqlsystemresource guest dummy galaxy
  add all alter and any as asc authorization backup begin between break browse bulk by cascade case check checkpoint
  close clustered coalesce collate column commit compute constraint contains containstable continue convert create
  cross current current_date current_time current_timestamp current_user cursor database dbcc deallocate declare
  default delete deny desc disk distinct distributed double drop dump else end errlvl escape except exec execute
  exists exit fetch file fillfactor for foreign freetext freetexttable from full function goto grant group having
  holdlock identity identity_insert identitycol if in index inner insert intersect into is join key kill left like
  lineno load national nocheck nonclustered not null nullif of off offsets on open opendatasource openquery openrowset
  openxml option or order outer over percent plan precision primary print proc procedure raiserror read readtext
  reconfigure references replication restore restrict return revoke right rollback rowcount rowguidcol rule save schema
  select session_user set setuser shutdown some statistics system_user table textsize then to top tran transaction
  trigger truncate tsequal union unique update updatetext use user values varying view waitfor when where while with
  writetext`.split(/\s+/),
);
