import type { CallRecord, Cloud } from "../cloud";
import type { Ended } from "./invariants";

/** Things that must happen now and then, or the storm does not blow where it should. */
export const allSometimes = [
  "resumed",
  "lost answer read as accepted",
  "lost answer, asked again",
  "lost answer with nothing there",
  "busy waited out",
  "half a copy completed",
  "drift repaired",
  "adopted kept",
  "replaced, deleted first",
  "replacement stopped before a drop",
  "killed between acceptance and its note",
  "killed before the state was saved",
  "throttled to the deadline",
  "timed out",
  "refused: unclaimed",
  "refused: otherOwner",
  "refused: othersIntent",
  "refused: unrecorded",
  "refused: copyFailed",
  "refused: unproven",
  "refused: markGone",
  "foreign, and the others went on",
  "orphan named",
  "two stacks on one target",
  "two stacks at once",
  "a run outlived its engine",
  "claimed by the line of the message",
  "a mark was written back",
  "hand: drop",
  "hand: remake",
  "hand: edit",
  "hand: make",
  "hand: untag",
  "in the middle of a run: drop",
  "in the middle of a run: remake",
  "in the middle of a run: edit",
  "in the middle of a run: make",
  "a list lacked a database",
] as const;

export type Sometimes = (typeof allSometimes)[number] | "in the middle of a run: untag";

/** What a message tells of. */
const sayings: readonly (readonly [Sometimes, RegExp])[] = [
  ["resumed", /by an interrupted run of this resource\. Continuing it/],
  ["lost answer with nothing there", /It is not known whether the copy was started/],
  ["throttled to the deadline", /could be requested\..*Throttling/],
  ["timed out", /Timed out before/],
  ["half a copy completed", /its copy failed/],
  ["adopted kept", /was adopted\. It was left in place/],
  ["replacement stopped before a drop", /Replacement stopped before any database was dropped/],
  ["refused: unclaimed", /Or set `adoptExisting: true`/],
  ["refused: otherOwner", /the owner mark of another resource/],
  ["refused: othersIntent", /A copy by another resource covers it/],
  ["refused: unrecorded", /the owner mark of this resource .* the state does not record it/],
  ["refused: copyFailed", /failed, so someone else made it/],
  ["refused: unproven", /it cannot be determined that it did/],
  ["refused: markGone", /no longer holds the owner mark/],
  ["foreign, and the others went on", /is recorded by this resource, and it is someone else's now/],
  ["orphan named", /may be left over from an earlier run/],
];

export function countSometimes(operations: readonly Ended[], { calls }: Cloud): ReadonlySet<Sometimes> {
  const seen = new Set<Sometimes>();
  const said = operations
    .flatMap(({ outcome }) => [...outcome.errors, ...outcome.warnings, ...outcome.infos])
    .join("\n");
  for (const [what, pattern] of sayings) if (pattern.test(said)) seen.add(what);
  for (const { outcome, calls: own } of operations) {
    const isReplaced = outcome.steps.some(
      (step, index) => step.startsWith("delete") && outcome.steps[index + 1]?.startsWith("create"),
    );
    if (isReplaced) seen.add("replaced, deleted first");
    if (outcome.killed) {
      const last = own.at(-1);
      if (last?.action === "CopyDatabaseBetweenInstances") seen.add("killed between acceptance and its note");
      if (last?.action === "UntagResources") seen.add("killed before the state was saved");
      if (
        !outcome.process.gone ||
        calls.some((call) => call.process === outcome.process && call.at > (last?.at ?? 0))
      )
        seen.add("a run outlived its engine");
    }
    const copies = own.filter(({ action }) => action === "CopyDatabaseBetweenInstances");
    if (copies.some(({ status, code }) => status === 403 && /State|Status/.test(code ?? "")))
      if (copies.at(-1)?.status === 200) seen.add("busy waited out");
    const lost = copies.findIndex(({ status }) => status === 0);
    if (lost >= 0 && copies.slice(lost + 1).some(({ status }) => status === 200))
      seen.add("lost answer, asked again");
    if (
      outcome.steps.some((step) => step.startsWith("update")) &&
      copies.some(({ status }) => status === 200)
    )
      seen.add("drift repaired");
    if (copies.some(({ isUnanswered, status }) => isUnanswered && status === 200) && noted(own))
      seen.add("lost answer read as accepted");
  }
  const pairs = operations.flatMap(({ calls: own, outcome, began }) =>
    own.slice(0, 1).map(() => ({ began, stack: outcome.process.stack })),
  );
  if (pairs.some((one) => pairs.some((other) => other.began === one.began && other.stack !== one.stack)))
    seen.add("two stacks at once");
  const stacksOn = new Map<string, Set<string>>();
  for (const { action, params, process, status } of calls) {
    if (action !== "CopyDatabaseBetweenInstances" || status !== 200) continue;
    const target = params["TargetDBInstanceId"] ?? "";
    stacksOn.set(target, (stacksOn.get(target) ?? new Set()).add(process.stack));
  }
  if ([...stacksOn.values()].some(({ size }) => size > 1)) seen.add("two stacks on one target");
  return seen;
}

/** The intent was written as accepted. */
function noted(calls: readonly CallRecord[]): boolean {
  return calls.some(({ params }) => /^1:\w+:\w+:a:/.test(params["Tag.1.Value"] ?? ""));
}
