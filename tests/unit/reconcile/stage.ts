import type { RestorePoint } from "../../../provider/src/copy/restorePoint";
import { foundOf } from "../../../provider/src/ownership/evidence";
import {
  intentKey,
  intentValue,
  readIntents,
  sourceKey,
  nameHash,
  type Intent,
} from "../../../provider/src/ownership/intent";
import { markText } from "../../../provider/src/ownership/mark";
import type { CopiedRecord } from "../../../provider/src/ownership/record";
import { allRules } from "../../../provider/src/ownership/rules";
import type { Saying } from "../../../provider/src/ownership/sayings";
import { CallFailed, type Answers, type Call, type Calls } from "../../../provider/src/reconcile/calls";
import type { Seen } from "../../../provider/src/reconcile/observe";
import type { Context, Wanted } from "../../../provider/src/reconcile/operation";
import { beginRun, type Destroying, type Run } from "../../../provider/src/reconcile/run";

/* A target in memory that answers the calls of an operation at once; single answers can be given by hand. */

export const own = "owner0000000";
export const source = { instanceId: "rm-prod", syncUserPrivilege: false };

export const backup = (id: string): RestorePoint => ({ kind: "backup", backupId: id });

export interface Stage {
  /** By name: status and description. */
  readonly databases: Map<string, { status: string; description: string }>;
  readonly tags: Map<string, string>;
  points: readonly RestorePoint[];
  readonly said: Saying[];
  /** The calls that were made, in order. */
  readonly calls: Call[];
  /** The same as one word and a name, and what was thrown. */
  readonly made: string[];
}

type Answer<C extends Call["call"]> = (
  call: Extract<Call, { call: C }>,
  stage: Stage,
) => Answers[C] | undefined;
/** Answers given by hand; `undefined` leaves it to the stage, "fails" throws. */
export type ByHand = { readonly [C in Call["call"]]?: Answer<C> };

export function stage(databases: Readonly<Record<string, string>> = {}): Stage {
  const running = Object.entries(databases).map(
    ([name, description]) => [name, { status: "Running", description }] as const,
  );
  return {
    databases: new Map(running),
    tags: new Map(),
    points: [backup("2"), backup("1")],
    said: [],
    calls: [],
    made: [],
  };
}

/** The calls of one kind that were made. */
export function callsOf<C extends Call["call"]>(on: Stage, kind: C): Extract<Call, { call: C }>[] {
  return on.calls.filter((call): call is Extract<Call, { call: C }> => call.call === kind);
}

/** Plays an operation to its end. */
export function play<Result>(operation: Calls<Result>, on: Stage, byHand: ByHand = {}): Result {
  let ids = 0;
  let step = operation.next();
  for (let i = 0; !step.done; i++) {
    if (i > 2000) throw new Error("endless");
    const call = step.value;
    on.calls.push(call);
    on.made.push("name" in call ? `${call.call} ${call.name}` : call.call);
    try {
      const hand = byHand[call.call] as ((call: Call, stage: Stage) => unknown) | undefined;
      step = operation.next(hand?.(call, on) ?? answer(call, on, () => `id00000${ids++}`));
    } catch (error) {
      if (!(error instanceof CallFailed) || on.made.at(-1) === "thrown") throw error;
      on.made.push("thrown");
      step = operation.throw(error);
    }
  }
  return step.value;
}

function answer(call: Call, on: Stage, newId: () => string): Answers[Call["call"]] {
  switch (call.call) {
    case "databases": {
      const all = [...on.databases].map(([name, { status, description }]) =>
        foundOf({ name, status, description }),
      );
      return { databases: all, timedOut: call.wait === "listing" };
    }
    case "tags":
      return readIntents(Object.fromEntries(on.tags));
    case "lookAhead":
      return { state: "free", points: on.points };
    case "tasks":
      return "nothing";
    case "newId":
      return newId();
    case "now":
      return 1_795_807_805;
    case "writeIntent":
      on.tags.set(intentKey(call.intent.id), intentValue(call.intent));
      return { state: "done" };
    case "eraseIntent":
      on.tags.delete(intentKey(call.intent.id));
      return { state: "done" };
    case "copy":
      for (const name of Object.values(call.names))
        on.databases.set(name, { status: "Running", description: "" });
      return { state: "accepted", requestId: `request-${call.id}` };
    case "mark": {
      const found = on.databases.get(call.name);
      if (!found) return { state: "notFound" };
      found.description = markText(call.mark, call.lineage);
      return { state: "done" };
    }
    case "drop":
      return on.databases.delete(call.name) ? { state: "done" } : { state: "notFound" };
    case "declaredElsewhere":
      return undefined;
    case "say":
      on.said.push(call.saying);
      return undefined;
    case "unlock":
    case "judged":
      return undefined;
  }
}

export function context(more: Partial<Context> = {}): Context {
  return { rules: allRules, marksOn: true, own, records: {}, source, ...more };
}

export function wanted(
  names: readonly string[] | Record<string, string>,
  more: Partial<Wanted> = {},
): Wanted {
  const pairs = Array.isArray(names)
    ? Object.fromEntries((names as readonly string[]).map((name) => [name, name]))
    : (names as Record<string, string>);
  return {
    names: pairs,
    choice: { kind: "latest" },
    claim: [],
    adopt: false,
    retain: false,
    marksOn: true,
    ...more,
  };
}

/** A run that begins after a look that brought this. */
export function begun(
  seen: Partial<Seen> = {},
  on: { readonly context?: Context; readonly wanted?: Wanted; readonly destroying?: Destroying } = {},
): Run {
  const nothing: Seen = {
    listing: { databases: [], timedOut: false },
    verdicts: new Map(),
    records: {},
    mine: [],
    others: [],
    tagKeys: [],
    stillDeleting: [],
  };
  return beginRun(on.context ?? context(), on.wanted ?? wanted([]), on.destroying, { ...nothing, ...seen });
}

export function filled(name: string, id: string, more: Partial<CopiedRecord> = {}): CopiedRecord {
  return { phase: "filled", id, point: backup("2"), target: name, source: name, status: "Running", ...more };
}

export function description(id: string, point = backup("2"), owner = own): string {
  return markText({ owner, id, point });
}

export function intent(id: string, names: readonly string[], more: Partial<Intent> = {}): Intent {
  return {
    id,
    owner: own,
    time: 1_795_807_000,
    phase: "accepted",
    point: backup("2"),
    source: sourceKey(source, []),
    names: names.map(nameHash),
    ...more,
  };
}

export function withIntent(on: Stage, one: Intent): Stage {
  on.tags.set(intentKey(one.id), intentValue(one));
  return on;
}

/** With so many tags of people. */
export function tagged(on: Stage, count: number): Stage {
  for (let i = 0; i < count; i++) on.tags.set(`team${i}`, "data");
  return on;
}

export function kinds(sayings: readonly Saying[]): string[] {
  return sayings.map((saying) => ("name" in saying ? `${saying.kind} ${saying.name}` : saying.kind));
}
