import "./engine/refuseModuleBundle";

export { DatabaseCopy } from "./program/databaseCopy";
export type { CopiedDatabase, RestorePoint } from "./program/copiedDatabase";
export type {
  CopyAssumeRole,
  CopyConnection,
  CopyNames,
  CopyTimeouts,
  DatabaseCopyArgs,
  DatabaseCopyBaseArgs,
  DatabaseCopyLookup,
  ForEveryCopy,
  RestorePointArgs,
} from "./program/copyArgs";
export { CommonRestorePoint } from "./program/commonRestorePoint";
export type { CommonRestorePointArgs, CommonRestorePointSource } from "./program/commonRestorePoint";
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
export type { GetRestorableWindowArgs, RestorableWindow, TimeSpan } from "./program/askWindow";
export type { RestorableStretch } from "./copy/restorableWindow";
export type { AsInputs } from "./program/askWhenKnown";
export type { AssumeRoleOverride, ConnectionOverrides } from "./rds/connection";
