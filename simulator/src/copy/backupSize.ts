import { findDatabase } from "../world/find.js";
import type { Backup, Instance } from "../world/schema.js";

/** How large a database is once restored: its present size, 1 GiB for one that is no longer there. */
export const restoredGiB = (source: Instance, name: string): number =>
  findDatabase(source, name)?.sizeGiB ?? 1;

export const backupGiB = (instance: Instance, backup: Backup): number =>
  backup.sizeGiB ?? Object.keys(backup.databases).reduce((sum, name) => sum + restoredGiB(instance, name), 0);
