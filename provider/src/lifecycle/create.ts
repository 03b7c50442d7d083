import { randomUUID } from "node:crypto";
import { listNames, sameName, type DatabaseNames } from "../copy/databaseNames";
import { findingText } from "../copy/preflight/finding";
import { nameTaken } from "../copy/preflight/targetNameFindings";
import { chosenRestorePoint } from "../copy/restorePoint";
import { untilListed } from "../copy/untilListed";
import { patientReads } from "../rds/patientReads";
import { RdsFailure } from "../rds/failure";
import type { DatabaseFacts, RdsApi } from "../rds/rdsApi";
import { toUtcSeconds } from "../time/moment";
import { markPrefix } from "../copy/marks";
import { ending, LifecycleError, type Ending } from "./ending";
import { explained } from "./explain";
import { freshFacts } from "./freshFacts";
import { fill } from "./fill";
import { leftBehind, type LeftBehind, type LeftCopy } from "./leftBehind";
import { finish } from "./finish";
import { lookAt } from "./look";
import { waitFor } from "./waitFor";
import { timeoutOf, withDefaults, type CopyInputs } from "./inputs";
import { ownershipOf } from "./marking";
import { readBudgetMs, type Run } from "./run";
import type { CopyState, DatabaseState } from "./state";

/**
 * Copies the databases and waits until they run. Before the copy is accepted, a failure leaves nothing
 * behind; from then on it ends as a resource with reasons, which the next run resumes.
 *
 * A run that was killed may have left a copy of this very resource without a state: it is recognised by
 * its receipt or its marks, and resumed instead of made again.
 */
export async function create(inputs: CopyInputs, run: Run): Promise<Ending> {
  const { sourceDbInstanceId: source, targetDbInstanceId: target, dbNames } = inputs;
  const tried = `Copying ${listNames(Object.keys(dbNames))} from ${source} to ${target}`;
  const rds = patientReads(run.rds(inputs.connection), run.clock, readBudgetMs, run.signal);
  return afterReplacement(inputs, run, () => explained(tried, rds, () => createWith(rds, inputs, run)));
}

/** A replacement has dropped the old data by now: if its copy is not made, that is the first thing to know. */
async function afterReplacement(
  inputs: CopyInputs,
  { memory }: Run,
  make: () => Promise<Ending>,
): Promise<Ending> {
  try {
    return await make();
  } catch (error) {
    const old = memory.deletedOf(inputs.resourceUrn);
    if (!old || !(error instanceof LifecycleError)) throw error;
    throw new LifecycleError(
      `The data is gone that this resource had copied to ${old.targetDbInstanceId}: it was dropped for the replacement. ` +
        `The next "pulumi up" makes the copy, once what stands against it is out of the way. ${error.message}`,
    );
  }
}

async function createWith(rds: RdsApi, inputs: CopyInputs, run: Run): Promise<Ending> {
  const started = run.clock.now();
  const deadline = started + timeoutOf(inputs, "create");
  const target = inputs.targetDbInstanceId;
  const listed = await lookAt(rds, target, run, (seen) => seen === undefined);
  if (listed === undefined) {
    throw new LifecycleError(
      `Instance ${target}, the target, was not found in region ${rds.region} (endpoint ${rds.endpoint}), so nothing was copied. ` +
        `Either it does not exist, or the region or the account of this run is another one than its own.`,
    );
  }

  const place = await placeNow(inputs, rds, run);
  const left = await leftBehind({ rds, inputs, listed, names: inputs.dbNames }, run);
  if (left.state === "copy") return resume(inputs, left, place, run);

  const { taken, free } = sortNames(
    inputs.dbNames,
    await whenSettled(listed, left, { rds, inputs, deadline }, run),
  );
  const adopted = takeOver(inputs, taken, run);
  const common = { ...withDefaults(inputs), ...place, startedAt: toUtcSeconds(started) };
  if (Object.keys(free).length === 0) {
    if (left.state === "receipt") await ownershipOf(inputs, rds, run).settled(target);
    const id = `adopted-${randomUUID()}`;
    const { databases, reasons } = await waitFor(
      { rds: run.rds(inputs.connection), deadline, inputs, databases: adopted },
      run,
    );
    return ending(`${target}:${id}`, { ...common, databases, dataVersion: id }, reasons, run);
  }

  const choice = chosenRestorePoint(inputs);
  const filled = await fill(
    { inputs, names: free, choice, rds: run.rds(inputs.connection), deadline, listed },
    run,
  );
  if (filled.state === "refused") {
    throw new LifecycleError(
      `Copying ${listNames(Object.keys(free))} from ${inputs.sourceDbInstanceId} to ${target} was refused, and nothing was started. ${filled.reason}`,
    );
  }
  const others = await waitFor(
    { rds: run.rds(inputs.connection), deadline, inputs, databases: adopted },
    run,
  );
  // Without an answer there is no request id; the id only has to be unique and keep its form.
  const requestId = filled.requestId ?? `unanswered-${randomUUID()}`;
  return ending(
    `${target}:${requestId}`,
    {
      ...common,
      databases: { ...filled.databases, ...others.databases },
      restorePoint: filled.restorePoint,
      dataVersion: requestId,
      ...(filled.requestId === undefined ? {} : { requestId: filled.requestId }),
    },
    [...filled.reasons, ...others.reasons],
    run,
  );
}

