import type { Instance } from "../world/schema.js";
import { parseMoment } from "../world/time.js";

/** Whether log backups reach from one moment to another without a gap. Spans may touch or overlap, in any order. */
export function isCovered(logs: Instance["logs"], from: number, to: number): boolean {
  const spans = logs
    .map((log) => ({ from: parseMoment(log.from), to: parseMoment(log.to) }))
    .sort((one, other) => one.from - other.from);
  let reached = from;
  for (const span of spans) {
    if (span.from > reached) break;
    reached = Math.max(reached, span.to);
  }
  return reached >= to;
}
