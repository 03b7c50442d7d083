import type { Call } from "../call/call.js";
import { unsupportedParameter } from "../call/unsupportedParameters.js";
import { newOperation } from "../operations/begin.js";
import { badValue, choice, flag } from "../parameters/badValue.js";
import { wholeNumber } from "../parameters/page.js";
import { refuse } from "../rules/refuse.js";
import { behaviour, refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { sqlServerVersions, storageTypes } from "../world/engineVersions.js";
import { draftInstance } from "../world/find.js";
import { contradictions, hasSecondNode, type InstanceKind } from "../world/kindOfInstance.js";
import type { Instance, WorldDraft } from "../world/schema.js";
import { action } from "./action.js";
import { categoryField, given, present, serverlessField } from "./askedInstance.js";
import { runningInstance } from "./writableInstance.js";

export const modifyDBInstanceSpec = action({
  name: "ModifyDBInstanceSpec",
  required: ["DBInstanceId"],
  optional: [
    ...["AllowMajorVersionUpgrade", "BurstingEnabled", "Category", "ColdDataEnabled", "DBInstanceClass"],
    ...["DBInstanceStorage", "DBInstanceStorageType", "Direction", "EngineVersion", "PayType"],
    ...["ServerlessConfiguration", "TargetMinorVersion", "VSwitchId", "ZoneId", "ZoneIdSlave1"],
  ],
  refuses: {
    ...{
      AutoUseCoupon: ["false"],
      CompressionMode: [],
      DedicatedHostGroupId: [],
      EffectiveTime: ["Immediate"],
    },
    ...{ IoAccelerationEnabled: ["0"], OptimizedWrites: [], PromotionCode: [], ReadOnlyDBInstanceClass: [] },
    ...{ ResourceGroupId: [], SourceBiz: [], SwitchTime: [], UsedTime: [] },
  },
  handle(call) {
    const instance = runningInstance(call, "ModifyDBInstanceSpec");
    const becomes = asked(call, instance);
    checkDirection(call, instance, becomes);
    const same = Object.entries(becomes).every(
      ([field, value]) => JSON.stringify(value) === JSON.stringify(instance[field as keyof Instance]),
    );
    if (same) throw refuse(nothingToChange);
    const [problem] = contradictions({ ...instance, ...becomes }, call.world.instances);
    if (problem !== undefined) throw badValue(parameterOf[problem.field] ?? "Category");
    let order = 0;
    call.change((draft) => {
      draftInstance(draft, instance.id).status = "DBInstanceClassChanging";
      draft.operations.push({
        kind: "changeInstance",
        ...newOperation(draft, call, instance.id, draft.life.changeInstanceSeconds),
        becomes: structuredClone(becomes),
      });
      order = 300_000_000_000 + draft.sequence;
    });
    return { DBInstanceId: instance.id, OrderId: order };
  },
});

type Changes = Extract<WorldDraft["operations"][number], { kind: "changeInstance" }>["becomes"];

/** What the call names, whether it differs or not. */
function asked(call: Call, instance: Instance): Changes {
  const storageGiB = wholeNumber(call.params["DBInstanceStorage"], instance.storageGiB) ?? 0;
  if (storageGiB % 5 !== 0 || storageGiB > 32000) throw badValue("DBInstanceStorage");
  if (storageGiB < instance.storageGiB) throw refuse(smaller);
  const storageType = given(call, "DBInstanceStorageType");
  if (storageType !== undefined && !storageTypes.includes(storageType))
    throw badValue("DBInstanceStorageType");
  if (
    (given(call, "PayType")?.toLowerCase() ?? instance.payType.toLowerCase()) !==
    instance.payType.toLowerCase()
  )
    throw unsupportedParameter("ModifyDBInstanceSpec", "PayType");
  const serverless = serverlessField(call, "ServerlessConfiguration");
  return {
    storageGiB,
    ...present("instanceClass", given(call, "DBInstanceClass")),
    ...present("storageType", storageType),
    ...present("engineVersion", newVersion(call, instance)),
    ...present("minorVersion", given(call, "TargetMinorVersion")),
    ...present("burstingEnabled", flag(call.params, "BurstingEnabled")),
    ...present("coldDataEnabled", flag(call.params, "ColdDataEnabled")),
    ...present("serverless", serverless === undefined ? undefined : { ...serverless }),
    ...placeChanges(call, instance),
  };
}

/** Category, zones and vSwitch. A category of one node takes the slave zones away. */
function placeChanges(call: Call, instance: Instance): Changes {
  const category = categoryField(call) ?? instance.category;
  const zone = given(call, "ZoneId") ?? instance.zone;
  const slave = given(call, "ZoneIdSlave1");
  const second = hasSecondNode({ category, type: instance.type });
  const kept = instance.slaveZones.length > 0 ? [...instance.slaveZones] : [zone];
  const slaveZones = slave === undefined ? (second ? kept : []) : [slave];
  return { category, zone, slaveZones, ...present("vSwitchId", given(call, "VSwitchId")) };
}

function newVersion(call: Call, instance: Instance): string | undefined {
  const version = given(call, "EngineVersion");
  const allowed = flag(call.params, "AllowMajorVersionUpgrade") ?? false;
  if (version === undefined || version === instance.engineVersion) return undefined;
  if (instance.engine === "SQLServer" && !sqlServerVersions.includes(version))
    throw badValue("EngineVersion");
  if (!allowed) throw refuse(upgradeNotAllowed);
  return version;
}

/** Direction contradicts nothing that is asked for. */
function checkDirection(call: Call, instance: Instance, becomes: Changes): void {
  const direction = choice(call.params, "Direction", ["Up", "Down", "Serverless", "TempUpgrade"]);
  if (direction === "TempUpgrade") throw unsupportedParameter("ModifyDBInstanceSpec", "Direction");
  const grows = (becomes.storageGiB ?? 0) > instance.storageGiB;
  if ((direction === "Serverless" && becomes.serverless === undefined) || (direction === "Down" && grows))
    throw badValue("Direction");
}

const parameterOf: Partial<Record<keyof InstanceKind, string>> = {
  payType: "PayType",
  category: "Category",
  slaveZones: "ZoneIdSlave1",
};

const of = { action: "ModifyDBInstanceSpec", basis: "documented", source: sources.errorTable2020 } as const;

const smaller = refusal({
  ...of,
  id: "change-instance.smaller",
  parameter: "DBInstanceStorage",
  code: "OperationDenied.DBInstanceStorageReduce",
  status: 403,
  message: "The storage cannot be reduced.",
  says: "A disk only grows.",
});
const nothingToChange = refusal({
  ...of,
  id: "change-instance.nothing",
  code: "MissingParameter",
  status: 400,
  message: "Nothing is given that differs from the instance.",
  says: "Something is named that differs from what the instance has.",
});
const upgradeNotAllowed = refusal({
  ...of,
  id: "change-instance.upgrade",
  parameter: "EngineVersion, AllowMajorVersionUpgrade",
  code: "InvalidParameterCombination",
  status: 400,
  message: "Another engine version needs the permission for a major upgrade.",
  says: "Another version of SQL Server goes with AllowMajorVersionUpgrade true, as the alicloud provider sends it. The code is not documented for it.",
  basis: "inferred",
  source: sources.terraform,
});
behaviour({
  ...of,
  id: "change-instance.direction",
  parameter: "Direction",
  says: "Up and Down are checked against the storage that is asked for, Serverless needs a capacity; a temporary upgrade is not simulated.",
  basis: "inferred",
});
