import { weekdays } from "../world/backupPolicy.js";
import type { Instance } from "../world/schema.js";

const day = 24 * 3600 * 1000;

/** The moments at which the policy begins automatic sets, after one moment and up to another. */
export function backupTimes({ days, time }: Instance["backupPolicy"], after: number, upTo: number): number[] {
  const [hours = 0, minutes = 0] = time.split(/[:Z]/).map(Number);
  const offset = (hours * 60 + minutes) * 60_000;
  const wanted = days.split(",");
  const times: number[] = [];
  for (let start = Math.floor((after - offset) / day) * day + offset; start <= upTo; start += day) {
    const weekday = weekdays[new Date(start).getUTCDay()];
    if (start > after && weekday !== undefined && wanted.includes(weekday)) times.push(start);
  }
  return times;
}

/** The next of them; a policy names two days of the week at least. */
export const nextBackup = (policy: Instance["backupPolicy"], now: number): number =>
  backupTimes(policy, now, now + 7 * day)[0] ?? now + 7 * day;
