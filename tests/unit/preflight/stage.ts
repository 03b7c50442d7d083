import { startSimulator, type JournalEntry, type Simulator, type WorldInput } from "alicloud-rds-simulator";
import { targetLocks } from "../../../provider/src/copy/targetLocks";
import { check } from "../../../provider/src/lifecycle/check";
import { processMemory, type Session } from "../../../provider/src/lifecycle/memory";
import type { Problem } from "../../../provider/src/lifecycle/pastedOutput";
import { registry } from "../../../provider/src/ownership/registry";
import type { Connection } from "../../../provider/src/rds/connection";
import type { RdsApi } from "../../../provider/src/rds/rdsApi";
import { sdkRds } from "../../../provider/src/rds/sdkRds";
import type { Clock } from "../../../provider/src/time/clock";

/** A simulated cloud in virtual time, reached through the real SDK, and processes of the provider that look at it. */
export interface Stage {
  readonly simulator: Simulator;
  /** The simulated time; a sleep moves it. */
  readonly clock: Clock;
  /** A way to the cloud that has learnt nothing yet. */
  cloud(overrides?: Partial<Connection>): RdsApi;
  close(): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const simulator = await startSimulator({ clock: "virtual" });
  const clock: Clock = {
    now: () => Date.parse(simulator.world().now),
    // A slow machine is no silent network.
    standsStillInCalls: true,
    sleep: (milliseconds) => {
      simulator.advance(milliseconds);
      return Promise.resolve();
    },
  };
  return {
    simulator,
    clock,
    cloud: (overrides = {}) =>
      sdkRds({
        region: "cn-hangzhou",
        regionSource: "configuration",
        endpoint: simulator.endpoint,
        protocol: "HTTP",
        readTimeoutMs: 60_000,
        connectTimeoutMs: 60_000,
        alwaysSent: {},
        credentials: () =>
          Promise.resolve({ accessKeyId: "simulated-key", accessKeySecret: "simulated-secret" }),
        signer: () => undefined,
        asking: () => undefined,
        ...overrides,
      }),
    close: () => simulator.close(),
  };
}

/** What a check said. */
export interface Seen {
  readonly problems: readonly Problem[];
  readonly warnings: readonly string[];
  readonly lines: readonly string[];
}

/** One process of the provider. */
export interface Process {
  readonly session: Session;
  readonly warnings: string[];
  readonly lines: string[];
  /** Passing lines. */
  readonly statuses: string[];
  check(news: Inputs, olds?: Inputs): Promise<Seen>;
}

export type Inputs = Readonly<Record<string, unknown>>;

export function openProcess(rds: RdsApi, clock: Clock, atATime?: number): Process {
  const warnings: string[] = [];
  const lines: string[] = [];
  const statuses: string[] = [];
  let drawn = 0;
  const session: Session = {
    clock,
    locks: targetLocks(),
    memory: processMemory(atATime),
    registry: registry(),
    newId: () => String(++drawn).padStart(8, "0"),
    report: {
      isTerminal: false,
      status: (line) => void statuses.push(line),
      info: (line) => void lines.push(line),
      warn: (line) => void warnings.push(line),
      debug: () => undefined,
    },
    connect: () => ({ region: rds.region, regionSource: "configuration", endpoint: rds.endpoint }),
    rds: () => rds,
  };
  return {
    session,
    warnings,
    lines,
    statuses,
    async check(news, olds = {}) {
      const before = [warnings.length, lines.length] as const;
      const { problems } = await check(olds, news, session);
      return { problems, warnings: warnings.slice(before[0]), lines: lines.slice(before[1]) };
    },
  };
}

/** How often each action was called, in the order of their names. */
export function callCounts(journal: readonly JournalEntry[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { action } of journal) counts[action] = (counts[action] ?? 0) + 1;
  return Object.fromEntries(Object.entries(counts).sort());
}

type InstanceInput = NonNullable<WorldInput["instances"]>[number];

export const now = "2026-11-25T12:00:00Z";
export const urn = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/databaseCopy:DatabaseCopy::copy";

/** Production with two databases and two backups, and an empty staging instance: nothing stands against a copy. */
export const source: InstanceInput = {
  id: "rm-prod",
  storageGiB: 100,
  databases: [
    { name: "orders", sizeGiB: 10, contentSince: "2026-11-25T08:00:00Z" },
    { name: "crm", sizeGiB: 5, contentSince: "2026-11-25T08:00:00Z" },
  ],
  backups: [
    {
      id: "b-2",
      start: "2026-11-25T02:00:00Z",
      end: "2026-11-25T02:30:00Z",
      databases: { orders: "", crm: "" },
    },
    {
      id: "b-1",
      start: "2026-11-24T02:00:00Z",
      end: "2026-11-24T02:30:00Z",
      databases: { orders: "", crm: "" },
    },
  ],
};

export const target: InstanceInput = { id: "rm-staging" };

export interface WorldParts {
  readonly source?: Partial<InstanceInput> | undefined;
  readonly target?: Partial<InstanceInput> | undefined;
  readonly more?: Omit<WorldInput, "instances" | "now">;
}

export function worldOf(parts: WorldParts = {}): WorldInput {
  return {
    now,
    ...parts.more,
    instances: [
      { ...source, ...parts.source },
      { ...target, ...parts.target },
    ],
  };
}

export const inputs: Inputs = {
  sourceDbInstanceId: "rm-prod",
  targetDbInstanceId: "rm-staging",
  dbNames: { orders: "orders", crm: "crm_staging" },
  resourceUrn: urn,
};
