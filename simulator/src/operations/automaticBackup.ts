import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { backupTimes } from "./backupTimes.js";
import type { World, WorldDraft } from "../world/schema.js";
import { momentText, parseMoment } from "../world/time.js";

type InstanceDraft = WorldDraft["instances"][number];

/** Makes the sets of the policy's times that ended after one moment and up to another. */
export function backUpByPolicy(
  instance: InstanceDraft,
  life: World["life"],
  since: number,
  until: number,
): void {
  if (!instance.automaticBackups || instance.status !== "Running") return;
  const held = instance.databases.filter(({ status }) => status === "Running");
  const sizeGiB = held.reduce((sum, database) => sum + database.sizeGiB, 0);
  const lasts = Math.max(life.backupMinimumSeconds, life.backupSecondsPerGiB * sizeGiB) * 1000;
  for (const start of backupTimes(instance.backupPolicy, since - lasts, until - lasts)) {
    const id = String(3_000_000_000 + Math.floor(start / 60_000));
    if (instance.backups.some((backup) => backup.id === id)) continue;
    instance.backups.push({
      id,
      start: momentText(start),
      end: momentText(start + lasts),
      type: nextType(instance),
      mode: "Automated",
      method: instance.backupMethod,
      status: "Success",
      available: true,
      copyOnly: false,
      archived: false,
      databases: Object.fromEntries(held.map(({ name, content }) => [name, content])),
      sizeGiB,
    });
  }
}

/** One full set, then two incremental ones; sets made by hand count. */
function nextType(instance: InstanceDraft): "FullBackup" | "IncrementalBackup" {
  const lastTwo = instance.backups
    .filter(({ status }) => status === "Success")
    .sort((one, other) => parseMoment(one.start) - parseMoment(other.start))
    .slice(-2);
  return lastTwo.some(({ type }) => type === "FullBackup") ? "IncrementalBackup" : "FullBackup";
}

behaviour({
  id: "time.backup-by-policy",
  action: "*",
  says: "An instance with automaticBackups is backed up at the days and the time of its policy, every evening at 18:00Z unless it was changed: full, incremental, incremental; a full set made by hand is followed by two incremental ones.",
  basis: "documented",
  source: sources.documents2020,
});
