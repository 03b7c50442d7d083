import type { Call } from "./call.js";
import { refuse } from "../rules/refuse.js";
import { refusal, type RefusalRule } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { findInstance } from "../world/find.js";
import type { Instance } from "../world/schema.js";

/** The instance a call is about, if it is the caller's own; refused as not found otherwise. */
export function ownInstance(call: Call, action: string, id = call.params["DBInstanceId"] ?? ""): Instance {
  const instance = visibleInstance(call, id);
  if (instance === undefined) throw notFound(call, action, id);
  if (instance.lockMode === "Released" && call.world.service.releasedInstances === "refused") {
    throw refuse(released, { values: { id } });
  }
  return instance;
}

/** The same, or nothing; an instance of another account does not exist for the caller. */
export function visibleInstance(call: Call, id: string): Instance | undefined {
  const instance = findInstance(call.world, id);
  if (instance?.accountId !== call.account.accountId) return undefined;
  return instance.lockMode === "Released" && call.world.service.releasedInstances === "gone"
    ? undefined
    : instance;
}

export function notFound(call: Call, action: string, id: string) {
  const { notFoundCodes, notFoundStatus } = call.world.service;
  const code = notFoundCodes[action];
  const rule = code === unknownInstance.code ? unknownInstance : ruleOf(action);
  return refuse(rule, { code: code ?? rule.code, status: notFoundStatus, values: { id } });
}

const ruleOf = (action: string): RefusalRule => (actionsWithIdCode.has(action) ? unknownById : unknownByName);

const actionsWithIdCode = new Set([
  "DescribeDatabases",
  "DeleteDatabase",
  "DescribeTasks",
  "DescribeAccounts",
]);

const unknownByName = refusal({
  id: "all.instance-not-found",
  action: "*",
  parameter: "DBInstanceId",
  switch: "notFoundStatus, notFoundCodes",
  code: "InvalidDBInstanceName.NotFound",
  status: 400,
  message: "The database instance {id} does not exist.",
  says: "An instance that does not exist, or belongs to another account, is not found. Pages give 400 and 404 for it, and three codes.",
  basis: "documented",
  source: sources.attributePage,
});
const unknownById = refusal({
  id: "all.instance-not-found-by-id",
  action: "DescribeDatabases, DeleteDatabase, DescribeTasks, DescribeAccounts",
  parameter: "DBInstanceId",
  switch: "notFoundStatus, notFoundCodes",
  code: "InvalidDBInstanceId.NotFound",
  status: 400,
  message: "The database instance {id} does not exist.",
  says: "These actions use another code for an unknown instance.",
  basis: "measured",
  source: sources.terraform,
});
const unknownInstance = refusal({
  id: "all.instance-not-found-newer",
  action: "*",
  parameter: "DBInstanceId",
  switch: "notFoundStatus, notFoundCodes",
  code: "InvalidDBInstance.NotFound",
  status: 404,
  message: "The database instance {id} does not exist.",
  says: "The third of the documented codes for an unknown instance; an action has it where the world's notFoundCodes says so.",
  basis: "documented",
  source: sources.copyPage,
});
const released = refusal({
  id: "all.instance-released",
  action: "*",
  switch: "releasedInstances",
  code: "OperationDenied.DBInstanceStatus",
  status: 403,
  message: "The instance {id} is released; this operation is not permitted in its state.",
  says: "A released instance (recycle bin) may refuse every call.",
  basis: "inferred",
  source: sources.terraform,
});
