import { entryOf, listNames, sameName } from "../copy/databaseNames";
import { fewOfMany } from "../copy/fewOfMany";
import { backupPoint } from "../copy/restorePoint";
import { explain } from "../ownership/explain";
import { explainAll } from "../ownership/manySayings";
import type { Records } from "../ownership/record";
import type { Saying } from "../ownership/sayings";
import type { CopyPlan } from "../preflight/plan";
import type { Preflight } from "../preflight/preflight";
import type { PreviewEnd } from "../reconcile/operation";
import { announceCopy, announceDrop, lastFillOf } from "./announcement";
import { ageOf, claimedOld, dated, withAge } from "./dataAge";
import { knownNames, knownTargets, textOf, type PartialInputs } from "./inputs";
import type { Session } from "./memory";
import type { Problem } from "./pastedOutput";
import { doubtful, formerNamesOf, heldBy, placeOf, stateIn, type Prospect } from "./prospect";

/** What a look ahead has brought. */
export interface Foreseen {
  /** `undefined` as long as it is not known what is wanted. */
  readonly judged: PreviewEnd | undefined;
  readonly plan: CopyPlan;
  readonly seen: Preflight;
  /** The backups of the source, as far as they were asked for: they tell the age of what carries a mark. */
  readonly backups: Preflight["backups"];
}

/** What the run would refuse, each with its property. */
export function refusals(
  judged: PreviewEnd | undefined,
  inputs: PartialInputs,
  prospect: Prospect,
  { seen: { findings }, backups, now }: Pick<Foreseen, "seen" | "backups"> & { readonly now: number },
): OneProblem[] {
  if (judged?.end !== "refused" || doubtful(inputs, judged, prospect).length > 0) return [];
  const former = prospect.kind === "replace" ? formerNamesOf(prospect.former, inputs) : [];
  const place = placeOf(inputs);
  const isFound = !findings.some(({ code }) => code === "instance-not-found");
  return judged.reasons
    .map((reason) => ofFormer(reason, former))
    .map((reason) => withAge(reason, backups, { now, maxBackupAge: textOf(inputs.maxBackupAge) }))
    .flatMap((reason) => {
      // The finding says more of it.
      if (reason.kind === "instanceNotFound" && !isFound) return [];
      const source =
        "name" in reason
          ? Object.entries(knownNames(inputs)).find(([, target]) => sameName(target, reason.name))?.[0]
          : undefined;
      const property = source === undefined ? "targetDbInstanceId" : `dbNames.${source}`;
      const kind = "why" in reason ? `${reason.kind} ${reason.why}` : reason.kind;
      return [{ kind, property, reason: explain(reason, place) }];
    });
}

/** Unmarked under a name of the resource that is to be replaced: most likely its own, whose mark someone wrote over. */
function ofFormer(reason: Saying, former: readonly string[]): Saying {
  const isFormer = reason.kind === "refused" && former.some((name) => sameName(name, reason.name));
  return isFormer && reason.why === "unclaimed" ? { ...reason, why: "markGone" } : reason;
}

export interface OneProblem extends Problem {
  /** What is the same for others of its kind. */
  readonly kind: string;
}

/** A resource may have hundreds of databases: a few problems of one kind, and a count of the rest. */
export function fewProblems(problems: readonly OneProblem[], { report }: Session): Problem[] {
  const { few, rests } = fewOfMany(problems, ({ kind }) => kind);
  for (const { property, reason } of rests.flat()) report.debug(`${property}: ${reason}`);
  const more = rests.map((rest) => {
    const about = listNames(rest.map(({ property }) => property.replace(/^dbNames\./, "")));
    return { property: "dbNames", reason: `The same applies to ${rest.length} more: ${about}.` };
  });
  return [...few.map(({ property, reason }) => ({ property, reason })), ...more];
}

