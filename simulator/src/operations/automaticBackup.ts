import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import type { World, WorldDraft } from "../world/schema.js";
import { momentText, parseMoment } from "../world/time.js";

type InstanceDraft = WorldDraft["instances"][number];

const day = 24 * 3600 * 1000;
/** PreferredBackupTime of the policy: 18:00Z. */
const evening = 18 * 3600 * 1000;

/** Makes the sets of every evening that ended after one moment and up to another. */
export function backUpEvenings(
  instance: InstanceDraft,
  life: World["life"],
  since: number,
  until: number,
): void {
  if (!instance.automaticBackups || instance.status !== "Running") return;
  const held = instance.databases.filter(({ status }) => status === "Running");
  const sizeGiB = held.reduce((sum, database) => sum + database.sizeGiB, 0);
  const lasts = Math.max(life.backupMinimumSeconds, life.backupSecondsPerGiB * sizeGiB) * 1000;
  const first = Math.floor((since - lasts - evening) / day) * day + evening;
  for (let start = first; start + lasts <= until; start += day) {
    if (start + lasts <= since) continue;
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
  id: "time.backup-every-evening",
  action: "*",
  says: "An instance with automaticBackups is backed up every evening at 18:00Z, full, incremental, incremental; a full set made by hand is followed by two incremental ones.",
  basis: "documented",
  source: sources.documents2020,
});
