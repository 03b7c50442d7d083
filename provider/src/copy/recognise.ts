import { RdsFailure } from "../rds/failure";
import type { DatabaseFacts, RdsApi } from "../rds/rdsApi";
import type { Clock } from "../time/clock";
import { momentOf } from "../time/moment";
import { sameName, type DatabaseNames } from "./databaseNames";
import {
  copyHash,
  markOf,
  markPrefix,
  parseReceipt,
  receiptKey,
  type MarkedRequest,
  type Receipt,
} from "./marks";
import { backupPoint, toCopyRestorePoint, type RestorePoint, type RestorePointChoice } from "./restorePoint";

/** Databases that an earlier run of this resource asked for, although no state tells of them. */
export interface Recognised {
  /** By declared target name: the moment each holds. */
  readonly points: ReadonlyMap<string, RestorePoint>;
  /** Request id of that copy, if its receipt is still there. */
  readonly requestId?: string;
}

export interface RecogniseOptions {
  readonly rds: RdsApi;
  readonly clock: Clock;
  readonly urn: string;
  readonly sourceDbInstanceId: string;
  readonly targetDbInstanceId: string;
  readonly syncUserPrivilege: boolean;
  /** The names in question, on the target or not. */
  readonly names: DatabaseNames;
  readonly listed: readonly DatabaseFacts[];
  readonly choice: RestorePointChoice;
  /** Moments that count besides the chosen one. */
  readonly morePoints?: readonly RestorePoint[];
  /** How often the resource was replaced; `undefined` if its state was lost, and any number will do. */
  readonly generation: number | undefined;
  /** Names that were there before the copy may be among the declared ones. */
  readonly adoptExisting: boolean;
}

/**
 * Looks for what a killed run of this very resource has left: marks on databases and a receipt on the
 * instance. Both are hashes of what was asked for, so only a copy with the same source, moment and names is
 * recognised. Nothing is recognised where tags cannot be read and no mark is on.
 */
export async function recognise(options: RecogniseOptions): Promise<Recognised | undefined> {
  const { rds, urn, names, listed, targetDbInstanceId, adoptExisting } = options;
  const receipt = parseReceipt((await tagsOf(rds, targetDbInstanceId))[receiptKey(urn)]);
  const taken = Object.entries(names).flatMap(([source, target]) => {
    const found = listed.find(({ name }) => sameName(name, target));
    return found ? [{ source, target, found }] : [];
  });
  const marked = taken.filter(({ found }) => found.description.startsWith(markPrefix(urn)));
  if (!receipt && marked.length === 0) return undefined;

  const copies = possibleCopies(options, await candidatePoints(options));
  const recognised = new Map<string, RestorePoint>();
  for (const { source, target, found } of marked) {
    const copy = copies.find(
      (one) => markOf(urn, requestOf(options, { [source]: target }, one), source) === found.description,
    );
    if (copy) recognised.set(target, copy.point);
  }
  const unproven = taken.filter(({ target }) => !recognised.has(target)).map(({ source }) => source);
  const covered = receipt && coveredBy(options, receipt, copies, adoptExisting ? [] : unproven);
  if (
    receipt &&
    covered &&
    (unproven.length === 0 || receipt.requestId !== undefined || (await somethingRan(options, receipt)))
  ) {
    for (const target of Object.values(covered.names))
      recognised.set(target, recognised.get(target) ?? covered.point);
  }
  if (recognised.size === 0) return undefined;
  return {
    points: recognised,
    ...(receipt?.requestId === undefined ? {} : { requestId: receipt.requestId }),
  };
}

/** Receipts of copies that were only announced lose their weight after this time. */
const announcedForMs = 24 * 60 * 60_000;

/** Up to this many hashes, every choice among the names is tried against a receipt. */
const hashesTried = 200_000;

interface PossibleCopy {
  readonly point: RestorePoint;
  readonly generation: number;
}

/** When the state was lost, so was the number of replacements: this many are thought possible. */
const generationsTried = 64;

function possibleCopies({ generation }: RecogniseOptions, points: readonly RestorePoint[]): PossibleCopy[] {
  const generations = generation === undefined ? [...Array(generationsTried).keys()] : [generation];
  return generations.flatMap((one) => points.map((point) => ({ point, generation: one })));
}

/** The part of the names that a receipt speaks of, and the moment; a receipt only holds the hash of both. */
function coveredBy(
  options: RecogniseOptions,
  receipt: Receipt,
  copies: readonly PossibleCopy[],
  mustHold: readonly string[],
): { names: DatabaseNames; point: RestorePoint } | undefined {
  for (const names of choicesOf(options.names, copies.length)) {
    if (!mustHold.every((source) => source in names)) continue;
    const copy = copies.find((one) => copyHash(requestOf(options, names, one)) === receipt.copy);
    if (copy) return { names, point: copy.point };
  }
  return undefined;
}

function* choicesOf(names: DatabaseNames, copies: number): Generator<DatabaseNames> {
  yield names;
  const entries = Object.entries(names);
  if (2 ** entries.length * copies > hashesTried) return;
  for (let bits = 2 ** entries.length - 2; bits > 0; bits--) {
    yield Object.fromEntries(entries.filter((_, index) => (bits >> index) & 1));
  }
}

/**
 * A copy that was only announced may never have been accepted, and somebody else may have made the names
 * since. A task that began on the target after the announcement speaks for the copy. An inference: no
 * document says which tasks a copy makes, so any that has not failed counts, and none means "not ours".
 */
async function somethingRan(
  { rds, clock, targetDbInstanceId }: RecogniseOptions,
  { time }: Receipt,
): Promise<boolean> {
  const announced = momentOf(time);
  const now = clock.now();
  if (!(now - announced < announcedForMs)) return false;
  try {
    const running = await rds.describeTasks(targetDbInstanceId);
    if (running.length > 0) return true;
    const ended = await rds.describeHistoryTasks(
      targetDbInstanceId,
      new Date(announced - 60_000),
      new Date(now),
    );
    return ended.some(({ status }) => status !== "Failed");
  } catch (error) {
    if (error instanceof RdsFailure) return false;
    throw error;
  }
}

/** Where tags may not be read, there is no receipt to go by. Any other failure is no answer, and must not pass for one. */
async function tagsOf(rds: RdsApi, instanceId: string): Promise<Readonly<Record<string, string>>> {
  try {
    return await rds.listTags(instanceId);
  } catch (error) {
    if (error instanceof RdsFailure && (error.kind === "denied" || error.kind === "refused")) return {};
    throw error;
  }
}

async function candidatePoints(options: RecogniseOptions): Promise<readonly RestorePoint[]> {
  const { rds, choice, sourceDbInstanceId: instanceId, morePoints = [] } = options;
  switch (choice.kind) {
    case "time":
      return [choice, ...morePoints];
    case "backup": {
      const sets = await rds.describeBackups({ instanceId, backupId: choice.backupId });
      return [
        ...sets.filter(({ backupId }) => backupId === choice.backupId).map(backupPoint),
        choice,
        ...morePoints,
      ];
    }
    case "latest":
      return [...(await rds.describeBackups({ instanceId })).map(backupPoint), ...morePoints];
  }
}

function requestOf(
  options: RecogniseOptions,
  names: DatabaseNames,
  { point, generation }: PossibleCopy,
): MarkedRequest {
  const { sourceDbInstanceId, targetDbInstanceId, syncUserPrivilege } = options;
  return {
    sourceDbInstanceId,
    targetDbInstanceId,
    names,
    restorePoint: toCopyRestorePoint(point),
    syncUserPrivilege,
    generation,
  };
}
