import type { Cloud } from "../cloud";
import type { PlayedEngine } from "../engine";
import type { Ended } from "./invariants";

/** Things that must happen now and then, or the storm does not blow where it should. */
export const allSometimes = [
  "resumed by receipt",
  "resumed by mark",
  "lost answer read as accepted",
  "duplicate read as accepted",
  "busy waited out",
  "half a copy completed",
  "drift repaired",
  "adopted kept",
  "replaced, deleted first",
  "killed between acceptance and receipt",
  "unknown answer with nothing there",
  "throttled to the deadline",
  "foreign database under our name",
  "two stacks on one target",
  "dropped in the middle of a run",
  "made anew in the middle of a run",
] as const;

export type Sometimes = (typeof allSometimes)[number];

export function countSometimes(
  outcomes: readonly Ended[],
  cloud: Cloud,
  engines: readonly PlayedEngine[],
): ReadonlySet<Sometimes> {
  const seen = new Set<Sometimes>();
  const said = outcomes
    .flatMap(({ outcome }) => [...outcome.errors, ...outcome.warnings, ...outcome.infos])
    .join("\n");
  const steps = outcomes.flatMap(({ outcome }) => outcome.steps);
  const told = (manner: "infos" | "warnings") =>
    outcomes.flatMap(({ outcome }) => outcome[manner]).join("\n");
  if (/[Tt]his run goes on/.test(told("infos"))) seen.add("resumed by receipt");
  if (/[Tt]his run goes on/.test(told("warnings"))) seen.add("resumed by mark");
  if (said.includes("is not known: its answer was lost")) seen.add("unknown answer with nothing there");
  if (said.includes("did not take the copy before the time-out")) seen.add("throttled to the deadline");
  if (/\[target-name-taken\]|it does not carry the mark/.test(said))
    seen.add("foreign database under our name");
  if (said.includes("was taken over, not copied")) seen.add("adopted kept");
  if (
    outcomes.some(({ outcome }) =>
      outcome.steps.some(
        (step, index) => step.startsWith("delete") && outcome.steps[index + 1]?.startsWith("create"),
      ),
    )
  ) {
    seen.add("replaced, deleted first");
  }
  if (said.includes("its copy failed") && steps.some((step) => step.startsWith("update")))
    seen.add("half a copy completed");
  const { calls } = cloud;
  const copies = calls.flatMap((call, index) =>
    call.action === "CopyDatabaseBetweenInstances" ? [{ ...call, index }] : [],
  );
  for (const { index, status, code, params } of copies) {
    const next = calls.slice(index + 1, index + 40);
    const goesOnWith = next.slice(0, 6).map((call) => call.action);
    // A refusal takes the receipt off; an accepted copy is watched.
    if (
      code === "InvalidDBName.Duplicate" &&
      goesOnWith.includes("DescribeTasks") &&
      !goesOnWith.slice(0, 3).includes("UntagResources")
    )
      seen.add("duplicate read as accepted");
    if (/State|Status/.test(code ?? "")) {
      if (next.some((call) => call.action === "CopyDatabaseBetweenInstances" && call.status === 200))
        seen.add("busy waited out");
    }
    if (status === 200 && next[0]?.action !== "TagResources") {
      if (outcomes.some(({ outcome, lastCall }) => outcome.killed && lastCall === index))
        seen.add("killed between acceptance and receipt");
      else if (next[0]?.action === "DescribeDatabases") seen.add("lost answer read as accepted");
    }
    const names = Object.values(JSON.parse(params["DbNames"] ?? "{}") as Record<string, string>);
    const sameName = copies.filter(
      (other) =>
        other.status === 200 && names.some((name) => (other.params["DbNames"] ?? "").includes(`"${name}"`)),
    );
    if (sameName.length > 1 && steps.some((step) => step.startsWith("update"))) seen.add("drift repaired");
  }
  const targetsOf = (engine: PlayedEngine | undefined) =>
    new Set(outcomes.filter(({ stack }) => engines[stack] === engine).flatMap(({ targets }) => targets));
  const [first, second] = engines.map(targetsOf);
  if (first && second && [...first].some((target) => second.has(target)))
    seen.add("two stacks on one target");
  return seen;
}
