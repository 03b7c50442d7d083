import type { Database } from "../../../simulator/src/world/schema";
import type { Cloud } from "../cloud";
import { handsOn } from "../hands";
import type { VirtualTime } from "../virtualTime";
import type { Watch } from "./invariants";
import { targets, type Trouble } from "./schedule";

/** Lets somebody put a hand in while a run is under way. */
export function meanwhile(
  { nth, hand }: NonNullable<Trouble["meanwhile"]>,
  whose: Whose,
  { cloud, time, watch }: { readonly cloud: Cloud; readonly time: VirtualTime; readonly watch: Watch },
): void {
  const hands = handsOn(cloud, time.now);
  let dropped: Dropped | undefined;
  cloud.interrupt(nth, () => {
    if (!dropped) {
      const found = oneOfOurs(cloud, watch, whose);
      if (!found) return "again";
      hands.drop(found.instanceId, found.name);
      watch.goneMeanwhile(found.instanceId, found.name);
      dropped = { ...found, atCall: cloud.calls.length, at: time.now() };
      return hand === "drop" ? "done" : "again";
    }
    const { instanceId, name, atCall, at } = dropped;
    const since = cloud.calls.slice(atCall);
    // Asked for by then, a name that appears would pass for the effect of a lost answer: documented, and not played.
    if (since.some(({ action }) => action === "CopyDatabaseBetweenInstances")) return "done";
    const looks = since.filter(
      ({ action, status, params }) =>
        action === "DescribeDatabases" && status === 200 && params["DBInstanceId"] === instanceId,
    );
    // Both resources of a run have looked twice by then. Dropped and made anew between two looks, or while a drop of ours is on
    // its way, nobody can tell the one from the other: documented, and not played.
    if (looks.length < 5 || time.now() - at < 3000) return "again";
    if (!hands.database(instanceId, name)) {
      watch.foreignMade(instanceId, name, hands);
      watch.madeMeanwhile();
    }
    return "done";
  });
}

export interface Whose {
  /** Whether a mark was put on by this run, and its state will tell of it. */
  readonly ownMark: (database: Database) => boolean;
  /** Whether a killed run has asked for it, and no run has made that good since. */
  readonly isUncertain: (instanceId: string, name: string) => boolean;
}

interface Dropped {
  readonly instanceId: string;
  readonly name: string;
  readonly atCall: number;
  readonly at: number;
}

/**
 * A database with a mark that a state tells of, or will tell of when this run ends. Whose mark nobody tells of, or who
 * carries none, cannot be told apart from what somebody made of its name: documented, and not played.
 */
function oneOfOurs(
  cloud: Cloud,
  watch: Watch,
  { ownMark, isUncertain }: Whose,
): { instanceId: string; name: string } | undefined {
  for (const { id: instanceId, databases } of cloud.world.instances) {
    if (!targets.includes(instanceId)) continue;
    for (const database of databases) {
      const { name, status } = database;
      const isTold = watch.hasRecordedMark(instanceId, database) || ownMark(database);
      const isClear = isTold && !watch.isForeign(instanceId, name) && !isUncertain(instanceId, name);
      if (status === "Running" && isClear) return { instanceId, name };
    }
  }
  return undefined;
}
