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
export type {
  EnvironmentDatabase,
  EnvironmentDatabasesArgs,
  EnvironmentRestorePoint,
  EnvironmentTarget,
  SourceDatabases,
} from "./program/environmentDatabases";
export { getBackups, getBackupsOutput } from "./program/getBackups";
export type { Backup, GetBackupsArgs, GetBackupsResult } from "./program/getBackups";
export { getDatabases, getDatabasesOutput } from "./program/getDatabases";
export type { GetDatabasesArgs, GetDatabasesResult, ListedDatabase } from "./program/getDatabases";
export { getRestorableWindow, getRestorableWindowOutput } from "./program/getRestorableWindow";
export type { GetRestorableWindowArgs, RestorableWindow } from "./program/getRestorableWindow";
