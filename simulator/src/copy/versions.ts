import { refuse } from "../rules/refuse.js";
import { refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import type { Instance, World } from "../world/schema.js";
import { follows2019 } from "./page2019.js";

/** Refuses the pairs of versions between which databases cannot be copied. */
export function checkVersions(world: World, source: Instance, target: Instance): void {
  const from = yearOf(source);
  const to = yearOf(target);
  const values = { from: source.engineVersion, to: target.engineVersion };
  if (follows2019(world)) {
    if (!years2019.has(from) || !years2019.has(to)) throw refuse(neither2012Nor2016, { values });
    if (from !== to) throw refuse(unequal, { values });
    return;
  }
  if (from === undefined || to === undefined) throw refuse(unknownVersion, { values });
  if (from > to) throw refuse(newerSource, { values });
}

/** 2008r2 and 08r2_ent_ha are both 2008; editions and clusters of one year are one version. */
function yearOf({ engineVersion }: Instance): number | undefined {
  const digits = /^(20)?(\d\d)(r2)?(_|$)/.exec(engineVersion)?.[2];
  return digits === undefined ? undefined : 2000 + Number(digits);
}

const years2019 = new Set<number | undefined>([2012, 2016]);

const of = { action: "CopyDatabaseBetweenInstances", basis: "documented", source: sources.copyPage } as const;

const unknownVersion = refusal({
  ...of,
  id: "copy.version-malformed",
  code: "InvalidEngineVersion.Malformed",
  status: 400,
  message: "The engine versions ({from}, {to}) do not support this operation.",
  says: "Both versions are versions of SQL Server.",
});
const newerSource = refusal({
  ...of,
  id: "copy.version",
  code: "InvalidInstanceVersion",
  status: 403,
  message: "The version of the source ({from}) is higher than that of the target ({to}).",
  says: "The source is not of a higher version than the target; equal versions are no longer asked for.",
});
const neither2012Nor2016 = refusal({
  ...of,
  id: "copy.2019.version-served",
  switch: "apiPage",
  code: "InvalidEngineVersion.Malformed",
  status: 400,
  message: "The engine versions ({from}, {to}) do not support this operation.",
  says: "Under the 2019 page: SQL Server 2012 and 2016 only; the page gives no code for it.",
  basis: "inferred",
  source: sources.copyPage2019,
});
const unequal = refusal({
  ...of,
  id: "copy.2019.version-equal",
  switch: "apiPage",
  code: "InvalidInstanceVersion",
  status: 403,
  message: "The versions of the source ({from}) and the target ({to}) differ.",
  says: "Under the 2019 page: equal versions, by the year, whatever the edition; the page gives no code for it.",
  basis: "inferred",
  source: sources.copyPage2019,
});
