import type { InstanceFacts } from "../rds/rdsApi";
import { categoryFinding } from "./categoryPair";
import type { Finding } from "./finding";
import { found, type Known } from "./known";

/** What stands against two instances together. */
export function pairFindings(known: Known): readonly Finding[] {
  const source = found(known.source);
  const target = found(known.target);
  if (!source || !target) return [];
  return [
    region(source, target),
    network(source, target),
    version(source, target),
    edition(source, target),
    collation(source, target),
    timeZone(source, target),
    categoryFinding(source, target),
  ].filter((one) => one !== undefined);
}

const property = "targetDbInstanceId";

function region(source: InstanceFacts, target: InstanceFacts): Finding | undefined {
  if (!differ(source.regionId, target.regionId)) return undefined;
  return {
    code: "region-pair",
    apiCode: "InvalidInstancesRegion.Malformed",
    property,
    text: `${source.instanceId} is in ${source.regionId} and ${target.instanceId} in ${target.regionId}; a copy stays in one region. Name two instances of one region.`,
  };
}

function network(source: InstanceFacts, target: InstanceFacts): Finding | undefined {
  if (!differ(source.networkType, target.networkType)) return undefined;
  return {
    code: "network-type",
    apiCode: "IncorrectInstanceNetworkType",
    property,
    text: `${source.instanceId} is in a network of the type ${source.networkType} and ${target.instanceId} in one of the type ${target.networkType}; both must have the same. Move the one on the classic network into a VPC.`,
  };
}

/** Only a source that is newer than its target is refused; older pages asked for equal versions. */
function version(source: InstanceFacts, target: InstanceFacts): Finding | undefined {
  const from = releaseYear(source.engineVersion);
  const to = releaseYear(target.engineVersion);
  if (from === undefined || to === undefined || from <= to) return undefined;
  return {
    code: "version-pair",
    apiCode: "InvalidInstanceVersion",
    property,
    text: `${source.instanceId} runs SQL Server ${source.engineVersion}, newer than ${target.engineVersion} on ${target.instanceId}; a backup is never restored onto an older version. Upgrade the target.`,
  };
}

/** A database that uses a feature of its edition is restored by no lower one (SQL Server, "Editions and supported features"). */
function edition(source: InstanceFacts, target: InstanceFacts): Finding | undefined {
  const from = editionOf(source.engineVersion);
  const to = editionOf(target.engineVersion);
  if (from === undefined || to === undefined || editions.indexOf(from) <= editions.indexOf(to))
    return undefined;
  return {
    code: "edition-pair",
    property,
    text: `${source.instanceId} runs the ${from} edition (${source.engineVersion}) and ${target.instanceId} the ${to} edition (${target.engineVersion}). A database that uses a feature of the ${from} edition cannot be restored there.`,
  };
}

/** The database keeps its own, and meets that of the target in every temporary table. */
function collation(source: InstanceFacts, target: InstanceFacts): Finding | undefined {
  if (!differ(source.collation, target.collation)) return undefined;
  return {
    code: "collation-pair",
    property,
    text: `The collation of ${source.instanceId} is ${source.collation} and that of ${target.instanceId} is ${target.collation}. Copied databases keep theirs; queries that compare their texts with temporary tables may fail there.`,
  };
}

function timeZone(source: InstanceFacts, target: InstanceFacts): Finding | undefined {
  if (!differ(source.timeZone, target.timeZone)) return undefined;
  return {
    code: "time-zone-pair",
    property,
    text: `The time zone of ${source.instanceId} is ${source.timeZone} and that of ${target.instanceId} is ${target.timeZone}: GETDATE() and defaults that use it give other times there.`,
  };
}

const editions = ["web", "standard", "enterprise"] as const;

/** `2022_std_ha`, `2022_ent`; the bare 2012 is the enterprise one (API page of CreateDBInstance). */
function editionOf(engineVersion: string): (typeof editions)[number] | undefined {
  if (engineVersion === "2012") return "enterprise";
  const suffix = /_(ent|std|web)(_|$)/.exec(engineVersion)?.[1];
  return suffix === "ent"
    ? "enterprise"
    : suffix === "std"
      ? "standard"
      : suffix === "web"
        ? "web"
        : undefined;
}

/** What one of the two does not tell is no difference. */
function differ<T extends string | undefined>(left: T, right: T): boolean {
  return Boolean(left) && Boolean(right) && left !== right;
}

/** `2008r2` and `08r2_ent_ha` are both 2008. */
function releaseYear(engineVersion: string): number | undefined {
  const digits = /^(\d{4}|\d{2}(?=r))/.exec(engineVersion)?.[1];
  if (digits === undefined) return undefined;
  return digits.length === 2 ? 2000 + Number(digits) : Number(digits);
}
