import type { Call } from "../call/call.js";
import { badValue } from "../parameters/badValue.js";
import { refuse } from "../rules/refuse.js";
import { behaviour, refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { instanceStatus } from "../world/find.js";
import type { Instance } from "../world/schema.js";
import { momentText } from "../world/time.js";
import { action } from "./action.js";
import {
  askedFields,
  completeInstance,
  given,
  present,
  sharedParameters,
  sharedRefusals,
} from "./askedInstance.js";
import { checkedIpList } from "./ipList.js";
import { madeAnswer, madeBefore, makeInstance } from "./makeInstance.js";
import { ownInstance } from "../call/ownInstance.js";

export const createReadOnlyDBInstance = action({
  name: "CreateReadOnlyDBInstance",
  required: [
    ...["RegionId", "DBInstanceId", "EngineVersion", "DBInstanceClass", "DBInstanceStorage", "PayType"],
  ],
  optional: [...sharedParameters, "ResourceGroupId", "SecurityIPList"],
  refuses: {
    ...sharedRefusals,
    ...{
      AutoCreateProxy: ["false"],
      AutoRenew: ["false"],
      AutoUseCoupon: ["false"],
      GdnInstanceName: ["None"],
    },
    ...{ InstructionSetArch: ["None"], IsAnalyticReadOnlyIns: ["false"], Port: [], PromotionCode: [] },
    ...{ TargetDedicatedHostIdForMaster: [], TddlBizType: [], TddlRegionConfig: [] },
  },
  handle(call) {
    const before = madeBefore(call);
    if (before !== undefined) return madeAnswer(before);
    const primary = ownInstance(call, "CreateReadOnlyDBInstance");
    checkPrimary(call, primary);
    const instance = asked(call, primary);
    return madeAnswer(makeInstance(call, instance, ({ life }) => life.createInstanceSeconds));
  },
});

function checkPrimary(call: Call, primary: Instance): void {
  if (primary.type !== "Primary" || (primary.engine === "SQLServer" && primary.category !== "AlwaysOn"))
    throw refuse(noCluster, { values: { id: primary.id } });
  if (instanceStatus(call.world, primary) !== "Running")
    throw refuse(primaryBusy, { values: { id: primary.id } });
  if (call.params["EngineVersion"] !== primary.engineVersion) throw badValue("EngineVersion");
  if (primary.region !== call.params["RegionId"]) throw badValue("RegionId");
}

function asked(call: Call, primary: Instance): Instance {
  const fields = askedFields(call);
  if (/^(local|ephemeral)_/.test(fields.storageType ?? "")) throw badValue("DBInstanceStorageType");
  if ((fields.storageGiB ?? 0) < primary.storageGiB) throw refuse(smaller);
  const list = given(call, "SecurityIPList");
  return completeInstance(call, {
    id: "rr-new",
    category: primary.category,
    zone: primary.zone,
    vpcId: primary.vpcId,
    vSwitchId: primary.vSwitchId,
    ...fields,
    ...present("resourceGroupId", given(call, "ResourceGroupId")),
    ...(list === undefined ? {} : { ipArrays: { default: checkedIpList(list) } }),
    type: "Readonly",
    masterId: primary.id,
    region: primary.region,
    engine: primary.engine,
    engineVersion: primary.engineVersion,
    createdAt: momentText(call.now),
    logs: [],
  });
}

const of = { action: "CreateReadOnlyDBInstance", basis: "inferred", source: sources.sdk } as const;

const noCluster = refusal({
  ...of,
  id: "read-only.primary-type",
  parameter: "DBInstanceId",
  code: "OperationDenied.DBInstanceType",
  status: 400,
  message: "The instance {id} takes no read-only instance.",
  says: "The primary one is of the cluster edition (AlwaysOn), as the versions that are documented for it say; the code is not documented for it.",
});
const primaryBusy = refusal({
  ...of,
  id: "read-only.primary-status",
  parameter: "DBInstanceId",
  code: "OperationDenied.PrimaryDBInstanceStatus",
  status: 403,
  message: "The status of the primary instance {id} does not permit this operation.",
  says: "The primary one is Running; the alicloud provider tries again on this code.",
  basis: "measured",
  source: sources.terraform,
});
const smaller = refusal({
  ...of,
  id: "read-only.storage",
  parameter: "DBInstanceStorage",
  code: "InvalidDBInstanceStorage.Malformed",
  status: 400,
  message: "The storage is smaller than that of the primary instance.",
  says: "The storage is at least that of the primary one. The rule is documented, its code only as a pattern.",
});
behaviour({
  ...of,
  id: "read-only.whitelist",
  parameter: "SecurityIPList",
  says: "The whitelist that the alicloud provider sends is taken, though no page lists it for this action.",
  basis: "measured",
  source: sources.terraform,
});
