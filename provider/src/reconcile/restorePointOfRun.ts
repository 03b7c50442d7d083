import type { DatabaseNames } from "../copy/databaseNames";
import type { RestorePoint } from "../copy/restorePoint";
import { heldPoints } from "../ownership/change";
import { isSameRestorePoint } from "../ownership/mark";
import type { Saying } from "../ownership/sayings";
import { ask, say, type Calls } from "./calls";
import type { Seen } from "./observe";
import type { Context, Wanted } from "./operation";
import { sourceOf } from "./run";

/** From where a run copies. */
export interface ChosenPoints {
  /** The first that holds the databases counts. */
  readonly points: readonly RestorePoint[];
  /** Source names that the service spells otherwise: as declared, and as the service does. */
  readonly spelled: DatabaseNames;
}

/**
 * Rule 10, one restore point per run: the pin; else the latest still listed among those that the resource holds and those
 * of the databases found ours in this run; else the latest, with the older ones after it.
 */
export function* chooseRestorePoint(
  ctx: Context,
  wanted: Wanted,
  seen: Seen,
  absent: readonly string[],
): Calls<ChosenPoints | { readonly reasons: readonly Saying[] }> {
  const held = heldInRun(ctx, wanted, seen);
  const names = new Map(absent.map((target) => [sourceOf(wanted, target) ?? target, target]));
  const ahead = yield* ask({ call: "lookAhead", before: "copy", names, choice: wanted.choice, held });
  switch (ahead.state) {
    case "refused":
      return { reasons: [{ kind: "copyBlocked", reasons: ahead.reasons }] };
    case "unknown":
      return { reasons: [{ kind: "copyUnknown", reasons: ahead.reasons }] };
    case "free":
      break;
  }
  const { points, spelled = {} } = ahead;
  const latest = points[0];
  if (!latest) return { reasons: [{ kind: "noRestorePoint", names: absent }] };
  if (wanted.choice.kind !== "latest" || !ctx.rules.onePoint) return { points: [latest], spelled };
  const isHeld = (point: RestorePoint) => held.some((one) => isSameRestorePoint(one, point));
  const listed = points.filter(isHeld);
  if (listed[0]) return { points: [listed[0]], spelled };
  if (held[0]) yield* say({ kind: "mixedPoints", point: latest, held: held[0] });
  return { points, spelled };
}

/** The restore points of what is recorded and of what was found ours. */
export function heldInRun(ctx: Context, wanted: Wanted, { records, verdicts }: Seen): RestorePoint[] {
  const targets = Object.values(wanted.names);
  const found = targets.flatMap((name) => {
    const verdict = verdicts.get(name);
    return verdict?.kind === "ours" ? [verdict.point] : [];
  });
  const all = [...heldPoints(records, ctx.restorePoint, targets), ...found];
  return all.filter((point, i) => all.findIndex((one) => isSameRestorePoint(one, point)) === i);
}
