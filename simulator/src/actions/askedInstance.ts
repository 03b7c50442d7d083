import type { Call } from "../call/call.js";
import { unsupportedParameter } from "../call/unsupportedParameters.js";
import { badValue, choice, flag } from "../parameters/badValue.js";
import { wholeNumber } from "../parameters/page.js";
import { refuse } from "../rules/refuse.js";
import { behaviour, refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { storageTypes } from "../world/engineVersions.js";
import { categories } from "../world/settings.js";
import { createWorld, WorldError } from "../world/load.js";
import type { Instance, WorldInput } from "../world/schema.js";
import { momentText } from "../world/time.js";
import { vSwitchOf } from "./vpc/existingNetwork.js";

type InstanceInput = NonNullable<WorldInput["instances"]>[number];

/** A parameter that was given and is not empty. */
export const given = ({ params }: Pick<Call, "params">, name: string): string | undefined =>
  (params[name] ?? "") === "" ? undefined : params[name];

/** Parameters that CreateDBInstance, CreateReadOnlyDBInstance and CloneDBInstance share. */
export const sharedParameters: readonly string[] = [
  ...["BurstingEnabled", "Category", "DBInstanceDescription", "DBInstanceStorageType", "DeletionProtection"],
  ...["InstanceNetworkType", "Period", "PrivateIpAddress", "UsedTime", "VPCId", "VSwitchId", "ZoneId"],
];

/** Parameters of all three that nothing here depends on, with the values that ask for nothing. */
export const sharedRefusals: Readonly<Record<string, readonly string[]>> = {
  AutoPay: ["true"],
  BpeEnabled: ["0", "false"],
  CustomExtraInfo: [],
  DedicatedHostGroupId: [],
  IoAccelerationEnabled: ["0"],
};

/** What the shared parameters say, as the fields of an instance; what a call does not say is left out. */
export function askedFields(call: Call): Partial<InstanceInput> {
  return {
    ...storageFields(call),
    ...networkFields(call),
    ...chargeFields(call),
    ...present("description", call.params["DBInstanceDescription"]),
    ...present("category", categoryField(call)),
    ...present("burstingEnabled", flag(call.params, "BurstingEnabled")),
    ...present("deletionProtection", flag(call.params, "DeletionProtection")),
  };
}

export const present = <K extends string, T>(name: K, value: T | undefined): { [P in K]?: T } =>
  value === undefined ? {} : ({ [name]: value } as { [P in K]: T });

/** The instance that a document describes, with a world's defaults; the calls's world gives what it refers to. */
export function completeInstance(call: Call, document: InstanceInput): Instance {
  const { accountId } = call.account;
  try {
    const instances = createWorld(
      {
        now: momentText(call.now),
        accounts: [{ accountId }],
        instances: [document, ...primaryStandIn(document)],
      },
      call.now,
    ).instances;
    const [instance] = instances;
    if (instance !== undefined) return { ...instance, accountId };
  } catch (error) {
    if (!(error instanceof WorldError)) throw error;
    throw refuse(contradiction, { values: { reason: error.problems[0]?.message ?? "" } });
  }
  throw new Error("A world was made without its one instance.");
}

/** The primary of a read-only instance, so that the document alone is a whole world. */
const primaryStandIn = ({ masterId }: InstanceInput): InstanceInput[] =>
  masterId === undefined ? [] : [{ id: masterId }];

function storageFields(call: Call): Partial<InstanceInput> {
  const storageGiB = wholeNumber(call.params["DBInstanceStorage"], -1);
  if (storageGiB === undefined || (storageGiB !== -1 && !isStorage(storageGiB))) throw refuse(badStorage);
  const storageType = given(call, "DBInstanceStorageType");
  if (storageType !== undefined && !storageTypes.includes(storageType))
    throw badValue("DBInstanceStorageType");
  const instanceClass = given(call, "DBInstanceClass");
  if (instanceClass !== undefined && !/^[a-z]+(\.[a-z0-9-]+)+$/i.test(instanceClass))
    throw badValue("DBInstanceClass");
  return {
    ...(storageGiB === -1 ? {} : { storageGiB }),
    ...present("storageType", storageType),
    ...present("instanceClass", instanceClass),
  };
}

const isStorage = (gib: number) => gib >= 20 && gib <= 32000 && gib % 5 === 0;

function networkFields(call: Call): Partial<InstanceInput> {
  const vSwitchId = given(call, "VSwitchId");
  const listed = (vSwitchId ?? "").split(",").filter((id) => id !== "" && id.toLowerCase() !== "auto");
  const [vSwitch] = listed.map((id) => {
    const found = vSwitchOf(call, id);
    if (found === undefined) throw refuse(unknownVSwitch, { values: { vSwitchId: id } });
    return found;
  });
  const zone = given(call, "ZoneId") ?? vSwitch?.zone;
  const address = given(call, "PrivateIpAddress");
  if (address !== undefined && !/^\d{1,3}(\.\d{1,3}){3}$/.test(address)) throw badValue("PrivateIpAddress");
  return {
    ...present("networkType", choice(call.params, "InstanceNetworkType", ["VPC", "Classic"])),
    ...present("zone", zone),
    ...present("vpcId", given(call, "VPCId") ?? vSwitch?.vpcId),
    ...present("vSwitchId", vSwitchId),
    ...present("privateIpAddress", address),
  };
}

/** ZoneIdSlave1 and ZoneIdSlave2; Auto is the zone of the instance. */
export function slaveFields(call: Call): Partial<InstanceInput> {
  const slaves = ["ZoneIdSlave1", "ZoneIdSlave2"].flatMap((name) => given(call, name) ?? []);
  const { zone = `${call.params["RegionId"] ?? ""}-h` } = networkFields(call);
  return slaves.length === 0
    ? {}
    : { slaveZones: slaves.map((slave) => (slave.toLowerCase() === "auto" ? zone : slave)) };
}

/** PayType, and until when a prepaid instance is paid. */
function chargeFields(call: Call): Partial<InstanceInput> {
  const payType = choice(call.params, "PayType", ["Postpaid", "Prepaid", "SERVERLESS"]);
  const unit = choice(call.params, "Period", ["Month", "Year"]);
  const length = wholeNumber(call.params["UsedTime"], 0);
  if (length === undefined || length > 36) throw badValue("UsedTime");
  if (payType !== "Prepaid") {
    const name = unit === undefined ? "UsedTime" : "Period";
    if (unit !== undefined || length !== 0)
      throw unsupportedParameter("an instance that is not prepaid", name);
    return present("payType", payType);
  }
  if (unit === undefined || length === 0) throw refuse(noPeriod);
  const end = new Date(call.now);
  end.setUTCMonth(end.getUTCMonth() + length * (unit === "Year" ? 12 : 1));
  return { payType, expiresAt: momentText(end.getTime()) };
}

export const categoryField = ({ params }: Pick<Call, "params">) => choice(params, "Category", categories);

/** ServerlessConfig, ServerlessConfiguration: the text of a JSON object. */
export function serverlessField(call: Call, name: string): Instance["serverless"] {
  const text = given(call, name);
  if (text === undefined) return undefined;
  const asked = parsed(text);
  const number = (key: string) => {
    const value = asked[key];
    if (typeof value !== "number" || !Number.isInteger(value) || value < 2 || value > 8)
      throw refuse(badCapacity);
    return value;
  };
  const scale = { scaleMin: number("MinCapacity"), scaleMax: number("MaxCapacity") };
  if (scale.scaleMin > scale.scaleMax) throw refuse(badCapacity);
  return { ...scale, autoPause: asked["AutoPause"] === true, switchForce: asked["SwitchForce"] === true };
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return { ...value };
  } catch {
    // Falls through to the refusal: text that is no JSON is as wrong as JSON of another kind.
  }
  throw refuse(badCapacity);
}

