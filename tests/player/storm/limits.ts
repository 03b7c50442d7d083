import type { Database, Instance } from "../../../simulator/src/world/schema";
import { recordOf, type DatabaseRecord } from "../../../provider/src/ownership/record";
import { covers, readIntents, type Intent } from "../../../provider/src/ownership/intent";
import { parseMark } from "../../../provider/src/ownership/mark";
import type { CallRecord, Cloud } from "../cloud";
import type { PlayedEngine } from "../engine";
import type { PlayedProcess } from "../process";
import { truthKey, type Truths } from "./truth";

/** The inherent limits behind which the storm keeps its hands away (docs/ownership.md, limits). */
export type Limit = "L1" | "L2" | "L4" | "L9";

/** What somebody does to one name. */
export type Deed =
  /** Drops what is there. */
  | "drop"
  /** Writes his own words over the description. */
  | "edit"
  /** Makes a database where none is, or in place of the one that is there. */
  | "make";

export interface Scene {
  readonly cloud: Cloud;
  readonly engines: readonly PlayedEngine[];
  readonly truths: Truths;
  /** The processes that are at work. */
  readonly active: readonly PlayedProcess[];
  /** What somebody has dropped while an intent covered it (`droppedKey`). */
  readonly dropped: ReadonlySet<string>;
}

/** The limit that covers this deed now: the same evidence would stand for two truths. `undefined`: the case can be told. */
export function limitOf(deed: Deed, instanceId: string, name: string, scene: Scene): Limit | undefined {
  const { active } = scene;
  // What other people do while the process of a killed run lives on.
  if (active.some(({ killed }) => killed)) return "L4";
  if (deed === "drop") return undefined;
  const place = { instanceId, name };
  if (deed === "make" && active.some((process) => isAsking(process, place, scene))) return "L1";
  const database = databaseAt(place, scene);
  // Whose mark is written over while an intent covers it is unmarked under that intent, whatever a run has seen before.
  if (deed === "edit" && intentsOn(place, scene).length > 0) return "L2";
  // An unmarked database under an intent is taken for the copy of that call.
  if (intentsOn(place, scene).some((intent) => speaksOf(intent, place, database, scene))) return "L2";
  const records = recordsOf(place, scene);
  if (records.some(({ record, marksOn }) => !marksOn && record.phase !== "adopted")) return "L9";
  return undefined;
}

export function droppedKey({ id }: Intent, { instanceId, name }: Place): string {
  return `${id} ${truthKey(instanceId, name)}`;
}

interface Place {
  readonly instanceId: string;
  readonly name: string;
}

/** A run has asked for a copy of this name, and it does not carry its mark yet. */
function isAsking(process: PlayedProcess, { instanceId, name }: Place, scene: Scene): boolean {
  const asked = scene.cloud.calls.some((call) => call.process === process && copies(call, instanceId, name));
  const truth = scene.truths.at(instanceId, name);
  const database = databaseAt({ instanceId, name }, scene);
  const isMarked =
    truth?.by === "ours" && database !== undefined && parseMark(database.description) !== undefined;
  return asked && !isMarked;
}

export function copies({ action, params }: CallRecord, instanceId: string, name: string): boolean {
  return (
    action === "CopyDatabaseBetweenInstances" &&
    params["TargetDBInstanceId"] === instanceId &&
    namesOfCopy(params).some((one) => one.toLowerCase() === name.toLowerCase())
  );
}

export function namesOfCopy(params: Readonly<Record<string, string>>): string[] {
  return Object.values(JSON.parse(params["DbNames"] ?? "{}") as Record<string, string>);
}

/** Whether an unmarked database of this name would be taken for the copy of this intent. */
function speaksOf(intent: Intent, place: Place, database: Database | undefined, scene: Scene): boolean {
  const isAtWork = scene.active.length > 0;
  // The tasks tell whether ours was asked for at all, and whether it failed.
  const wasDropped = scene.dropped.has(droppedKey(intent, place));
  if (!isAtWork && !database && intent.phase === "pending" && !wasDropped) return false;
  if (intent.phase !== "recorded" || isAtWork) return true;
  return recordsOf(place, scene).some(({ record }) => record.phase !== "adopted" && record.id === intent.id);
}

export function intentsOn({ instanceId, name }: Place, { cloud }: Pick<Scene, "cloud">): readonly Intent[] {
  const read = readIntents(instanceOf(instanceId, cloud)?.tags ?? {});
  return read.state === "read" ? read.intents.filter((intent) => covers(intent, name)) : [];
}

interface Recorded {
  readonly engine: PlayedEngine;
  readonly resource: string;
  readonly record: DatabaseRecord;
  readonly marksOn: boolean;
}

/** What the states record of a name. */
export function recordsOf({ instanceId, name }: Place, { engines }: Pick<Scene, "engines">): Recorded[] {
  return engines.flatMap((engine) =>
    Object.entries(engine.state).flatMap(([resource, { outputs, pendingReplacement }]) => {
      const record = recordOf(outputs.databases, name);
      if (!record || pendingReplacement || outputs.targetDbInstanceId !== instanceId) return [];
      return [{ engine, resource, record, marksOn: outputs.ownershipMarks ?? true }];
    }),
  );
}

function databaseAt({ instanceId, name }: Place, { cloud }: Scene): Database | undefined {
  return instanceOf(instanceId, cloud)?.databases.find(
    (one) => one.name.toLowerCase() === name.toLowerCase(),
  );
}

function instanceOf(instanceId: string, { world }: Pick<Cloud, "world">): Instance | undefined {
  return world.instances.find(({ id }) => id === instanceId);
}
