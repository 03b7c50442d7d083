export { DatabaseCopy } from "./databaseCopy";
export type {
  CopiedDatabase,
  CopyConnection,
  CopyTimeouts,
  DatabaseCopyArgs,
  DatabaseCopyLookup,
  RestorePoint,
} from "./databaseCopy";
