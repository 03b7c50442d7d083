import { nameKey } from "../../../provider/src/copy/databaseNames";
import { readIntents } from "../../../provider/src/ownership/intent";
import { ownerOf, parseMark } from "../../../provider/src/ownership/mark";
import { isInWindow } from "../cuts";
import type { CallRecord } from "../cloud";
import type { Outcome, Program } from "../engine";
import { handsOn } from "../hands";
import { follow, waysOut, type WayOut } from "../wayOut";
import { nothingLeft, type Ended } from "./invariants";
import { copies, intentsOn, namesOfCopy, recordsOf } from "./limits";
import { endOutliving, failNoMore, operate, type Stage } from "./play";
import type { Truth } from "./truth";

/**
 * Nobody disturbs any more: the programs come to their ends, with the hands that the messages ask for and the limits
 * allow, and everything goes away again.
 */
export async function calm(stage: Stage): Promise<void> {
  const { cloud, time, programs, engines, violated } = stage;
  endOutliving(stage);
  // Whatever killed runs have started comes to its end before people clear up after them.
  time.advance(3_600_000);
  cloud.settle();
  failNoMore(stage);
  for (const [stack, program] of programs.entries()) programs[stack] = program && patient(program);
  const ends = engines.map((_, stack) => ({
    stack,
    idle: 0,
    isBlocked: false,
    last: undefined as Outcome | undefined,
  }));
  for (let round = 0; round < 8; round++) {
    for (const end of ends) {
      // A second run may find what the first one has only just recorded.
      if (end.idle > 2) continue;
      if (!programs[end.stack] || (end.last && isDone(stage, end.stack, end.last))) continue;
      const [run] = await operate(stage, [end.stack], "up");
      end.last = run?.outcome;
      if (!run || isDone(stage, end.stack, run.outcome)) continue;
      const isOtherBusy = ends.some(
        ({ stack, idle, last }) =>
          stack !== end.stack && programs[stack] && idle === 0 && !(last && isDone(stage, stack, last)),
      );
      const progress = await resolve(stage, end.stack, run.outcome, isOtherBusy);
      end.isBlocked = progress === "blocked";
      end.idle = progress === "done" ? 0 : end.idle + 1;
    }
  }
  for (const { stack, last, isBlocked } of ends) {
    const program = programs[stack];
    if (!program || !last) continue;
    if (isDone(stage, stack, last)) {
      const { changes, errors } = (await engines[stack]?.preview(program)) ?? { changes: [], errors: [] };
      if (changes.length + errors.length > 0)
        violated(`the preview after a calm run is not empty: ${[...changes, ...errors].join(" | ")}`);
    } else if (!isBlocked) {
      violated(
        `calm runs of stack ${stack} do not finish: ${[...last.errors, ...last.warnings].join(" | ")}`,
      );
    }
  }
  for (const stack of engines.keys()) {
    let last: Ended | undefined;
    for (let runs = 0; runs < 2 && last?.outcome.errors.length !== 0; runs++)
      [last] = await operate(stage, [stack], "destroy");
    if (last && last.outcome.errors.length > 0)
      violated(`destroy does not end: ${last.outcome.errors.join(" | ")}`);
  }
  time.advance(600_000);
  cloud.settle();
  nothingLeft(stage, (truth, description) => {
    // Limit L5: nothing shows any more which copy made it.
    const isUntagged = stage.hands.untagged.has(truth.key.split("/")[0] ?? "") && !parseMark(description);
    // Limit L8: listed after the grace, when the program declared other names.
    const isUnlisted = listsLate(stage) && hasEndedEarly(stage, truth);
    // Limit L7: killed before the state was saved, and somebody wrote over the mark, all that was left to show it.
    const isWrittenOver = truth.edited === true && hasEndedEarly(stage, truth);
    const isUnknown = isUntagged || isUnlisted || isWrittenOver;
    return truth.isLate === true || isUnknown || !hasRunSince(stage, truth);
  });
  noIntentLeft(stage);
}

