import type { Reporter } from "../copy/reporter";
import type { TargetLocks } from "../copy/targetLocks";
import type { Id } from "../ownership/mark";
import type { Registry } from "../ownership/registry";
import type { Connection, ConnectionOverrides } from "../rds/connection";
import type { RdsApi } from "../rds/rdsApi";
import type { Clock } from "../time/clock";

/** What every operation of a process works with, as one object: the engine's side makes it, tests make their own. */
export interface Host {
  readonly clock: Clock;
  readonly report: Reporter;
  readonly signal?: AbortSignal;
  readonly locks: TargetLocks;
  readonly registry: Registry;
  /** A random id that was never used. */
  newId(): Id;
  /** Where a resource with these overrides would call, without calling. */
  connect(
    overrides: ConnectionOverrides | undefined,
  ): Pick<Connection, "region" | "regionSource" | "endpoint">;
  /** The cloud as that resource sees it. */
  rds(overrides: ConnectionOverrides | undefined): RdsApi;
}
