import type { WorldInput } from "../../simulator/src/world/schema";
import { playedCloud, type CallRecord, type CloudOptions } from "./cloud";
import { playedEngine, type Program } from "./engine";
import { company, start } from "./scenarios";
import { virtualTime } from "./virtualTime";

/** What copying in virtual time asked of the service. */
export interface Counted {
  /** By action. */
  readonly counts: Readonly<Record<string, number>>;
  readonly total: number;
  /** Copies that the service has accepted. */
  readonly accepted: number;
  readonly refused: number;
  readonly warnings: number;
  /** From the end of the copy to the last call. */
  readonly lateSeconds: number;
}

/**
 * Copies, each of which takes so many seconds.
 *
 * @throws Error if one of them fails
 */
export async function countCalls(
  seconds: number,
  copies: Copies,
  account: Pick<CloudOptions, "callsPerSecond"> = {},
): Promise<Counted> {
  const { cloud, warnings } = await copied(seconds, copies, account);
  const last = cloud.calls.at(-1)?.at ?? 0;
  const accepted = cloud.calls.find(({ action }) => action === "CopyDatabaseBetweenInstances")?.at ?? 0;
  return {
    counts: countsOf(cloud.calls),
    total: cloud.calls.length,
    accepted: cloud.calls.filter(
      ({ action, status }) => action === "CopyDatabaseBetweenInstances" && status === 200,
    ).length,
    refused: cloud.calls.filter(({ status }) => status !== 200).length,
    warnings: warnings.length,
    lateSeconds: (last - accepted) / 1000 - seconds,
  };
}

/** What a refresh of copies that are done asks, by action. */
export async function countRefresh(copies: Copies): Promise<Counted["counts"]> {
  const { cloud, engine } = await copied(10, copies);
  const before = cloud.calls.length;
  const { errors } = await engine.refresh();
  if (errors.length > 0) throw new Error(errors.join("\n"));
  return countsOf(cloud.calls.slice(before));
}

async function copied(seconds: number, { world, program }: Copies, account: CloudOptions = {}) {
  const time = virtualTime(start);
  const cloud = playedCloud({ ...world, copy: { minimumSeconds: seconds, secondsPerGiB: 0 } }, time, account);
  const engine = playedEngine(cloud, time);
  const { errors, warnings } = await engine.up(program);
  if (errors.length > 0) throw new Error(errors.join("\n"));
  return { cloud, engine, warnings };
}

function countsOf(calls: readonly CallRecord[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { action } of calls) counts[action] = (counts[action] ?? 0) + 1;
  return counts;
}

/** By hand one writes one copy call and a look every ten seconds, for each copy. */
export const callsByHand = (seconds: number, copies = 1) => copies * (1 + Math.ceil(seconds / 10));

export interface Copies {
  readonly world: WorldInput;
  readonly program: Program;
}

const [source, ...others] = company.instances ?? [];

export const oneCopy: Copies = {
  world: company,
  program: { data: copyOf("orders", "rm-staging") },
};

/** Ten tags are safe on an instance: so many wait for their results at once, and the others for room. */
export function copiesOntoOneTarget(copies: number): Copies {
  const names = Array.from({ length: copies }, (_, index) => `db${index}`);
  const held = Object.fromEntries(names.map((name) => [name, name]));
  const full = {
    ...source,
    id: "rm-prod",
    databases: names.map((name) => ({ name })),
    backups: source?.backups?.map((one) => ({ ...one, databases: held })) ?? [],
  };
  return {
    world: { ...company, instances: [full, ...others] },
    program: Object.fromEntries(names.map((name) => [name, copyOf(name, "rm-staging")])),
  };
}

/** One database onto each of so many targets; or more, each by a resource of its own. */
export function copyOntoTargets(targets: number, suffixes: readonly string[] = [""]): Copies {
  const ids = Array.from({ length: targets }, (_, index) => `rm-target-${index}`);
  return {
    world: { ...company, instances: [...(company.instances ?? []), ...ids.map((id) => ({ id }))] },
    program: Object.fromEntries(
      ids.flatMap((id) =>
        suffixes.map((suffix) => [`${id}${suffix}`, copyOf("orders", id, `orders${suffix}`)] as const),
      ),
    ),
  };
}

function copyOf(name: string, targetDbInstanceId: string, target = name) {
  return { sourceDbInstanceId: "rm-prod", targetDbInstanceId, dbNames: { [name]: target } };
}
