import "./engine/refuseModuleBundle";

export { DatabaseCopy } from "./program/databaseCopy";
export type {
  CopiedDatabase,
  CopyConnection,
  CopyTimeouts,
  DatabaseCopyArgs,
  DatabaseCopyLookup,
  RestorePoint,
} from "./program/databaseCopy";
export { CommonRestorePoint } from "./program/commonRestorePoint";
export type { CommonRestorePointArgs } from "./program/commonRestorePoint";
export { EnvironmentDatabases } from "./program/environmentDatabases";
export type { EnvironmentDatabase } from "./program/environmentDatabases";
export type {
  EnvironmentDatabasesArgs,
  EnvironmentRestorePoint,
  EnvironmentTarget,
  SourceDatabases,
} from "./program/environmentShape";
export { getBackups, getBackupsOutput } from "./program/getBackups";
export type { Backup, GetBackupsArgs, GetBackupsResult } from "./program/askBackups";
export { getDatabases, getDatabasesOutput } from "./program/getDatabases";
export type { GetDatabasesArgs, GetDatabasesResult, ListedDatabase } from "./program/askDatabases";
export { getRestorableWindow, getRestorableWindowOutput } from "./program/getRestorableWindow";
export type { GetRestorableWindowArgs, RestorableWindow } from "./program/askWindow";
