import { refuse } from "../rules/refuse.js";
import { behaviour, refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import type { Instance } from "../world/schema.js";

/** Refuses the pairs of categories between which databases cannot be copied. */
export function checkCategories(source: Instance, target: Instance): void {
  if (isShared(source) && isDedicated(target)) throw refuse(sharedToDedicated);
  if (isDedicated(source) && isShared(target)) throw refuse(dedicatedToShared);
  const rule = refusedPairs[`${kindOf(source)}->${kindOf(target)}`];
  if (rule !== undefined) throw refuse(rule);
}

/** "Share" is a class family and no category, and goes before it. */
function kindOf(instance: Instance): string {
  if (isShared(instance)) return "Share";
  return instance.category === "cluster" ? "AlwaysOn" : instance.category;
}

const isShared = ({ classType }: Instance) => classType === "s";
/** A dedicated class or a whole host. */
const isDedicated = ({ classType }: Instance) => classType === "d" || classType === "h";

const of = { action: "CopyDatabaseBetweenInstances", basis: "documented", source: sources.copyPage } as const;

const sharedToDedicated = refusal({
  ...of,
  id: "copy.category.Share-dedicated",
  code: "BackupRestoreNotSupported.ShareDedicatedAlwaysOn",
  status: 400,
  message: "Backups of shared instances cannot be restored to dedicated ones.",
  says: "No copy from a shared class to a dedicated one or a whole host, whatever the category. Shared to cluster or high availability in a general class has the code of its pair.",
});
const dedicatedToShared = refusal({
  ...of,
  id: "copy.category.dedicated-Share",
  code: "InvalidShareDbInstanceClassNotSupport",
  status: 400,
  message: "The shared class of the target does not support this operation.",
  says: "No copy from a dedicated class or a whole host to a shared one; an old page says so for restores, the code is taken for it.",
  basis: "inferred",
  source: sources.documents2020,
});

const unsupported = (from: string, to: string) =>
  refusal({
    ...of,
    id: `copy.category.${from}-${to}`,
    code: `UnsupportedCopyDb${from}To${to}`,
    status: 403,
    message: `Databases cannot be copied from a ${from} to a ${to} instance.`,
    says: `No copy from ${from} to ${to}.`,
  });

const refusedPairs: Readonly<Record<string, ReturnType<typeof unsupported>>> = {
  "Basic->HighAvailability": refusal({
    ...of,
    id: "copy.category.Basic-HighAvailability",
    code: "BackupRestoreNotSupported.BasicHA",
    status: 400,
    message: "Backups cannot be restored between basic and high-availability instances.",
    says: "No copy from Basic to HighAvailability: of the two ways the message speaks of, the one without a code of its own.",
  }),
  "Basic->Share": unsupported("Basic", "Share"),
  "HighAvailability->Basic": unsupported("HighAvailability", "Basic"),
  "HighAvailability->AlwaysOn": refusal({
    ...of,
    id: "copy.category.HighAvailability-AlwaysOn",
    code: "BackupRestoreNotSupported.HADedicatedAlwaysOn",
    status: 400,
    message: "Backups of high-availability instances cannot be restored to cluster instances.",
    says: "No copy from HighAvailability to AlwaysOn.",
  }),
  "HighAvailability->Share": unsupported("HighAvailability", "Share"),
  "AlwaysOn->Basic": unsupported("AlwaysOn", "Basic"),
  "AlwaysOn->HighAvailability": unsupported("AlwaysOn", "HighAvailability"),
  "AlwaysOn->Share": unsupported("AlwaysOn", "Share"),
  "Share->Basic": unsupported("Share", "Basic"),
  "Share->HighAvailability": unsupported("Share", "HighAvailability"),
  "Share->AlwaysOn": unsupported("Share", "AlwaysOn"),
};

behaviour({
  ...of,
  id: "copy.category.allowed",
  says: "Equal categories, and Basic to AlwaysOn, for which no code exists, are allowed.",
  basis: "inferred",
});
