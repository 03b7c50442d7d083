import { ownInstance, visibleInstance } from "../call/ownInstance.js";
import type { Call } from "../call/call.js";
import { refuse } from "../rules/refuse.js";
import { refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { instanceStatus } from "../world/find.js";
import type { Instance } from "../world/schema.js";
import { checkCategories } from "./categories.js";
import { checkSourceType, checkTargetType } from "./instanceTypes.js";
import { follows2019 } from "./page2019.js";
import { checkVersions } from "./versions.js";

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
  checkPlace(source, target);
  checkSourceType(source);
  checkTargetType(target);
  checkStates(call, source, target);
  if (!follows2019(call.world)) checkCategories(source, target);
  checkVersions(call.world, source, target);
  return { source, target };
}

function checkPlace(source: Instance, target: Instance): void {
  const values = { from: source.region, to: target.region };
  if (isMainland(source) !== isMainland(target)) throw refuse(otherSite, { values });
  if (source.region !== target.region) throw refuse(otherRegion, { values });
  if (source.networkType !== target.networkType) throw refuse(otherNetwork);
}

/** Regions of mainland China begin with `cn-`; cn-hongkong is not one of them. */
const isMainland = ({ region }: Instance) => region.startsWith("cn-") && region !== "cn-hongkong";

function checkStates(call: Call, source: Instance, target: Instance): void {
  if (source.status !== "Running") throw refuse(sourceState, { values: { status: source.status } });
  if (source.lockMode !== "Unlock") throw refuse(sourceLocked, { values: { lockMode: source.lockMode } });
  const status = instanceStatus(call.world, target);
  if (status !== "Running" || target.lockMode !== "Unlock") {
    throw refuse(targetState, { values: { status, lockMode: target.lockMode } });
  }
}

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
const otherSite = refusal({
  ...inferred,
  id: "copy.region-of-other-site",
  code: "InvalidCrossRegionTrans",
  status: 400,
  message: "Nothing is transferred between the regions {from} and {to}.",
  says: "Both are in mainland China or both are not. Of the two documented codes about regions this one is taken for it.",
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
