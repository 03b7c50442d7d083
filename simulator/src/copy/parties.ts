import { ownInstance, visibleInstance } from "../actions/ownInstance.js";
import type { Call } from "../machine/call.js";
import { refuse } from "../rules/refuse.js";
import { refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { instanceStatus } from "../world/find.js";
import type { Instance } from "../world/schema.js";
import { checkCategories } from "./categories.js";

const action = "CopyDatabaseBetweenInstances";

/** Source and target of a copy, in every respect that does not depend on databases. */
export function checkParties(call: Call): { source: Instance; target: Instance } {
  const targetId = call.params["TargetDBInstanceId"] ?? "";
  if (!/^[A-Za-z][A-Za-z0-9-]*$/.test(targetId)) throw refuse(targetIdFormat);
  const source = ownInstance(call, action);
  const target = visibleInstance(call, targetId) ?? ownInstance(call, action, targetId);
  if (source.engine !== "SQLServer") throw refuse(sourceEngine, { values: { engine: source.engine } });
  if (target.engine !== "SQLServer") throw refuse(targetEngine, { values: { engine: target.engine } });
  if (source.id === target.id) throw refuse(sameInstance);
  if (source.region !== target.region)
    throw refuse(otherRegion, { values: { from: source.region, to: target.region } });
  if (source.networkType !== target.networkType) throw refuse(otherNetwork);
  for (const instance of [source, target]) checkType(instance);
  if (source.status !== "Running") throw refuse(sourceState, { values: { status: source.status } });
  if (source.lockMode !== "Unlock") throw refuse(sourceLocked, { values: { lockMode: source.lockMode } });
  const status = instanceStatus(call.world, target);
  if (status !== "Running" || target.lockMode !== "Unlock") {
    throw refuse(targetState, { values: { status, lockMode: target.lockMode } });
  }
  checkCategories(source, target);
  if (yearOf(source) > yearOf(target)) {
    throw refuse(newerSource, { values: { from: source.engineVersion, to: target.engineVersion } });
  }
  return { source, target };
}

function checkType(instance: Instance): void {
  if (/^serverless/i.test(instance.category) || instance.payType === "SERVERLESS") throw refuse(serverless);
  switch (instance.type) {
    case "Primary":
      return;
    case "Readonly":
      throw refuse(readOnly, { values: { id: instance.id } });
    case "Temp":
      throw refuse(temporary, { values: { id: instance.id } });
    case "Guard":
      throw refuse(guard, { values: { id: instance.id } });
  }
}

/** 2008r2 and 08r2_ent_ha are both 2008. */
const yearOf = (instance: Instance): number => {
  const digits = Number(/^\d+/.exec(instance.engineVersion)?.[0] ?? 0);
  return digits < 100 ? 2000 + digits : digits;
};

const documented = { action, basis: "documented", source: sources.copyPage } as const;
const inferred = { action, basis: "inferred", source: sources.copyPage } as const;

const targetIdFormat = refusal({
  ...documented,
  id: "copy.target-id-format",
  parameter: "TargetDBInstanceId",
  code: "InvalidTargetDBInstanceName.Format",
  status: 400,
  message: "The target instance id is not valid.",
  says: "The target is named by a well-formed instance id.",
});
const sourceEngine = refusal({
  ...documented,
  id: "copy.source-engine",
  parameter: "DBInstanceId",
  code: "EngineNotSupported",
  status: 400,
  message: "The engine {engine} does not support this operation.",
  says: "The source runs SQL Server.",
});
const targetEngine = refusal({
  ...documented,
  id: "copy.target-engine",
  parameter: "TargetDBInstanceId",
  code: "TargetInstanceEngineNotSupported",
  status: 400,
  message: "The engine {engine} of the target instance does not support this operation.",
  says: "The target runs SQL Server.",
});
const sameInstance = refusal({
  ...inferred,
  id: "copy.same-instance",
  parameter: "TargetDBInstanceId",
  code: "InvalidTargetDBInstanceName.Format",
  status: 400,
  message: "The target instance must differ from the source instance.",
  says: "Source and target differ (older pages say so); the code is not documented for this.",
  source: sources.copyPageOld,
});
const otherRegion = refusal({
  ...documented,
  id: "copy.region",
  code: "InvalidInstancesRegion.Malformed",
  status: 400,
  message: "The instances are in different regions ({from}, {to}).",
  says: "Both are in one region; zones may differ.",
});
const otherNetwork = refusal({
  ...documented,
  id: "copy.network-type",
  code: "IncorrectInstanceNetworkType",
  status: 400,
  message: "The instances have different network types.",
  says: "Both have the same network type.",
});
const serverless = refusal({
  ...inferred,
  id: "copy.serverless",
  code: "IncorrectDBInstanceType",
  status: 403,
  message: "Serverless instances do not support this operation.",
  says: "Neither side is serverless; the code is not documented for this.",
  source: sources.copyPageNewest,
});
const readOnly = refusal({
  ...documented,
  id: "copy.read-only",
  code: "ReadDBInstanceNotSupport",
  status: 400,
  message: "The read-only instance {id} does not support this operation.",
  says: "Neither side is a read-only instance.",
});
const temporary = refusal({
  ...documented,
  id: "copy.temporary",
  code: "InvalidTempInstance.NotSupport",
  status: 403,
  message: "The temporary instance {id} does not support this operation.",
  says: "Neither side is a temporary instance.",
});
const guard = refusal({
  ...documented,
  id: "copy.guard",
  code: "IncorrectDBInstanceType",
  status: 403,
  message: "The type of the instance {id} does not support this operation.",
  says: "Neither side is a disaster recovery instance.",
});
const sourceState = refusal({
  ...documented,
  id: "copy.source-state",
  parameter: "DBInstanceId",
  code: "IncorrectMasterDBInstanceState",
  status: 400,
  message: "The source instance is {status}; this operation needs it running.",
  says: "The source is Running.",
});
const sourceLocked = refusal({
  ...inferred,
  id: "copy.source-locked",
  parameter: "DBInstanceId",
  code: "MasterDBInstanceState.NotSupport",
  status: 400,
  message: "The source instance is locked ({lockMode}).",
  says: "The source is not locked. Of the two documented codes about the main instance this one is taken for it.",
});
const targetState = refusal({
  ...documented,
  id: "copy.target-state",
  parameter: "TargetDBInstanceId",
  code: "IncorrectDBInstanceState",
  status: 403,
  message: "The state of the target instance does not permit this operation ({status}, {lockMode}).",
  says: "The target is Running and not locked; while another copy shows on it, it is not.",
});
const newerSource = refusal({
  ...documented,
  id: "copy.version",
  code: "InvalidInstanceVersion",
  status: 403,
  message: "The version of the source ({from}) is higher than that of the target ({to}).",
  says: "The source is not of a higher version than the target; equal versions are no longer asked for.",
});
