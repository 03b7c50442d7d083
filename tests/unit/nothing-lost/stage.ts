import assert from "node:assert/strict";
import type { RdsApi } from "../../../provider/src/rds/rdsApi";
import type { Clock } from "../../../provider/src/time/clock";
import { playedCloud, type Cloud } from "../../player/cloud";
import { playedEngine, type PlayedEngine, type Program } from "../../player/engine";
import { handsOn, type Hands } from "../../player/hands";
import { realLifecycle } from "../../player/lifecycle";
import { company, start } from "../../player/scenarios";
import { virtualTime, type VirtualTime } from "../../player/virtualTime";

/** The played engine and cloud, with something between them that a test switches on and off. */
export interface PlayedStage {
  readonly time: VirtualTime;
  readonly cloud: Cloud;
  readonly hands: Hands;
  readonly engine: PlayedEngine;
  /** From now on the provider sees the cloud through this; `undefined`: as it is. */
  seeThrough(glass: ((rds: RdsApi) => Partial<RdsApi>) | undefined): void;
  /** From now on the provider's clock is this many milliseconds ahead of the cloud's. */
  setClock(ahead: number): void;
  /** How many calls of an action succeeded. */
  accepted(action: string): number;
}

export function openPlayedStage(): PlayedStage {
  const time = virtualTime(start);
  const cloud = playedCloud(company, time);
  let glass: ((rds: RdsApi) => Partial<RdsApi>) | undefined;
  let ahead = 0;
  const shifted = (clock: Clock): Clock => ({ ...clock, now: () => clock.now() + ahead });
  const { create, update } = realLifecycle;
  const engine = playedEngine(cloud, time, {
    lifecycle: {
      ...realLifecycle,
      create: (inputs, run) => create(inputs, { ...run, clock: shifted(run.clock) }),
      update: (id, old, inputs, run) => update(id, old, inputs, { ...run, clock: shifted(run.clock) }),
      seenThrough: (rds) => {
        const names = Object.keys(rds) as (keyof RdsApi)[];
        // Asked at each call, since the glass may change in the middle of an operation.
        const entries = names.map((name) => {
          const value = rds[name];
          if (typeof value !== "function") return [name, value];
          return [
            name,
            (...args: readonly unknown[]) =>
              (({ ...rds, ...glass?.(rds) })[name] as (...args: readonly unknown[]) => unknown)(...args),
          ];
        });
        return Object.fromEntries(entries) as RdsApi;
      },
    },
  });
  return {
    time,
    cloud,
    hands: handsOn(cloud, time.now),
    engine,
    seeThrough: (next) => (glass = next),
    setClock: (milliseconds) => (ahead = milliseconds),
    accepted: (action) => cloud.calls.filter((call) => call.action === action && call.status === 200).length,
  };
}

/** A program with one copy from rm-prod to rm-staging. */
export function oneCopy(dbNames: unknown, more: object = {}): Program {
  return { data: { sourceDbInstanceId: "rm-prod", targetDbInstanceId: "rm-staging", dbNames, ...more } };
}

/** A stage on which a run was killed when the nth call of an action was carried out. */
export async function killedAfter(
  open: () => Promise<PlayedStage>,
  act: (stage: PlayedStage) => Promise<{ readonly killed: boolean }>,
  action: string,
  nth = 1,
): Promise<PlayedStage> {
  // Played once undisturbed, to know when that call comes.
  const probe = await open();
  const before = probe.cloud.calls.length;
  await act(probe);
  const places = probe.cloud.calls
    .slice(before)
    .flatMap((call, index) => (call.action === action ? [index] : []));
  const stage = await open();
  stage.cloud.cut(places[nth - 1] ?? assert.fail(`the run makes no such call: ${action}`), "gone");
  assert.ok((await act(stage)).killed);
  return stage;
}

/** What the copies that are still under way come to, long after. */
export function later({ time, cloud }: PlayedStage): void {
  time.advance(600_000);
  cloud.settle();
}

/** An operation that has to end without an error. */
export async function well<Run extends { readonly errors: readonly string[] }>(
  run: Promise<Run>,
): Promise<Run> {
  const outcome = await run;
  assert.deepEqual(outcome.errors, []);
  return outcome;
}