const of = {
  action: "CreateDBInstance, CreateReadOnlyDBInstance, CloneDBInstance",
  source: sources.errorTable2020,
} as const;

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
  says: "An unknown vSwitch, where the world lists vSwitches; a comma list has one for each zone.",
  basis: "documented",
});
const noPeriod = refusal({
  ...of,
  id: "create-instance.period",
  parameter: "Period, UsedTime",
  code: "MissingParameter",
  status: 400,
  message: "A prepaid instance needs Period and UsedTime.",
  says: "A prepaid instance says for how long it is paid, which gives its ExpireTime.",
  basis: "documented",
  source: sources.metadata,
});
const badCapacity = refusal({
  ...of,
  id: "create-instance.capacity",
  action: "CreateDBInstance, CloneDBInstance, ModifyDBInstanceSpec",
  parameter: "ServerlessConfig, ServerlessConfiguration",
  code: "InvalidParameter",
  status: 400,
  message: "The capacity of the serverless instance is not valid.",
  says: "MinCapacity and MaxCapacity are 2 to 8 for SQL Server, the first not above the second. The range is documented, the code is not.",
  basis: "inferred",
  source: sources.terraform,
});
const contradiction = refusal({
  ...of,
  id: "create-instance.contradiction",
  parameter: "PayType, Category, EngineVersion, ServerlessConfig, ZoneIdSlave1, ZoneIdSlave2",
  code: "InvalidParameterCombination",
  status: 400,
  message: "The parameters contradict each other: {reason}.",
  says: "What is asked for does not contradict itself: a serverless pay type with another category, a slave zone with a single node. The code is not documented for it.",
  basis: "inferred",
});
behaviour({
  ...of,
  id: "create-instance.as-asked",
  says: "What was asked for comes back letter by letter, an empty description as an empty one: anything else is a difference to the alicloud provider.",
  basis: "measured",
  source: sources.terraform,
});
