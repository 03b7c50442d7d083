import type { Operation, OperationKind } from "../world/schema.js";

interface Kind {
  /** The API call that began it: TaskAction and TaskType. */
  readonly apiName: string;
  /** The step that DescribeTasks shows. */
  readonly step: string;
  /** How many looks finish it under the stepped clock: a copy is seen new, half done and done. */
  readonly looks: number;
}

export const kinds: Readonly<Record<OperationKind, Kind>> = {
  copy: { apiName: "CopyDatabaseBetweenInstances", step: "RestoreDatabase", looks: 2 },
  drop: { apiName: "DeleteDatabase", step: "DropDatabase", looks: 1 },
  createDatabase: { apiName: "CreateDatabase", step: "CreateDatabase", looks: 1 },
  createAccount: { apiName: "CreateAccount", step: "CreateAccount", looks: 1 },
  backup: { apiName: "CreateBackup", step: "BackupInstance", looks: 1 },
  createInstance: { apiName: "CreateDBInstance", step: "CreateInstance", looks: 1 },
  changeInstance: { apiName: "ModifyDBInstanceSpec", step: "ModifyInstance", looks: 1 },
  deleteInstance: { apiName: "DeleteDBInstance", step: "DeleteInstance", looks: 1 },
};

/** The databases an operation is about, as they are called on its instance. */
export function databasesOf(operation: Operation): readonly string[] {
  switch (operation.kind) {
    case "copy":
      return operation.databases.map(({ target }) => target);
    case "drop":
    case "createDatabase":
      return [operation.database];
    case "backup":
    case "createAccount":
    case "createInstance":
    case "changeInstance":
    case "deleteInstance":
      return [];
  }
}

/** TaskDetail: JSON text that says what it is about. */
export function detailOf(operation: Operation): string {
  switch (operation.kind) {
    case "copy":
      return JSON.stringify({
        sourceDBInstanceId: operation.sourceId,
        databases: operation.databases.map(({ source, target, outcome }) => ({ source, target, outcome })),
      });
    case "drop":
    case "createDatabase":
      return JSON.stringify({ database: operation.database });
    case "createAccount":
      return JSON.stringify({ account: operation.account });
    case "backup":
      return JSON.stringify({ backupId: operation.backupId });
    case "changeInstance":
      return JSON.stringify(operation.becomes);
    case "createInstance":
    case "deleteInstance":
      return "{}";
  }
}
