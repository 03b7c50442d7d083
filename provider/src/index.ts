export { DatabaseCopy } from "./databaseCopy";
export type {
  CopiedDatabase,
  CopyConnection,
  CopyTimeouts,
  DatabaseCopyArgs,
  DatabaseCopyLookup,
  RestorePoint,
} from "./databaseCopy";
export { CommonRestorePoint } from "./composition/commonRestorePoint";
export type { CommonRestorePointArgs } from "./composition/commonRestorePoint";
export { EnvironmentDatabases } from "./composition/environmentDatabases";
export type {
  EnvironmentDatabase,
  EnvironmentDatabasesArgs,
  EnvironmentRestorePoint,
  EnvironmentTarget,
  SourceDatabases,
} from "./composition/environmentDatabases";
export { getBackups, getBackupsOutput } from "./composition/getBackups";
export type { Backup, GetBackupsArgs, GetBackupsResult } from "./composition/getBackups";
export { getRestorableWindow, getRestorableWindowOutput } from "./composition/getRestorableWindow";
export type { GetRestorableWindowArgs, RestorableWindow } from "./composition/getRestorableWindow";
