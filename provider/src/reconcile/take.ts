import { sameName } from "../copy/databaseNames";
import { markOn, type Found, type Verdict } from "../ownership/evidence";
import { covers } from "../ownership/intent";
import { ask, say, type Calls } from "./calls";
import { isClaimedWhole } from "./intents";
import { present } from "./observe";
import type { Step } from "./steps";
import { adoptedRecord, isMarked, noteClaimed, recordTaken, settle, type Run } from "./run";

/** Records what the verdict on one name says, before anything is changed in the cloud. */
export function* take(run: Run, { name, verdict, action }: Step): Calls<void> {
  const { records, seen, foreign } = run;
  const found = present(seen.listing, name);
  const record = records.get(name);
  switch (action) {
    case "resume":
    case "drop":
      if (verdict.kind !== "ours" || !found) return;
      yield* takeOurs(run, name, found, verdict);
      return;
    case "name":
      // An interrupted run made it, and the program does not declare it any more: a person decides.
      if (verdict.kind === "ours")
        yield* say({ kind: "maybeOrphan", name, mark: markOn(found), id: verdict.id });
      else if (found)
        yield* say({ kind: "left", name, why: verdict.kind === "theirs" ? verdict.why : "adopted" });
      return;
    case "leaveForeign":
      if (!record || verdict.kind !== "theirs") return;
      records.set(name, { ...record, status: "Foreign" });
      foreign.add(name);
      yield* say({ kind: "foreign", name, why: verdict.why, id: verdict.id, mark: markOn(found), record });
      return;
    case "adopt":
      if (!found) return;
      records.set(name, adoptedRecord(found));
      yield* say({ kind: "adopted", name });
      return;
    case "keep":
      if (record && found) records.set(name, { ...record, target: found.name, status: found.statusText });
      return;
    case "release":
      if (found)
        yield* say({ kind: "left", name, why: verdict.kind === "theirs" ? verdict.why : "adopted", record });
      records.delete(name);
      return;
    case "forgetUnseen":
      if (record && record.phase !== "adopted")
        yield* say({ kind: "neverAppeared", name, point: record.point });
      records.delete(name);
      return;
    case "forget":
      records.delete(name);
      return;
    case "copy":
    case "none":
    case "fine":
    case "wait":
    case "refuse":
      return;
  }
}

function* takeOurs(run: Run, name: string, found: Found, verdict: Verdict & { kind: "ours" }): Calls<void> {
  const before = run.records.get(name);
  const freshId = verdict.isClaimed ? yield* ask({ call: "newId" }) : undefined;
  const record = recordTaken(run, name, found, verdict, freshId);
  run.records.set(name, record);
  // What an interrupted run has filled counts as filled by this one, where no state tells of it.
  if (!before && run.ctx.restorePoint === undefined) run.filled ??= { restorePoint: verdict.point };
  if (isMarked(run, name, found)) settle(run, name);
  noteClaimed(run, name, found);
  if (freshId !== undefined) {
    const isTagged = run.seen.others.some((one) => one.id === verdict.id && !isClaimedWhole(run.seen, one));
    yield* say({ kind: "claimed", name, id: verdict.id, isTagged });
  } else if (before?.phase !== "filled") yield* say({ kind: "resumed", name, point: verdict.point });
  else if (found.status !== "running") yield* say({ kind: "notRunning", name, status: found.statusText });
}

/** Names, for a person, what may be left over from former runs of this resource. */
export function* nameOrphans({ ctx, seen, destroying }: Run): Calls<void> {
  const { listing, verdicts, mine, others } = seen;
  const judged = [...verdicts.keys()];
  for (const found of listing.databases) {
    const { name } = found;
    if (judged.some((one) => sameName(one, name))) continue;
    const mark = markOn(found);
    const intent = [...mine, ...others].find((one) => one.owner === ctx.own && covers(one, name));
    // What carries the mark of another resource is that one's.
    const wasDeclared = !mark && destroying && ctx.declared?.some((one) => sameName(one, name));
    const isMaybeLeft = mark?.owner === ctx.own || intent !== undefined || wasDeclared === true;
    // Under a former name of this resource it may be that of another one by now.
    if (isMaybeLeft && (yield* ask({ call: "declaredElsewhere", name })) === undefined) {
      yield* say({ kind: "maybeOrphan", name, mark, id: mark?.id ?? intent?.id });
    }
  }
}