/** What will happen, in one line for each thing; what will be dropped is a warning. */
export function announce(
  inputs: PartialInputs,
  plan: CopyPlan,
  prospect: Prospect,
  judged: PreviewEnd | undefined,
  { seen: { set, findings }, backups }: Pick<Foreseen, "seen" | "backups">,
  { report, clock, memory }: Session,
): void {
  const now = clock.now();
  const place = placeOf(inputs);
  if (judged?.end === "unknown" && !findings.some(({ code }) => code === "not-checked"))
    report.warn(
      `Which databases on ${place.instanceId} belong to this resource was not checked. ${judged.reason}`,
    );
  const replaced = doubtful(inputs, judged, prospect).map((saying) => {
    const point = dated(saying.point, backups);
    return { ...saying, point, age: ageOf(point, now) };
  });
  for (const line of explainAll(replaced, place, report)) report.warn(line);
  if (judged?.end === "fine") {
    const others = judged.warnings.filter(({ kind }) => kind !== "maybeReplaced");
    for (const line of explainAll(others, place, report)) report.warn(line);
    for (const [name, claimed] of judged.claims) {
      const old = claimedOld(name, claimed, backups, { now, maxBackupAge: textOf(inputs.maxBackupAge) });
      if (old) report.warn(explain(old, place));
    }
    const records = stateIn(prospect)?.databases ?? {};
    for (const line of dropsOf(judged.drops, records, place.instanceId, now)) report.warn(line);
    const retained = fewOfMany(judged.retains, () => "");
    for (const names of [...retained.few.map((name) => [name]), ...retained.rests])
      report.warn(
        `Database ${listNames(names)} on ${place.instanceId} will be left in place (retainOnDelete) and no longer managed.`,
      );
  }
  const [held] = heldBy(prospect, inputs, judged);
  const isMixed = held && set && plan.choice?.kind === "latest" && Object.keys(plan.names).length > 0;
  if (isMixed && judged?.end === "fine")
    report.warn(explain({ kind: "mixedPoints", point: backupPoint(set), held }, place));
  const state = stateIn(prospect);
  const lastFillMs = lastFillOf(state?.databases ?? {});
  const others =
    judged?.end === "fine" ? { ...judged, ...droppedAndKept(judged, inputs, prospect) } : undefined;
  const line = announceCopy(plan, others, { set, lastFillMs, now });
  if (line !== "") report.info(line);
  const hint = Object.keys(plan.names).length > 0 && memory.copies.foresees(textOf(inputs.resourceUrn));
  if (hint) report.info(hint);
}

type Fine = Extract<PreviewEnd, { readonly end: "fine" }>;

/** In a replacement everything recorded is dropped; in an update what is there and declared stays. */
function droppedAndKept(
  judged: Fine,
  inputs: PartialInputs,
  prospect: Prospect,
): Pick<Fine, "drops"> & { readonly dropsElsewhere: boolean; readonly keeps: readonly string[] } {
  if (prospect.kind === "replace") {
    const { state } = prospect.former;
    const records = state?.databases ?? {};
    const drops = Object.keys(records).filter((name) => records[name]?.phase !== "adopted");
    const { targetDbInstanceId } = inputs;
    return { drops, dropsElsewhere: state?.targetDbInstanceId !== targetDbInstanceId, keeps: [] };
  }
  const { copies, drops, adopts, claims, resumes } = judged;
  const handled = [...copies, ...adopts, ...claims.keys(), ...resumes];
  const keeps = knownTargets(inputs).filter((name) => !handled.some((one) => sameName(one, name)));
  return { drops, dropsElsewhere: false, keeps };
}

/** One by one with the age of the data; of many of one restore point, the rest together. */
function dropsOf(names: readonly string[], records: Records, instanceId: string, now: number): string[] {
  const pointOf = (name: string) => {
    const record = entryOf(records, name);
    return record && record.phase !== "adopted" ? record.point : undefined;
  };
  const { few, rests } = fewOfMany(names, (name) => JSON.stringify(pointOf(name)));
  return [...few.map((name) => [name]), ...rests].map((some) =>
    announceDrop({ names: some, point: pointOf(some[0] ?? ""), instanceId, now }),
  );
}
