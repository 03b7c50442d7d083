import { RdsFailure } from "../rds/failure";
import { isFromElsewhere } from "../rds/nextStep";
import type { RdsAction } from "../rds/permissions";
import type {
  BackupPolicy,
  BackupSet,
  DatabaseFacts,
  EncryptionFacts,
  InstanceFacts,
  LogBackup,
  RdsApi,
  TaskFacts,
} from "../rds/rdsApi";
import type { Clock } from "../time/clock";
import type { Patience } from "./patience";

/** The questions of the preflight. Each rejects with an `RdsFailure` when it is not answered. */
export interface Facts {
  readonly region: string;
  readonly endpoint: string;
  readonly signer: () => string | undefined;
  instance(instanceId: string): Promise<InstanceFacts | undefined>;
  databases(instanceId: string): Promise<readonly DatabaseFacts[]>;
  /** All sets of an instance, or the one of the given id if there is one. */
  backups(instanceId: string, backupId?: string): Promise<readonly BackupSet[]>;
  policy(instanceId: string): Promise<BackupPolicy>;
  logs(instanceId: string, since: number, until: number): Promise<readonly LogBackup[]>;
  encryption(instanceId: string): Promise<EncryptionFacts>;
  tags(instanceId: string): Promise<Readonly<Record<string, string>>>;
  tasks(instanceId: string, since: number, until: number): Promise<readonly TaskFacts[]>;
  /** Age in milliseconds of the oldest answer that was given so far. */
  oldest(): number;
}

export interface Asking {
  /** The reads that answer; they may be patient ones. */
  readonly reads: RdsApi;
  readonly clock: Clock;
  readonly patience: Patience;
  /** How old an answer may be that somebody else got, in milliseconds. */
  readonly maxAgeMs: number;
}

/** Before a copy: what others learnt so recently, in milliseconds, is as good as a look of one's own. */
export const freshMs = 5000;

/**
 * The facts that all copies of a process share, for as long as they use one way to the cloud. A question
 * that was asked is not asked again, also while its answer is under way, unless somebody wants it fresh.
 */
export function factsOf(cloud: RdsApi, { reads, clock, patience, maxAgeMs }: Asking): Facts {
  const memory = memories.get(cloud) ?? newMemory();
  memories.set(cloud, memory);
  let oldest = 0;

  async function ask<T>(
    answers: Map<string, Remembered<T>>,
    key: string,
    action: RdsAction,
    read: () => Promise<T>,
  ): Promise<T> {
    const now = clock.now();
    const known = answers.get(key);
    if (known && now - known.askedAt <= maxAgeMs) {
      const answer = await known.answer;
      oldest = Math.max(oldest, now - known.askedAt);
      patience.heard();
      return answer;
    }
    const asked: Remembered<T> = { askedAt: now, answer: throughDoor(() => patience.hear(action, read)) };
    answers.set(key, asked);
    try {
      return await asked.answer;
    } catch (error) {
      if (!isLasting(error) && answers.get(key) === asked) answers.delete(key);
      throw error;
    }
  }

  /** Until one question was answered, the others wait: a way that leads nowhere is walked once and not by all. */
  async function throughDoor<T>(hear: () => Promise<T>): Promise<T> {
    const now = clock.now();
    const door = memory.door;
    if (door && (door.open || now - door.triedAt <= Math.min(maxAgeMs, shutForMs))) {
      await door.passed;
      patience.heard();
      return hear();
    }
    const answer = hear();
    const tried: Door = { triedAt: now, open: false, passed: whetherOpen(answer) };
    memory.door = tried;
    tried.passed.then(
      () => (tried.open = true),
      () => undefined,
    );
    return answer;
  }

  return {
    region: cloud.region,
    endpoint: cloud.endpoint,
    signer: cloud.signer,
    instance: (id) =>
      ask(memory.instances, id, "DescribeDBInstanceAttribute", () => reads.describeInstance(id)),
    databases: (id) => ask(memory.databases, id, "DescribeDatabases", () => reads.describeDatabases(id)),
    backups: (instanceId, backupId) =>
      ask(memory.backups, `${instanceId} ${backupId ?? ""}`, "DescribeBackups", () =>
        reads.describeBackups({ instanceId, ...(backupId === undefined ? {} : { backupId }) }),
      ),
    policy: (id) => ask(memory.policies, id, "DescribeBackupPolicy", () => reads.describeBackupPolicy(id)),
    logs: (id, since, until) =>
      ask(memory.logs, `${id} ${since} ${until}`, "DescribeLogBackupFiles", () =>
        reads.describeLogBackups(id, new Date(since), new Date(until)),
      ),
    encryption: (id) =>
      ask(memory.encryption, id, "DescribeDBInstanceTDE", () => reads.describeEncryption(id)),
    tags: (id) => ask(memory.tags, id, "ListTagResources", () => reads.listTags(id)),
    tasks: (id, since, until) =>
      ask(memory.tasks, `${id} ${since} ${until}`, "DescribeHistoryTasks", () =>
        reads.describeHistoryTasks(id, new Date(since), new Date(until)),
      ),
    oldest: () => oldest,
  };
}

interface Remembered<T> {
  readonly askedAt: number;
  readonly answer: Promise<T>;
}

interface Door {
  readonly triedAt: number;
  open: boolean;
  readonly passed: Promise<void>;
}

interface Memory {
  readonly instances: Map<string, Remembered<InstanceFacts | undefined>>;
  readonly databases: Map<string, Remembered<readonly DatabaseFacts[]>>;
  readonly backups: Map<string, Remembered<readonly BackupSet[]>>;
  readonly policies: Map<string, Remembered<BackupPolicy>>;
  readonly logs: Map<string, Remembered<readonly LogBackup[]>>;
  readonly encryption: Map<string, Remembered<EncryptionFacts>>;
  readonly tags: Map<string, Remembered<Readonly<Record<string, string>>>>;
  readonly tasks: Map<string, Remembered<readonly TaskFacts[]>>;
  door: Door | undefined;
}

/** A stack has clients of its own, so nothing is shared across stacks. */
const memories = new WeakMap<RdsApi, Memory>();

const newMemory = (): Memory => ({
  instances: new Map(),
  databases: new Map(),
  backups: new Map(),
  policies: new Map(),
  logs: new Map(),
  encryption: new Map(),
  tags: new Map(),
  tasks: new Map(),
  door: undefined,
});

/** After this time a way that led nowhere is tried again. */
const shutForMs = 60_000;

/** Any answer of the service opens, also a refusal: it was reached, and it knows the key. */
async function whetherOpen(answer: Promise<unknown>): Promise<void> {
  try {
    await answer;
  } catch (error) {
    if (isClosing(error)) throw error;
  }
}

/** Nobody answered where there is no status, and the service did not where another one may have. */
function isClosing(error: unknown): boolean {
  if (!(error instanceof RdsFailure)) return true;
  return error.kind === "signIn" || error.status === undefined || isFromElsewhere(error.code);
}

/** A permission that is missing is missing for the whole run. */
function isLasting(error: unknown): boolean {
  return error instanceof RdsFailure && error.kind === "denied";
}
