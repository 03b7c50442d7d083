import { sameName } from "../copy/databaseNames";
import type { RestorePoint } from "../copy/restorePoint";
import { markOn, type Found, type Ours } from "../ownership/evidence";
import { covers, nameHash, sourceKey, type Intent } from "../ownership/intent";
import type { Id, Lineage } from "../ownership/mark";
import {
  idOf,
  seenMarked,
  type AdoptedRecord,
  type CopiedRecord,
  type DatabaseRecord,
} from "../ownership/record";
import type { Listing } from "./calls";
import { isOwn, present, type Seen } from "./observe";
import type { Context, Wanted } from "./operation";

/** A destroy, or the first half of a replacement: no name is declared, and no state is saved on the way. */
export interface Destroying {
  /** The target names that the creation which follows declares. */
  readonly nextNames: readonly string[];
}

/** A run that has begun to change things: from here on every end is recorded. */
export interface Run {
  readonly ctx: Context;
  readonly wanted: Wanted;
  readonly destroying: Destroying | undefined;
  readonly seen: Seen;
  /** The records as they become. */
  readonly records: Map<string, DatabaseRecord>;
  /** The intents of this resource as they are on the instance. */
  readonly mine: Intent[];
  /** Names that no intent needs to cover any more: they carry our mark, or turned out to be someone else's. */
  readonly settled: Set<string>;
  readonly foreign: Set<string>;
  /** Names that were seen running with the mark of the call that is claimed: without it they are someone else's since. */
  readonly takenOver: Set<string>;
  /** Names that were waited for and listed: absent since, they are gone. */
  readonly listed: Set<string>;
  /** Intents of other runs that were taken off, since all that they covered was claimed. */
  readonly erased: Set<Id>;
  /** Intents whose call had no answer: they stay pending until another call is accepted. */
  readonly unanswered: Set<Id>;
  /** The newest fill. */
  filled?: { readonly restorePoint: RestorePoint; readonly requestId?: string | undefined };
}

export function beginRun(ctx: Context, wanted: Wanted, destroying: Destroying | undefined, seen: Seen): Run {
  return {
    ctx,
    wanted,
    destroying,
    seen,
    records: new Map(Object.entries(seen.records)),
    mine: [...seen.mine],
    settled: new Set(),
    foreign: new Set(),
    takenOver: new Set(),
    listed: new Set(),
    erased: new Set(),
    unanswered: new Set(),
  };
}

/** The record of a database that was copied; only names that this run has recorded are asked for. */
export function copiedRecord({ records }: Run, name: string): CopiedRecord {
  const record = records.get(name);
  if (!record || record.phase === "adopted") throw new Error(`${name} is not recorded as a copy`);
  return record;
}

/** A mark on a database that is still being created may be lost at the end of its copy. */
export function isLasting({ rules }: Context, found: Found): boolean {
  return !rules.markOnRunning || found.status === "running";
}

/** Whether it carries the mark of its own record for good. */
export function isMarked(run: Run, name: string, found: Found): boolean {
  const record = run.records.get(name);
  return record !== undefined && markOn(found)?.id === idOf(record) && isLasting(run.ctx, found);
}

/** It carries its mark for good: no intent needs to cover it any more. */
export function settle(run: Run, name: string): void {
  run.settled.add(name);
  run.records.set(name, seenMarked(copiedRecord(run, name)));
}

/** What this look shows of a claimed database, whose new mark is not written yet. */
export function noteClaimed(run: Run, name: string, found: Found): void {
  const { from } = copiedRecord(run, name);
  if (from !== undefined && markOn(found)?.id === from && isLasting(run.ctx, found)) run.takenOver.add(name);
}

type Looked = Pick<Run, "ctx" | "seen">;

/** What is listed is shown by its own record to be this resource's: a destroy drops it. */
export function isShownOwn({ ctx, records }: Run, listing: Listing, name: string): boolean {
  const found = present(listing, name);
  const record = records.get(name);
  return found !== undefined && record !== undefined && isOwn(ctx, found, record);
}

/** The creation that follows a deletion needs the name. */
export function isNeededNext(destroying: Destroying | undefined, name: string): boolean {
  return destroying?.nextNames.some((next) => sameName(next, name)) ?? false;
}

/** Someone else's intent covers the name, too, and the database is unmarked: who made it is for a person to say. */
export function isNameDisputed({ ctx, seen }: Looked, name: string): boolean {
  const verdict = seen.verdicts.get(name);
  return ctx.rules.disputedStays && verdict?.kind === "theirs" && verdict.isDisputed;
}

export function isDisputed(run: Looked, intent: Intent): boolean {
  return [...run.seen.verdicts.keys()].some((name) => covers(intent, name) && isNameDisputed(run, name));
}

/** The same intent for fewer names. */
export function narrowed(run: Run, intent: Intent, names: readonly string[]): Intent {
  const pairs = pairsOf(run, intent);
  const isThisSource = intent.source === sourceKey(run.ctx.source, pairs);
  const fewer = pairs.filter(([, target]) => names.includes(target));
  return {
    ...intent,
    names: names.map(nameHash),
    source: isThisSource ? sourceKey(run.ctx.source, fewer) : intent.source,
  };
}

/** Source and target of the declared databases that an intent covers. */
function pairsOf({ wanted }: Run, intent: Intent): (readonly [string, string])[] {
  return Object.entries(wanted.names).filter(([, target]) => covers(intent, target));
}

/** What is to be recorded of a database that was found ours. */
export function recordTaken(
  run: Run,
  name: string,
  found: Found,
  verdict: Ours,
  freshId: Id | undefined,
): DatabaseRecord {
  const before = run.records.get(name);
  const spelled = { target: found.name };
  if (freshId !== undefined) {
    return { phase: "filling", id: freshId, point: verdict.point, from: verdict.id, ...spelled };
  }
  if (before && before.phase !== "adopted" && before.id === verdict.id) {
    return { ...before, ...spelled, status: found.statusText };
  }
  const { id, point } = verdict;
  const taken = { phase: "filling", id, point, ...spelled, status: found.statusText } as const;
  const intent = run.mine.find((one) => one.id === id);
  if (!intent) return taken;
  const askedAt = secondsText(intent.time);
  const source = sourceOf(run.wanted, name);
  if (source === undefined) return { ...taken, askedAt };
  // Where the call also copied what is not declared any more, under another name, the key is another one, too. Copied once
  // more than need be is better than the data of another source.
  const isThisSource = intent.source === sourceKey(run.ctx.source, pairsOf(run, intent));
  return { ...taken, askedAt, ...(isThisSource ? { source } : { otherSource: intent.source }) };
}

/** The name on the source of a database that the program declares. */
export function sourceOf({ names }: Wanted, target: string): string | undefined {
  return Object.entries(names).find(([, one]) => one === target)?.[0];
}

export function lineageOf({ ctx }: Run, record: CopiedRecord): Lineage | undefined {
  const { source, askedAt } = record;
  return source === undefined || askedAt === undefined
    ? undefined
    : { sourceInstanceId: ctx.source.instanceId, sourceDatabase: source, askedAt };
}

export function adoptedRecord(found: Found): AdoptedRecord {
  return { phase: "adopted", target: found.name, status: found.statusText };
}

/** UTC seconds, as the state writes moments. */
export function secondsText(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, "Z");
}
