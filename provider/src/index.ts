export { DatabaseCopy } from "./databaseCopy";
export type {
  CopiedDatabase,
  CopyConnection,
  CopyTimeouts,
  DatabaseCopyArgs,
  DatabaseCopyLookup,
  RestorePoint,
} from "./databaseCopy";
export { CommonRestorePoint, type CommonRestorePointArgs } from "./composition/commonRestorePoint";
export {
  EnvironmentDatabases,
  type EnvironmentDatabase,
  type EnvironmentDatabasesArgs,
  type EnvironmentRestorePoint,
  type EnvironmentTarget,
  type SourceDatabases,
} from "./composition/environmentDatabases";
export {
  getBackups,
  getBackupsOutput,
  type Backup,
  type GetBackupsArgs,
  type GetBackupsResult,
} from "./composition/getBackups";
export {
  getRestorableWindow,
  getRestorableWindowOutput,
  type GetRestorableWindowArgs,
  type RestorableWindow,
} from "./composition/getRestorableWindow";
