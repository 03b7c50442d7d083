import { connectionString } from "../answers/instanceFields.js";
import { nextNumber, type Call } from "../machine/call.js";
import { newOperation } from "../operations/begin.js";
import { badValue, oneOf } from "../parameters/badValue.js";
import { wholeNumber } from "../parameters/page.js";
import { refuse } from "../rules/refuse.js";
import { behaviour, refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { sqlServerVersions, storageTypes } from "../world/engineVersions.js";
import { findInstance } from "../world/find.js";
import { createWorld } from "../world/load.js";
import type { Instance, WorldDraft } from "../world/schema.js";
import { momentText } from "../world/time.js";
import { action } from "./action.js";
import { vSwitchOf } from "./DescribeVSwitchAttributes.js";
import { checkedIpList } from "./ipList.js";
import { askedTags } from "./TagResources.js";

export const createDBInstance = action({
  name: "CreateDBInstance",
  required: [
    "RegionId",
    "Engine",
    "EngineVersion",
    "DBInstanceClass",
    "DBInstanceStorage",
    "DBInstanceNetType",
    "SecurityIPList",
    "PayType",
  ],
  handle(call) {
    const token = call.params["ClientToken"] ?? "";
    const tokenKey = `${call.account.accountId}:${token}`;
    const before =
      token === "" ? undefined : findInstance(call.world, call.world.clientTokens[tokenKey] ?? "");
    if (before !== undefined) return answer(before);
    const instance = asked(call);
    if (call.params["DryRun"]?.toLowerCase() === "true") return { DryRun: true, DryRunResult: true };
    let made: Instance = instance;
    call.change((draft) => {
      made = { ...instance, id: freeId(draft) };
      draft.instances.push(structuredClone(made) as WorldDraft["instances"][number]);
      if (token !== "") draft.clientTokens[tokenKey] = made.id;
      draft.operations.push({
        kind: "createInstance",
        ...newOperation(draft, call, made.id, draft.life.createInstanceSeconds),
      });
    });
    return answer(made);
  },
});

const answer = (instance: Instance) => ({
  DBInstanceId: instance.id,
  OrderId: String(200_000_000_000 + Number.parseInt(instance.id.replace(/\D/g, "") || "0", 10)),
  ConnectionString: connectionString(instance),
  Port: instance.port,
});

function freeId(draft: WorldDraft): string {
  for (;;) {
    const id = `rm-sim${String(nextNumber(draft)).padStart(8, "0")}`;
    if (!draft.instances.some((instance) => instance.id === id)) return id;
  }
}

/** The instance that is asked for, with a world's defaults where the call says nothing. */
function asked(call: Call): Instance {
  const { params } = call;
  const given = (name: string) => (params[name] === "" ? undefined : params[name]);
  const engine = oneOf(params, "Engine", ["SQLServer", "MySQL", "PostgreSQL", "MariaDB"], "SQLServer");
  const engineVersion = params["EngineVersion"] ?? "";
  if (engine === "SQLServer" && !sqlServerVersions.includes(engineVersion)) throw refuse(badVersion);
  const storageGiB = wholeNumber(params["DBInstanceStorage"], 0) ?? 0;
  if (storageGiB < 20 || storageGiB > 32000 || storageGiB % 5 !== 0) throw refuse(badStorage);
  const storageType = given("DBInstanceStorageType");
  if (storageType !== undefined && !storageTypes.includes(storageType))
    throw badValue("DBInstanceStorageType");
  if (!/^[a-z]+(\.[a-z0-9-]+)+$/i.test(params["DBInstanceClass"] ?? "")) throw badValue("DBInstanceClass");
  const vSwitchId = given("VSwitchId");
  const vSwitch = vSwitchId === undefined ? undefined : vSwitchOf(call, vSwitchId);
  if (vSwitchId !== undefined && vSwitch === undefined)
    throw refuse(unknownVSwitch, { values: { vSwitchId } });
  const zone = given("ZoneId") ?? vSwitch?.zone;
  const vpcId = given("VPCId") ?? vSwitch?.vpcId;
  const category = given("Category");
  const document = {
    id: "rm-new",
    description: params["DBInstanceDescription"] ?? "",
    region: params["RegionId"] ?? "",
    engine,
    engineVersion,
    instanceClass: params["DBInstanceClass"] ?? "",
    storageGiB,
    payType: oneOf(params, "PayType", ["Postpaid", "Prepaid", "SERVERLESS"], "Postpaid"),
    networkType: oneOf(params, "InstanceNetworkType", ["VPC", "Classic"], "VPC"),
    status: "Creating",
    ipArrays: { default: checkedIpList(params["SecurityIPList"] ?? "") },
    tags: askedTags(params),
    deletionProtection: params["DeletionProtection"]?.toLowerCase() === "true",
    createdAt: momentText(call.now),
    port: given("Port") ?? "1433",
    resourceGroupId: given("ResourceGroupId") ?? "rg-simulated",
    ...(zone === undefined ? {} : { zone }),
    ...(vpcId === undefined ? {} : { vpcId }),
    ...(vSwitchId === undefined ? {} : { vSwitchId }),
    ...(storageType === undefined ? {} : { storageType }),
    ...(category === undefined
      ? {}
      : { category: oneOf(params, "Category", categories, "HighAvailability") }),
    ...(given("DBTimeZone") === undefined ? {} : { timeZone: given("DBTimeZone") ?? "" }),
    logs: [],
  };
  const [instance] = createWorld(
    { now: momentText(call.now), accounts: [{ accountId: call.account.accountId }], instances: [document] },
    call.now,
  ).instances;
  if (instance === undefined) throw new Error("A world was made without its one instance.");
  return instance;
}

const categories = [
  "Basic",
  "HighAvailability",
  "AlwaysOn",
  "cluster",
  "Finance",
  "serverless_basic",
  "serverless_standard",
  "serverless_ha",
] as const;

const of = { action: "CreateDBInstance", source: sources.errorTable2020 } as const;

const badVersion = refusal({
  ...of,
  id: "create-instance.version",
  parameter: "EngineVersion",
  code: "InvalidEngineVersion.Malformed",
  status: 400,
  message: "The engine version is not valid.",
  says: "A version of SQL Server that the metadata names; those of other engines are not checked.",
  basis: "documented",
});
const badStorage = refusal({
  ...of,
  id: "create-instance.storage",
  parameter: "DBInstanceStorage",
  code: "InvalidDBInstanceStorage.Malformed",
  status: 400,
  message: "The storage is not valid.",
  says: "20 to 32000 GB in steps of 5. The code is documented only as a pattern, and the limits depend on the class.",
  basis: "inferred",
});
const unknownVSwitch = refusal({
  ...of,
  id: "create-instance.vswitch",
  parameter: "VSwitchId",
  code: "InvalidVSwitchId.NotFound",
  status: 400,
  message: "The vSwitch {vSwitchId} does not exist.",
  says: "An unknown vSwitch, where the world lists vSwitches.",
  basis: "documented",
});
behaviour({
  ...of,
  id: "create-instance.client-token",
  parameter: "ClientToken",
  says: "The same token of the same account gives the same instance again and makes none; a token may have 66 characters, as the alicloud provider's has.",
  basis: "measured",
  source: sources.terraform,
});
behaviour({
  ...of,
  id: "create-instance.as-asked",
  says: "What was asked for comes back letter by letter, an empty description as an empty one: anything else is a difference to the alicloud provider.",
  basis: "measured",
  source: sources.terraform,
});
