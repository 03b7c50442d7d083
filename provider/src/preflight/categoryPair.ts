import type { InstanceFacts } from "../rds/rdsApi";
import type { Finding } from "./finding";

/**
 * The pairs of categories. Nine of them have an error code of their own that says no (API page of
 * CopyDatabaseBetweenInstances). Of three others the page contradicts itself, so the cloud decides about them.
 */
export function categoryFinding(source: InstanceFacts, target: InstanceFacts): Finding | undefined {
  const from = categoryOf(source);
  const to = categoryOf(target);
  const pair = `${source.instanceId} is of the category ${from} and ${target.instanceId} of the category ${to}`;
  const unclear = unclearPairs[`${from} ${to}`];
  if (unclear !== undefined) {
    return {
      ...unclear,
      code: "category-pair-unclear",
      property,
      text: `${pair}. The documents contradict each other about whether databases are copied from one to the other: the cloud may refuse it.`,
    };
  }
  if (!refusedPairs.has(`${from} ${to}`)) return undefined;
  return {
    code: "category-pair",
    apiCode: `UnsupportedCopyDb${from}To${to}`,
    property,
    text: `${pair}, between which databases are not copied. Name a target of the category ${from}.`,
  };
}

const property = "targetDbInstanceId";

/** "Share" is a family of instance classes and goes before the category (an inference from the names of the codes). */
function categoryOf({ category, classType }: InstanceFacts): string {
  if (classType === "s") return "Share";
  // The cluster edition of SQL Server is called AlwaysOn; older answers say cluster.
  if (/^(alwayson|cluster)$/i.test(category)) return "AlwaysOn";
  return /^highavailability$/i.test(category)
    ? "HighAvailability"
    : /^basic$/i.test(category)
      ? "Basic"
      : category;
}

const refusedPairs: ReadonlySet<string> = new Set([
  "Basic Share",
  "HighAvailability Basic",
  "HighAvailability Share",
  "AlwaysOn Basic",
  "AlwaysOn HighAvailability",
  "AlwaysOn Share",
  "Share Basic",
  "Share HighAvailability",
  "Share AlwaysOn",
]);

/** With the code that speaks against the pair, if there is one. */
const unclearPairs: Readonly<Record<string, { readonly apiCode?: string }>> = {
  "Basic HighAvailability": { apiCode: "BackupRestoreNotSupported.BasicHA" },
  "Basic AlwaysOn": {},
  "HighAvailability AlwaysOn": { apiCode: "BackupRestoreNotSupported.HADedicatedAlwaysOn" },
};
