import { randomUUID } from "node:crypto";
import { listNames } from "../copy/databaseNames";
import { chosenRestorePoint } from "../copy/restorePoint";
import { untilListed } from "../copy/untilListed";
import { patientReads } from "../rds/patientReads";
import { RdsFailure } from "../rds/failure";
import type { DatabaseFacts, RdsApi } from "../rds/rdsApi";
import { toUtcSeconds } from "../time/moment";
import { ending, LifecycleError, type Ending } from "./ending";
import { explained } from "./explain";
import { freshFacts } from "./freshFacts";
import { fill } from "./fill";
import { leftBehind, type LeftBehind, type LeftCopy } from "./leftBehind";
import { finish } from "./finish";
import { lookAt } from "./look";
import { warnOfStrays } from "./strays";
import { sortNames, takeOver } from "./takeOver";
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

  const settled = await whenSettled(listed, left, { rds, inputs, deadline }, run);
  const receipt = left.state === "receipt" ? left.receipt : undefined;
  warnOfStrays({ inputs, listed: settled, receipt }, run);
  const { taken, free } = sortNames(inputs.dbNames, settled);
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
  const databases = Object.values(left.databases);
  const isOpen = left.requestId === undefined && databases.every(isUnseen);
  const told = isOpen
    ? `An earlier run was cut off around asking for the copy of ${listNames(names)} to ${target}. Whether it was accepted is not known: this run goes on from there, and looks first.`
    : `A copy of this very resource to ${target} (${listNames(names)}) is there that its state does not tell of: a run was cut off, or the state was lost. This run goes on with it and copies only what is missing.`;
  // Most runs that are cut off leave a receipt. Without one the copy came to its end, and its state may be somewhere.
  if (databases.every(({ askedAt }) => askedAt === undefined)) {
    run.report.warn(
      `${told} It came to its end, so a stack of the same name in another backend or organization may own it: then do not destroy this one, which would drop it.`,
    );
  } else run.report.info(told);
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
