import type { Cloud } from "../cloud";
import type { PlayedEngine } from "../engine";
import { handsOn } from "../hands";
import type { PlayedProcess } from "../process";
import type { VirtualTime } from "../virtualTime";
import { droppedKey, intentsOn, limitOf, type Deed, type Limit, type Scene } from "./limits";
import type { Hand } from "./schedule";
import type { Truths } from "./truth";

/** The hands of other people: what they do, and how often a limit kept them away. */
export interface StormHands {
  /** Whether it was done; not if there is nothing to do it to, or a limit covers it now. */
  put(hand: Hand): boolean;
  readonly kept: ReadonlyMap<Limit, number>;
  /** Somebody took the tags off this instance: limit L5. */
  readonly untagged: ReadonlySet<string>;
}

export function stormHands(stage: {
  readonly cloud: Cloud;
  readonly time: VirtualTime;
  readonly engines: readonly PlayedEngine[];
  readonly truths: Truths;
  active(): readonly PlayedProcess[];
}): StormHands {
  const { cloud, time, engines, truths } = stage;
  const hands = handsOn(cloud, time.now);
  const kept = new Map<Limit, number>();
  const untagged = new Set<string>();
  const dropped = new Set<string>();
  let made = 0;

  function isKept(deed: Deed, instanceId: string, name: string): boolean {
    const scene: Scene = { cloud, engines, truths, active: stage.active(), dropped };
    const limit = limitOf(deed, instanceId, name, scene);
    if (limit) kept.set(limit, (kept.get(limit) ?? 0) + 1);
    return limit !== undefined;
  }

  function make(instanceId: string, name: string): void {
    made++;
    hands.make(instanceId, name, `somebody-${made}`);
    truths.made(instanceId, name, `somebody-${made}`);
  }

  function chosen({ instanceId, which }: Extract<Hand, { readonly which: number }>) {
    const running = databasesOn(cloud, instanceId).filter(({ status }) => status === "Running");
    return running[which % Math.max(running.length, 1)];
  }

  return {
    kept,
    untagged,
    put(hand) {
      const { instanceId } = hand;
      switch (hand.deed) {
        case "drop": {
          const database = chosen(hand);
          if (!database || isKept("drop", instanceId, database.name)) return false;
          const place = { instanceId, name: database.name };
          for (const intent of intentsOn(place, { cloud })) dropped.add(droppedKey(intent, place));
          hands.drop(instanceId, database.name);
          truths.gone(instanceId, database.name);
          return true;
        }
        case "remake": {
          const database = chosen(hand);
          if (!database || isKept("make", instanceId, database.name)) return false;
          make(instanceId, database.name);
          return true;
        }
        case "edit": {
          const database = chosen(hand);
          const truth = database && truths.at(instanceId, database.name);
          // Only what carries a mark is edited: without one, somebody's words are as good as none.
          if (truth?.by !== "ours" || !database?.description.startsWith("pulumi-")) return false;
          if (isKept("edit", instanceId, database.name)) return false;
          hands.describe(instanceId, database.name, "ours-now");
          truths.edited(instanceId, database.name);
          return true;
        }
        case "make": {
          if (hands.database(instanceId, hand.name) || isKept("make", instanceId, hand.name)) return false;
          make(instanceId, hand.name);
          return true;
        }
        case "untag": {
          const tags = cloud.world.instances.find(({ id }) => id === instanceId)?.tags ?? {};
          if (Object.keys(tags).length === 0 || stage.active().some(({ killed }) => killed)) return false;
          hands.untag(instanceId);
          untagged.add(instanceId);
          return true;
        }
      }
    },
  };
}

function databasesOn({ world }: Cloud, instanceId: string) {
  return world.instances.find(({ id }) => id === instanceId)?.databases ?? [];
}
