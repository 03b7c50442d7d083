import type { Backup, Instance } from "../world/schema.js";

/** How large a database is once restored: its present size, 1 GiB for one that is no longer there. */
export const restoredGiB = (source: Instance, name: string): number =>
  sizesOf(source.databases).get(name.toLowerCase()) ?? 1;

export const backupGiB = (instance: Instance, backup: Backup): number =>
  backup.sizeGiB ?? Object.keys(backup.databases).reduce((sum, name) => sum + restoredGiB(instance, name), 0);

/** The snapshot sets of an instance together. */
export const snapshotGiB = (instance: Instance): number =>
  instance.backups
    .filter(({ method }) => method === "Snapshot")
    .reduce((sum, set) => sum + backupGiB(instance, set), 0);

/** A world's lists never change in place, so what was worked out for one holds; thousands of sets ask for hundreds of names. */
function sizesOf(databases: Instance["databases"]): ReadonlyMap<string, number> {
  const known = sizes.get(databases);
  if (known !== undefined) return known;
  const made = new Map(databases.map(({ name, sizeGiB }) => [name.toLowerCase(), sizeGiB]));
  sizes.set(databases, made);
  return made;
}

const sizes = new WeakMap<Instance["databases"], ReadonlyMap<string, number>>();
