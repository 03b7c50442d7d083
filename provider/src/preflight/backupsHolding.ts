import { sameName } from "../copy/databaseNames";
import { usableBackups } from "../copy/restorePoint";
import type { Known } from "./known";
import { pointSet } from "./pointSet";

/** Whether a set that the copy may use is known to hold a database. Sets that cannot be downloaded tell nothing. */
export function backupsHolding({ plan, backups }: Known, source: string): boolean {
  const { choice } = plan;
  if (backups === undefined || choice === undefined) return false;
  const sets = choice.kind === "latest" ? usableBackups(backups, []) : [pointSet(choice, backups, [])];
  return sets.some((set) => set?.databases.some((name) => sameName(name, source)));
}
