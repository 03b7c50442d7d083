import type { InstanceFacts } from "../rds/rdsApi";
import { categoryFindings } from "./categoryPair";
import type { Finding } from "./finding";
import { found, type Known } from "./known";

/** What stands against two instances together. */
export function pairFindings(known: Known): readonly Finding[] {
  const source = found(known.source);
  const target = found(known.target);
  if (!source || !target) return [];
  return [
    ...region(source, target),
    ...network(source, target),
    ...version(source, target),
    ...categoryFindings(source, target),
  ];
}

const property = "targetDbInstanceId";

function region(source: InstanceFacts, target: InstanceFacts): Finding[] {
  if (!differ(source.regionId, target.regionId)) return [];
  return [
    {
      code: "region-pair",
      apiCode: "InvalidInstancesRegion.Malformed",
      property,
      text: `${source.instanceId} is in ${source.regionId} and ${target.instanceId} in ${target.regionId}; a copy stays in one region. Name two instances of one region.`,
    },
  ];
}

function network(source: InstanceFacts, target: InstanceFacts): Finding[] {
  if (!differ(source.networkType, target.networkType)) return [];
  return [
    {
      code: "network-type",
      apiCode: "IncorrectInstanceNetworkType",
      property,
      text: `${source.instanceId} is in a network of the type ${source.networkType} and ${target.instanceId} in one of the type ${target.networkType}; both must have the same. Move the one on the classic network into a VPC.`,
    },
  ];
}

/** Only a source that is newer than its target is refused; older pages asked for equal versions. */
function version(source: InstanceFacts, target: InstanceFacts): Finding[] {
  const from = releaseYear(source.engineVersion);
  const to = releaseYear(target.engineVersion);
  if (from === undefined || to === undefined || from <= to) return [];
  return [
    {
      code: "version-pair",
      apiCode: "InvalidInstanceVersion",
      property,
      text: `${source.instanceId} runs SQL Server ${source.engineVersion}, newer than ${target.engineVersion} on ${target.instanceId}; a backup is never restored onto an older version. Upgrade the target.`,
    },
  ];
}

function differ(left: string, right: string): boolean {
  return left !== "" && right !== "" && left !== right;
}

/** `2008r2` and `08r2_ent_ha` are both 2008. */
function releaseYear(engineVersion: string): number | undefined {
  const digits = /^(\d{4}|\d{2}(?=r))/.exec(engineVersion)?.[1];
  if (digits === undefined) return undefined;
  return digits.length === 2 ? 2000 + Number(digits) : Number(digits);
}