/** In the calm people give the copy the time that it needs. */
function patient(program: Program): Program {
  return Object.fromEntries(
    Object.entries(program).map(([name, { timeouts: _short, ...inputs }]) => [name, inputs]),
  );
}

function isDone({ engines }: Stage, stack: number, { errors }: Outcome): boolean {
  const resources = Object.values(engines[stack]?.state ?? {});
  const isForeign = resources.some(({ outputs }) =>
    Object.values(outputs.databases).some(({ status }) => status === "Foreign"),
  );
  return errors.length === 0 && !isForeign;
}

/** What people do about the messages of a run. `blocked`: another stack has it, and rightly keeps it. */
async function resolve(
  stage: Stage,
  stack: number,
  outcome: Outcome,
  isOtherBusy: boolean,
): Promise<"done" | "nothing" | "blocked"> {
  const { engines, cloud, time, truths, programs } = stage;
  const engine = engines[stack];
  const hands = handsOn(cloud, time.now);
  let result: "done" | "nothing" | "blocked" = "nothing";
  for (const way of distinct(waysOut([...outcome.errors, ...outcome.warnings]))) {
    const { instanceId, name, tag } = way;
    const truth = truths.at(instanceId, name);
    const program = programs[stack];
    if (!engine || !program || !truth) continue;
    if (truth.by === "stranger") {
      hands.drop(instanceId, name);
      truths.gone(instanceId, name);
      if (tag !== undefined) hands.untag(instanceId, tag);
    } else if (truth.stack === engine.stack) {
      let line = way;
      if (truth.edited && way.description === undefined) {
        const [refreshed] = await operate(stage, [stack], "refresh");
        line = waysOut(refreshed?.outcome.warnings ?? []).find((one) => isSame(one, way)) ?? way;
      }
      if (!truth.edited && !mayNeedHand(stage, truth))
        stage.violated(`a hand is needed outside of the limits: ${way.line}`);
      // What a destroy has let go, with the mark to write back, is a stranger's after that.
      const own = recordsOf(way, { engines }).find((one) => one.engine === engine);
      // Before a copy is filled only the program that began it knows its mark (limit L12).
      const isReplaced = own?.record.phase === "filling";
      if (truth.edited && (own || !truth.told) && !isReplaced && line.description === undefined)
        stage.violated(`no mark to write back: ${way.line}`);
      if (line.claim === undefined && line.description === undefined) {
        hands.drop(instanceId, name);
        truths.gone(instanceId, name);
      } else {
        programs[stack] = follow([line], program, hands);
        if (line.description !== undefined) truths.edited(instanceId, name, false);
        stage.sometimes.add(
          line.claim === undefined ? "a mark was written back" : "claimed by the line of the message",
        );
      }
    } else if (recordsOf(way, { engines }).some((one) => one.engine !== engine)) {
      result = "blocked";
      continue;
    } else if (isOtherBusy && tag !== undefined) {
      // The message says to run the other resource again first: it continues, as soon as nothing is in its own way.
      continue;
    } else {
      // What a run of the other stack left behind, and no state records.
      hands.drop(instanceId, name);
      truths.gone(instanceId, name);
      if (tag !== undefined) hands.untag(instanceId, tag);
    }
    result = "done";
  }
  return result;
}

/**
 * The limits that ask for a hand: L1, another stack lost the answer to its copy of that name, or its intent covers it, too;
 * L4, made by a run that outlived its engine; L5, somebody took the tags off; L7, killed before the state was saved; L8,
 * killed or ended before the mark; L14, named once, and a stranger's since.
 */
function mayNeedHand(stage: Stage, truth: Truth): boolean {
  const { operations, cloud, hands } = stage;
  const [instanceId = "", name = ""] = truth.key.split("/");
  if (hands.untagged.has(instanceId) || truth.wasNamed || truth.isLate) return true;
  if (isDisputed(stage, truth)) return true;
  const isLostByOther = (call: CallRecord) =>
    call.isUnanswered && call.process.stack !== truth.stack && copies(call, instanceId, name);
  if (cloud.calls.some(isLostByOther)) return true;
  const own = operations.filter(({ outcome }) => outcome.process.stack === truth.stack);
  return own.some(({ outcome: { process, killed, errors } }) => {
    const calls = cloud.calls.filter((call) => call.process === process);
    const isListedLate = listsLate(stage) && lastCopyOf(truth.key, calls).copy !== undefined;
    if (killed && isInWindow(calls)) return true;
    return (killed || errors.length > 0) && (isListedLate || isUntold(stage, truth, calls));
  });
}

