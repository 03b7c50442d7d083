import type { Fault } from "../faults/rule.js";
import type { JournalEntry } from "../journal/journal.js";
import type { Moment } from "../call/request.js";
import { databasesOf, kinds } from "../operations/kinds.js";
import { shareDone } from "../operations/operation.js";
import { instanceStatus, usedGiB } from "../world/find.js";
import type { Operation, World } from "../world/schema.js";
import { momentText } from "../world/time.js";
import type { Clock, ClockKind } from "./clock.js";

/** What a person wants to see at a glance: the world without its secrets, its running operations, the last calls. */
export interface Status {
  /** The world's time. */
  readonly now: string;
  readonly clock: ClockKind;
  /** How many seconds of the world pass in a real one. */
  readonly speed: number;
  readonly instances: readonly InstanceStatus[];
  readonly operations: readonly OperationStatus[];
  /** The newest first. */
  readonly calls: readonly JournalEntry[];
  readonly faults: readonly Fault[];
}

export interface InstanceStatus {
  readonly id: string;
  readonly description: string;
  readonly region: string;
  readonly engineVersion: string;
  readonly category: string;
  readonly status: string;
  readonly usedGiB: number;
  readonly storageGiB: number;
  readonly tags: Readonly<Record<string, string>>;
  /** The newest first. */
  readonly backups: readonly { id: string; status: string; end: string }[];
  readonly databases: readonly {
    name: string;
    status: string;
    sizeGiB: number;
    content: string;
    /** Here clients leave marks of whose a database is. */
    description: string;
  }[];
}

export interface OperationStatus {
  readonly id: string;
  /** The API call that began it. */
  readonly action: string;
  readonly instanceId: string;
  /** What it is about, for people. */
  readonly about: string;
  /** 0 to 100. */
  readonly percent: number;
  readonly started: string;
}

/** How many of the last calls it tells. */
export const shownCalls = 50;

export interface Seen {
  /** Settled at the moment. */
  readonly world: World;
  readonly moment: Moment;
  readonly clock: Pick<Clock, "kind" | "speed">;
  readonly calls: readonly JournalEntry[];
  readonly faults: readonly Fault[];
}

export const statusOf = ({ world, moment, clock, calls, faults }: Seen): Status => ({
  now: momentText(moment.now),
  clock: clock.kind,
  speed: clock.speed,
  instances: world.instances.map((instance) => ({
    id: instance.id,
    description: instance.description,
    region: instance.region,
    engineVersion: instance.engineVersion,
    category: instance.category,
    status: instanceStatus(world, instance),
    usedGiB: usedGiB(instance),
    storageGiB: instance.storageGiB,
    tags: instance.tags,
    backups: instance.backups.map(({ id, status, end }) => ({ id, status, end })).reverse(),
    databases: instance.databases.map(({ name, status, sizeGiB, content, description }) => ({
      name,
      status,
      sizeGiB,
      content,
      description,
    })),
  })),
  operations: world.operations.map((operation) => ({
    id: operation.id,
    action: kinds[operation.kind].apiName,
    instanceId: operation.instanceId,
    about: about(operation),
    percent: Math.floor(100 * shareDone(operation, moment)),
    started: operation.started,
  })),
  calls: [...calls].reverse(),
  faults,
});

const about = (operation: Operation): string =>
  operation.kind === "copy"
    ? `from ${operation.sourceId}: ${operation.databases.map(({ source, target }) => `${source} → ${target}`).join(", ")}`
    : databasesOf(operation).join(", ");
