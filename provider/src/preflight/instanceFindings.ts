import type { InstanceFacts } from "../rds/rdsApi";
import { instanceBlock } from "../copy/instanceBlock";
import type { Finding, FindingCode } from "./finding";
import { found, type Known, type Side } from "./known";

/** What stands against one instance by itself. */
export function instanceFindings(known: Known, side: Side): readonly Finding[] {
  const party = known[side];
  if (party === undefined) return [];
  if (party === "not found") return [notFound(known, side)];
  return [
    engine(party, side),
    type(party, side),
    serverless(party, side),
    state(party, side),
    otherRegion(known, party, side),
  ].filter((one) => one !== undefined);
}

const property = (side: Side) => `${side}DbInstanceId` as const;

function notFound(known: Known, side: Side): Finding {
  const { plan, region, endpoint, signer = "this key" } = known;
  const otherSide = side === "source" ? "target" : "source";
  const own = plan[property(side)] ?? "";
  const other = plan[property(otherSide)] ?? "";
  const otherParty = known[otherSide];
  const where = `in region ${region} (endpoint ${endpoint}) by ${signer}`;
  return {
    code: "instance-not-found",
    apiCode: "InvalidDBInstanceName.NotFound",
    property: property(side),
    text:
      otherParty === "not found"
        ? `Neither instance ${own} nor ${other} was found ${where}. When no instance is found, the key of another account or another ` +
          `region is likelier than two wrong ids: look at whose key it is, and at alicloud:region or connection.region.`
        : otherParty === undefined
          ? `Instance ${own} was not found ${where}. Check the id, and whether this is the region (alicloud:region, connection.region) and ` +
            `the account that the instance belongs to.`
          : `Instance ${own} was not found ${where}, where ${other} is. Check the id; both must be in one region and one account.`,
  };
}

function engine({ instanceId, engine }: InstanceFacts, side: Side): Finding | undefined {
  if (engine === "SQLServer" || engine === "") return undefined;
  return {
    code: "engine",
    apiCode: side === "source" ? "EngineNotSupported" : "TargetInstanceEngineNotSupported",
    property: property(side),
    text: `Instance ${instanceId} runs ${engine}; only databases of SQL Server can be copied, onto SQL Server. Name an instance that runs it.`,
  };
}

function type({ instanceId, type }: InstanceFacts, side: Side): Finding | undefined {
  const what = unfitTypes[type];
  if (what === undefined) return undefined;
  return {
    code: "instance-type",
    apiCode: what.apiCode,
    property: property(side),
    text: `Instance ${instanceId} is ${what.name}, between which nothing is copied. Name its primary instance.`,
  };
}

const unfitTypes: Readonly<Record<string, { readonly name: string; readonly apiCode: string }>> = {
  Readonly: { name: "a read-only instance", apiCode: "ReadDBInstanceNotSupport" },
  Temp: { name: "a temporary instance", apiCode: "InvalidTempInstance.NotSupport" },
  Guard: { name: "a disaster recovery instance", apiCode: "IncorrectDBInstanceType" },
};

/** Neither side may be serverless (API page of CopyDatabaseBetweenInstances, 2026). The code is an inference. */
function serverless(instance: InstanceFacts, side: Side): Finding | undefined {
  const { instanceId, category, payType, engineVersion } = instance;
  const isServerless =
    /^serverless/i.test(category) || payType?.toLowerCase() === "serverless" || /_sl$/.test(engineVersion);
  if (!isServerless) return undefined;
  return {
    code: "serverless",
    apiCode: "IncorrectDBInstanceType",
    property: property(side),
    text: `Instance ${instanceId} is serverless, and databases are copied neither from nor to such instances. Use Data Transmission Service (DTS), or an instance of another category.`,
  };
}

function state(instance: InstanceFacts, side: Side): Finding | undefined {
  const { instanceId, status, lockMode } = instance;
  const block = instanceBlock(instance);
  if (block !== undefined) {
    const code = blockCode(instance);
    const apiCode =
      side === "target"
        ? "IncorrectDBInstanceState"
        : code === "instance-locked"
          ? "MasterDBInstanceState.NotSupport"
          : "IncorrectMasterDBInstanceState";
    return {
      code,
      apiCode,
      property: property(side),
      text: `${block} ${lockWays[lockMode] ?? "Name another instance."}`,
    };
  }
  if (status === "Running" || status === "") return undefined;
  const way =
    status === "Stopped" || status === "Stopping"
      ? "Start it. Otherwise the copy waits until its timeout."
      : "The copy waits until it is Running, at most until its timeout.";
  return {
    code: "instance-busy",
    apiCode: side === "target" ? "IncorrectDBInstanceState" : "IncorrectMasterDBInstanceState",
    property: property(side),
    text: `Instance ${instanceId} is ${status} now. ${way}`,
  };
}

function blockCode({ status, lockMode }: InstanceFacts): FindingCode {
  if (status === "Released" || lockMode === "Released") return "instance-released";
  return status === "Deleting" ? "instance-deleting" : "instance-locked";
}

/** What unlocks an instance, by LockMode (API page of DescribeDBInstanceAttribute). */
const lockWays: Readonly<Record<string, string>> = {
  ManualLock: "Unlock it in the console.",
  LockByExpiration: "Renew it.",
  LockByRestoration: "Wait until it has been restored.",
  LockByDiskQuota: "Enlarge its disk, or make room on it.",
  LockReadInstanceByDiskQuota: "Enlarge the disk of its read-only instance, or make room there.",
};

/** The shared endpoint of the older regions finds an instance by its id alone; another endpoint would not. Said once of a pair. */
function otherRegion(
  { region, endpoint, source }: Known,
  { instanceId, regionId }: InstanceFacts,
  side: Side,
): Finding | undefined {
  if (regionId === "" || regionId === region) return undefined;
  if (side === "target" && found(source)?.regionId === regionId) return undefined;
  return {
    code: "region-other",
    property: property(side),
    text: `Instance ${instanceId} is in ${regionId}, and this resource calls ${region} (endpoint ${endpoint}). It was found because regions share this endpoint. Set alicloud:region or connection.region to ${regionId}.`,
  };
}
