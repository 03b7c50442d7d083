import assert from "node:assert/strict";
import { playedCloud, type CloudOptions } from "../../player/cloud";
import { playedEngine, type PlayedEngine, type Program, type SavedResource } from "../../player/engine";
import { company, start } from "../../player/scenarios";
import { virtualTime } from "../../player/virtualTime";

/* One stack on a played cloud, and what is done with its state. */

export const copyAction = "CopyDatabaseBetweenInstances";
export const inputs = { sourceDbInstanceId: "rm-prod", targetDbInstanceId: "rm-staging" };
export const one = { data: { ...inputs, dbNames: ["orders"] } } satisfies Program;
export const two = { data: { ...inputs, dbNames: ["orders", "crm"] } } satisfies Program;

export function rename(engine: PlayedEngine, from: string, to: string): void {
  const { [from]: moved, ...others } = engine.state;
  assert.ok(moved);
  engine.state = { ...others, [to]: moved };
}

export function saved({ state }: PlayedEngine, name: string): SavedResource {
  const found = state[name];
  assert.ok(found);
  return found;
}

export function open(options: CloudOptions = {}, more: object = {}) {
  const time = virtualTime(start);
  const cloud = playedCloud({ ...company, ...more }, time, options);
  return { time, cloud, engine: playedEngine(cloud, time) };
}

export function accepted({ calls }: ReturnType<typeof playedCloud>, action: string): number {
  return calls.filter((call) => call.action === action && (call.status === 200 || call.isUnanswered)).length;
}
