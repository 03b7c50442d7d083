import { randomUUID } from "node:crypto";
import { listNames, sameName, type DatabaseNames } from "../copy/databaseNames";
import { findingText } from "../copy/preflight/finding";
import { nameTaken } from "../copy/preflight/targetNameFindings";
import { chosenRestorePoint } from "../copy/restorePoint";
import { patientReads } from "../rds/patientReads";
import type { DatabaseFacts } from "../rds/rdsApi";
import { toUtcSeconds } from "../time/moment";
import { adopt } from "./adopt";
import { LifecycleError, type Ending } from "./ending";
import { fill } from "./fill";
import { timeoutOf, withDefaults, type CopyInputs } from "./inputs";
import type { Run } from "./run";
import type { CopyState, DatabaseState } from "./state";

/** How long one read may be asked again before it counts as failed. */
export const readBudgetMs = 60_000;

/**
 * Copies the databases and waits until they run. Before the copy is accepted, a failure leaves nothing
 * behind; from then on it ends as a resource with reasons, which the next run resumes.
 */
export async function create(inputs: CopyInputs, run: Run): Promise<Ending> {
  const started = run.clock.now();
  const deadline = started + timeoutOf(inputs, "create");
  const rds = patientReads(run.rds(inputs.connection), run.clock, readBudgetMs, run.signal);
  const target = inputs.targetDbInstanceId;

  const listed = await rds.describeDatabases(target);
  const { taken, free } = sortNames(inputs.dbNames, listed);
  const adopted = takeOver(inputs, taken, run);

  const common = { ...withDefaults(inputs), region: rds.region, startedAt: toUtcSeconds(started) };
  if (Object.keys(free).length === 0) {
    const id = `adopted-${randomUUID()}`;
    const { databases, reasons } = await adopt(
      { rds, deadline, instanceId: target, databases: adopted },
      run,
    );
    return ending(`${target}:${id}`, { ...common, databases, dataVersion: id }, reasons, run);
  }

  const filled = await fill({ inputs, names: free, choice: chosenRestorePoint(inputs), rds, deadline }, run);
  if (filled.state === "refused") {
    throw new LifecycleError(
      `Copying ${listNames(Object.keys(free))} from ${inputs.sourceDbInstanceId} to ${target} was refused, and nothing was started. ${filled.reason}`,
    );
  }
  const { databases: others, reasons } = await adopt(
    { rds, deadline, instanceId: target, databases: adopted },
    run,
  );
  // Without an answer there is no request id; the id only has to be unique and keep its form.
  const requestId = filled.requestId ?? `unanswered-${randomUUID()}`;
  return ending(
    `${target}:${requestId}`,
    {
      ...common,
      databases: { ...filled.databases, ...others },
      restorePoint: filled.restorePoint,
      dataVersion: requestId,
      ...(filled.requestId === undefined ? {} : { requestId: filled.requestId }),
    },
    [...filled.reasons, ...reasons],
    run,
  );
}

/** The names that applications read, and whether anything is left to do. */
export function ending(
  id: string,
  state: Omit<CopyState, "names" | "completedAt">,
  reasons: readonly string[],
  run: Run,
): Ending {
  const names = Object.fromEntries(
    Object.entries(state.dbNames).map(([source, target]) => [
      source,
      state.databases[target]?.targetName ?? target,
    ]),
  );
  const completed = reasons.length === 0 ? { completedAt: toUtcSeconds(run.clock.now()) } : {};
  return { id, state: { ...state, names, ...completed }, reasons };
}

type Taken = readonly { readonly source: string; readonly target: string; readonly facts: DatabaseFacts }[];

/** Which of the names are on the target already. */
export function sortNames(
  names: DatabaseNames,
  listed: readonly DatabaseFacts[],
): { taken: Taken; free: DatabaseNames } {
  const all = Object.entries(names).map(([source, target]) => ({
    source,
    target,
    facts: listed.find(({ name }) => sameName(name, target)),
  }));
  return {
    taken: all.flatMap(({ facts, ...name }) => (facts ? [{ ...name, facts }] : [])),
    free: Object.fromEntries(all.filter(({ facts }) => !facts).map(({ source, target }) => [source, target])),
  };
}

/** Taken names are taken over if that was asked for; otherwise nothing is touched. */
function takeOver(inputs: CopyInputs, taken: Taken, run: Run): Record<string, DatabaseState> {
  if (taken.length === 0) return {};
  const target = inputs.targetDbInstanceId;
  const old = run.memory.oldOf(inputs.resourceUrn);
  const ofOld = taken.filter(
    ({ target: name }) =>
      old?.targetDbInstanceId === target && old.targetNames.some((own) => sameName(own, name)),
  );
  if (ofOld.length > 0) {
    throw new LifecycleError(
      `This resource is being replaced, and ${listNames(ofOld.map(({ target: name }) => name))} on ${target} still ` +
        `belongs to the one that is about to be deleted: nothing was copied or taken over. Leave out ` +
        `deleteBeforeReplace: false, so that the old databases go first, or give the new ones other names.`,
    );
  }
  if (!inputs.adoptExisting) {
    throw new LifecycleError(
      taken.map(({ source, facts }) => findingText(nameTaken(target, source, facts))).join("\n"),
    );
  }
  run.report.info(
    `Takes over ${listNames(taken.map(({ facts }) => facts.name))} on ${target} as found, to be neither overwritten nor dropped.`,
  );
  return Object.fromEntries(
    taken.map(({ source, target: name, facts }) => [
      name,
      { sourceName: source, targetName: facts.name, status: facts.status, origin: "adopted" },
    ]),
  );
}
