import type { Reporter } from "../copy/reporter";
import type { TargetLocks } from "../copy/targetLocks";
import type { Connection, ConnectionOverrides } from "../rds/connection";
import type { RdsApi } from "../rds/rdsApi";
import type { Clock } from "../time/clock";
import type { ProcessMemory } from "./memory";

/** What every operation of the lifecycle works with: the adapter makes it, tests make their own. */
export interface Run {
  readonly clock: Clock;
  readonly report: Reporter;
  readonly signal?: AbortSignal;
  readonly locks: TargetLocks;
  readonly memory: ProcessMemory;
  /** Where a resource with these overrides would call, without calling. */
  connect(
    overrides: ConnectionOverrides | undefined,
  ): Pick<Connection, "region" | "regionSource" | "endpoint">;
  /** The cloud as that resource sees it. */
  rds(overrides: ConnectionOverrides | undefined): RdsApi;
}

/** How long one read may be asked again before it counts as failed. */
export const readBudgetMs = 60_000;