/**
 * The databases of the target, once an earlier copy of this resource with other inputs has had the time to show
 * itself: what appears during our own copy would pass for its effect.
 */
async function whenSettled(
  listed: readonly DatabaseFacts[],
  left: LeftBehind,
  { rds, inputs, deadline }: { rds: RdsApi; inputs: CopyInputs; deadline: number },
  { clock, signal }: Run,
): Promise<readonly DatabaseFacts[]> {
  if (left.state !== "receipt") return listed;
  const { targetDbInstanceId: instanceId, dbNames } = inputs;
  return untilListed({ rds, clock, signal, deadline, instanceId, names: Object.values(dbNames), listed });
}

type Place = Pick<CopyState, "region" | "askedRegion">;

/**
 * The target's own region. Some hosts answer for many regions, whatever region the run is told: recording that
 * one would make a replacement, and so a drop, of somebody correcting his configuration later.
 */
async function placeNow(inputs: CopyInputs, rds: RdsApi, run: Run): Promise<Place> {
  try {
    const instance = await freshFacts(inputs, rds, run).instance(inputs.targetDbInstanceId);
    const region = instance?.regionId || rds.region;
    return { region, ...(region === rds.region ? {} : { askedRegion: rds.region }) };
  } catch (error) {
    if (error instanceof RdsFailure) return { region: rds.region };
    throw error;
  }
}

/** Goes on with a copy whose state was lost, as an update of what that state would have said. */
async function resume(inputs: CopyInputs, left: LeftCopy, place: Place, run: Run): Promise<Ending> {
  const names = Object.keys(left.databases);
  const target = inputs.targetDbInstanceId;
  const isOpen = left.requestId === undefined && Object.values(left.databases).every(isUnseen);
  run.report.info(
    isOpen
      ? `An earlier run was cut off around asking for the copy of ${listNames(names)} to ${target}. Whether it was accepted is not known: this run goes on from there, and looks first.`
      : `A copy of this very resource to ${target} (${listNames(names)}) is there that its state does not tell of: a run was cut off, or the state was lost. This run goes on with it and copies only what is missing.`,
  );
  const requestId = left.requestId ?? `resumed-${randomUUID()}`;
  const id = `${inputs.targetDbInstanceId}:${requestId}`;
  const state: CopyState = {
    ...withDefaults(inputs),
    names: inputs.dbNames,
    databases: left.databases,
    restorePoint: left.restorePoint,
    dataVersion: requestId,
    ...(left.requestId === undefined ? {} : { requestId }),
    ...place,
    startedAt: toUtcSeconds(run.clock.now()),
  };
  return finish(id, state, inputs, run, "create", { state, recognised: new Set(names), mayCome: new Set() });
}

function isUnseen({ status }: DatabaseState): boolean {
  return status === "Requested";
}

type Taken = readonly { readonly source: string; readonly target: string; readonly facts: DatabaseFacts }[];

/** Which of the names are on the target already. */
function sortNames(
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
  // Where marks are written, a database without one of ours is not the original's.
  const prefix = inputs.resourceUrn && inputs.ownershipMarks !== false ? markPrefix(inputs.resourceUrn) : "";
  const ofOld = taken.filter(
    ({ target: name, facts }) =>
      old?.targetDbInstanceId === target &&
      old.targetNames.some((own) => sameName(own, name)) &&
      facts.description.startsWith(prefix),
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
