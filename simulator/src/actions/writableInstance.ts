import type { Call } from "../call/call.js";
import { refuse } from "../rules/refuse.js";
import { refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { findDatabase, instanceStatus } from "../world/find.js";
import type { Database, Instance } from "../world/schema.js";
import { ownInstance } from "../call/ownInstance.js";

/** The instance of a call that changes its databases: a primary, running and not locked. */
export function writableInstance(call: Call, action: string): Instance {
  const instance = ownInstance(call, action);
  if (instance.type !== "Primary") throw refuse(wrongType, { values: { type: instance.type } });
  checkRunning(call, instance);
  if (instance.lockMode !== "Unlock") throw refuse(locked, { values: { lockMode: instance.lockMode } });
  return instance;
}

/** The instance of a call that changes what only a primary one has: running, whatever its lock. */
export function primaryInstance(call: Call, action: string): Instance {
  const instance = ownInstance(call, action);
  if (instance.type !== "Primary") throw refuse(wrongType, { values: { type: instance.type } });
  checkRunning(call, instance);
  return instance;
}

/** The instance of a call that changes the instance itself: running, whatever its type and lock. */
export function runningInstance(call: Call, action: string): Instance {
  const instance = ownInstance(call, action);
  checkRunning(call, instance);
  return instance;
}

function checkRunning(call: Call, instance: Instance): void {
  if (instanceStatus(call.world, instance) !== "Running")
    throw refuse(notRunning, { values: { id: instance.id } });
}

export function existingDatabase(
  call: Call,
  instance: Instance,
  name = call.params["DBName"] ?? "",
): Database {
  const database = findDatabase(instance, name);
  if (database === undefined) {
    throw refuse(unknownDatabase, { status: call.world.service.notFoundStatus, values: { name } });
  }
  return database;
}

const action =
  "CreateDatabase, DeleteDatabase, ModifyDBDescription, CreateAccount, DeleteAccount, ResetAccountPassword, ModifyAccountDescription, GrantAccountPrivilege, RevokeAccountPrivilege";

const wrongType = refusal({
  id: "database.instance-type",
  action: `${action}, ModifyBackupPolicy`,
  code: "OperationDenied.DBInstanceType",
  status: 400,
  message: "The operation is not permitted on an instance of type {type}.",
  says: "Databases, accounts and the backup policy are changed on primary instances only.",
  basis: "documented",
  source: sources.errorTable2020,
});
const notRunning = refusal({
  id: "database.instance-status",
  action: `${action}, CreateBackup, ModifyBackupPolicy, DeleteDBInstance, ModifyDBInstance*, ModifySecurityIps, ModifyResourceGroup`,
  code: "OperationDenied.DBInstanceStatus",
  status: 403,
  message: "The operation is not permitted due to the status of the instance {id}.",
  says: "The instance must be Running.",
  basis: "documented",
  source: sources.errorTable2020,
});
const locked = refusal({
  id: "database.instance-locked",
  action,
  code: "OperationDenied.LockMode",
  status: 403,
  message: "The operation is not permitted while the instance is locked ({lockMode}).",
  says: "The instance must not be locked.",
  basis: "documented",
  source: sources.errorTable2020,
});
const unknownDatabase = refusal({
  id: "database.not-found",
  action,
  parameter: "DBName",
  switch: "notFoundStatus",
  code: "InvalidDBName.NotFound",
  status: 404,
  message: "The database {name} does not exist.",
  says: "An unknown database; the status follows the world's notFoundStatus.",
  basis: "documented",
  source: sources.errorTable2020,
});