/** The intents of two stacks cover the name. */
function isDisputed({ cloud, engines }: Stage, { key, resource = "", stack }: Truth): boolean {
  const [instanceId = "", name = ""] = key.split("/");
  const own = engines
    .filter((engine) => engine.stack === stack)
    .map((engine) => ownerOf(engine.urnOf(resource)));
  return intentsOn({ instanceId, name }, { cloud }).some(({ owner }) => !own.includes(owner));
}

/** Limit L8: a run was killed or ended before the mark, and another database of the same call failed, and with it the one task of both. */
function isUntold({ failing }: Stage, { key }: Truth, calls: readonly CallRecord[]): boolean {
  const { copy, name } = lastCopyOf(key, calls);
  const others = copy ? namesOfCopy(copy.params).filter((one) => nameKey(one) !== nameKey(name)) : [];
  return others.some((other) => failing.includes(other));
}

/** Limit L8: databases are listed after the grace only. */
function listsLate({ listedAfterMs }: Stage): boolean {
  return listedAfterMs > graceMs;
}

function lastCopyOf(key: string, calls: readonly CallRecord[]) {
  const [instanceId = "", name = ""] = key.split("/");
  return { name, copy: calls.findLast((call) => copies(call, instanceId, name)) };
}

/** How long a run waits for an accepted copy to be listed (docs/ownership.md). */
const graceMs = 60_000;

/** The run that made this was killed, or ended before its mark. */
function hasEndedEarly({ operations }: Stage, { process }: Truth): boolean {
  return operations.some(
    ({ outcome }) => outcome.process === process && (outcome.killed || outcome.errors.length > 0),
  );
}

/**
 * Whether the engine has asked the provider about the resource, there, since it made this: limit L6. A program that was
 * moved to another instance after an interrupted first run leads nobody back.
 */
function hasRunSince({ operations }: Stage, { key, process, resource, stack }: Truth): boolean {
  const [instanceId] = key.split("/");
  const made = operations.findIndex(({ outcome }) => outcome.process === process);
  return operations.some(
    ({ outcome, kind, places }, index) =>
      index > made &&
      kind !== "refresh" &&
      places[resource ?? ""] === instanceId &&
      outcome.process.stack === stack &&
      outcome.errors.length === 0 &&
      !outcome.killed &&
      outcome.steps.some((step) => step.endsWith(` ${resource}`)),
  );
}

/** A resource that was destroyed leaves no intent that speaks for it. What no state records is not destroyed: limit L6. */
function noIntentLeft({ cloud, engines, operations, violated }: Stage): void {
  const destroyed = new Set(
    engines.flatMap((engine) => {
      const last = operations.findLast(({ outcome }) => outcome.process.stack === engine.stack);
      if (!last || last.outcome.errors.length > 0) return [];
      return Object.entries(last.places).flatMap(([name, place]) =>
        last.outcome.steps.includes(`delete ${name}`) ? [`${place} ${ownerOf(engine.urnOf(name))}`] : [],
      );
    }),
  );
  for (const { id, tags } of cloud.world.instances) {
    const read = readIntents(tags);
    if (read.state === "unreadable") violated(`the tag ${read.key} on ${id} cannot be read`);
    else
      for (const intent of read.intents)
        if (intent.phase !== "recorded" && destroyed.has(`${id} ${intent.owner}`))
          violated(`the intent ${intent.id} (${intent.phase}) is left on ${id}`);
  }
}

function distinct(ways: readonly WayOut[]): WayOut[] {
  return ways.filter((way, index) => ways.findIndex((one) => isSame(one, way)) === index);
}

function isSame(one: WayOut, other: WayOut): boolean {
  return one.instanceId === other.instanceId && one.name === other.name;
}
