import { isDeepStrictEqual } from "node:util";
import { covers, nameHash, type Intent } from "../ownership/intent";
import { idOf } from "../ownership/record";
import type { Saying } from "../ownership/sayings";
import { ask, CallFailed, type Calls, type WriteIntentAnswer } from "./calls";
import { present, type Seen } from "./observe";
import type { ReconcileEnd } from "./operation";
import { isDisputed, isNameDisputed, narrowed, type Run } from "./run";

/**
 * Rule 4: intents stop covering what does not exist and is to be copied anew. What an earlier run made they cover until
 * this run is saved, also what is only named to a person: nobody reads what a run says that is killed.
 */
export function* forgetAbsent(run: Run): Calls<Saying | undefined> {
  const there = [...run.seen.verdicts.keys()].filter((name) => present(run.seen.listing, name));
  for (const intent of [...run.mine]) {
    const names = there.filter((name) => covers(intent, name));
    if (names.length === intent.names.length || isDisputed(run, intent)) continue;
    const failure =
      names.length > 0 ? yield* rewrite(run, narrowed(run, intent, names)) : yield* erase(run, intent);
    if (failure) return failure;
  }
  return undefined;
}

/**
 * Rule 4: intents off, before a drop and at the end. A disputed one stays, `recorded`. One of another run whose databases
 * were all claimed goes, too: what was taken has been waited for until it carries its new mark. What a destroy could not
 * mark it will leave: until then it stays covered.
 */
export function* eraseIntents(run: Run, unmarked: readonly string[] = []): Calls<Saying | undefined> {
  for (const intent of [...run.mine]) {
    const staying = unmarked.filter((name) => covers(intent, name));
    if (isDisputed(run, intent)) {
      const failure = yield* rewrite(run, { ...intent, phase: "recorded" });
      if (failure) return failure;
      forget(run, intent.id);
    } else if (staying.length > 0) {
      // Whether the state knows its id is not ours to say here: no state is saved on the way.
      const failure = yield* rewrite(run, narrowed(run, intent, staying));
      if (failure) return failure;
    } else {
      const failure = yield* erase(run, intent);
      if (failure) return failure;
    }
  }
  for (const intent of run.seen.others.filter((one) => isClaimedWhole(run.seen, one))) {
    if (run.erased.has(intent.id)) continue;
    const failure = yield* erase(run, intent);
    if (failure) return failure;
    run.erased.add(intent.id);
  }
  return undefined;
}

/**
 * Another run has handed this intent to its state, and the program claims all that it covers. That run ended, so nobody
 * waits for what the intent says; one that may still live has it pending or accepted.
 */
export function isClaimedWhole(
  { verdicts, records }: Pick<Seen, "verdicts" | "records">,
  { id, phase, names }: Intent,
): boolean {
  const now = [...verdicts].filter(([, one]) => one.kind === "ours" && one.isClaimed && one.id === id);
  // By an earlier run that did not come to its end.
  const before = Object.entries(records).filter(([, one]) => one.phase !== "adopted" && one.from === id);
  const claimed = [...now, ...before].map(([name]) => nameHash(name));
  return phase === "recorded" && names.every((hash) => claimed.includes(hash));
}

/**
 * Rule 3: hands over to the state. What is recorded and not marked yet, or disputed, stays in the intents, as `recorded`.
 * An unanswered intent stays pending: whether that copy was made shows later. A destroy leaves its intents.
 */
export function* endUnfinished(run: Run, reasons: readonly Saying[]): Calls<ReconcileEnd> {
  const { mine, destroying, unanswered } = run;
  const all = [...reasons];
  const isLost = reasons.some(({ kind }) => kind === "instanceLost"); // and its tags with it
  for (const intent of destroying || isLost ? [] : [...mine]) {
    if (unanswered.has(intent.id)) continue;
    try {
      const failure = yield* handOver(run, intent);
      // Once for all of them, and for what had ended the run.
      if (failure && !all.some((one) => isDeepStrictEqual(one, failure))) all.push(failure);
    } catch (error) {
      // Whatever the tags say then, what is recorded must be saved.
      if (!(error instanceof CallFailed)) throw error;
      all.push({ kind: "tagsDenied", reason: error.message, isPassing: true });
    }
  }
  const records = Object.fromEntries(run.records);
  return { end: "unfinished", reasons: all, records, ...run.filled };
}

function* handOver(run: Run, intent: Intent): Calls<Saying | undefined> {
  const { ctx, records, settled, seen } = run;
  const covered = [...new Set([...seen.verdicts.keys(), ...records.keys()])].filter((name) =>
    covers(intent, name),
  );
  const isRecorded = (name: string) => {
    const record = records.get(name);
    return record !== undefined && idOf(record) === intent.id;
  };
  const stays = (name: string) =>
    isNameDisputed(run, name) ||
    (ctx.rules.narrowIntents ? isRecorded(name) && !settled.has(name) : covered.some(isRecorded));
  const names = covered.filter(stays);
  return names.length > 0
    ? yield* rewrite(run, { ...narrowed(run, intent, names), phase: "recorded" })
    : yield* erase(run, intent);
}

/** Takes one intent off, and forgets it. */
export function* erase(run: Run, intent: Intent): Calls<Saying | undefined> {
  const answer = yield* ask({ call: "eraseIntent", intent });
  if (answer.state === "denied") return { kind: "tagsDenied", reason: answer.reason };
  if (answer.state === "later") return { kind: "tagsDenied", reason: answer.reason, isPassing: true };
  forget(run, intent.id);
  return undefined;
}

/** Writes an intent that is on the instance again. */
export function* rewrite(run: Run, intent: Intent): Calls<Saying | undefined> {
  const answer = yield* ask({ call: "writeIntent", intent });
  const failure = failureOf(answer);
  if (failure) return failure;
  run.mine.splice(indexOf(run, intent.id), 1, intent);
  return undefined;
}

/** Why an intent was not written. */
export function failureOf(answer: WriteIntentAnswer): Saying | undefined {
  switch (answer.state) {
    case "done":
      return undefined;
    case "denied":
      return { kind: "tagsDenied", reason: answer.reason };
    case "full":
      return { kind: "tagsFull", keys: answer.keys };
  }
}

function forget(run: Run, id: string): void {
  const index = indexOf(run, id);
  if (index >= 0) run.mine.splice(index, 1);
}

function indexOf({ mine }: Run, id: string): number {
  return mine.findIndex((intent) => intent.id === id);
}
