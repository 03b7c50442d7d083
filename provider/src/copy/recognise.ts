import type { DatabaseFacts, RdsApi } from "../rds/rdsApi";
import type { Clock } from "../time/clock";
import { momentOf } from "../time/moment";
import { copyTrace } from "./copyTasks";
import { withName, type DatabaseNames } from "./databaseNames";
import {
  isMark,
  isReceiptKey,
  markOf,
  markPrefix,
  maySpeakOf,
  parseReceipt,
  receiptKey,
  type Receipt,
} from "./marks";
import { markedRequest, possibleCopies, searchReceipt } from "./receiptSearch";
import { readableTags } from "./readableTags";
import { backupPoint, type RestorePoint, type RestorePointChoice } from "./restorePoint";

/** Databases that an earlier run of this resource asked for, although no state tells of them. */
export interface Recognised {
  /** By declared target name: the moment each holds. Empty if there is only a receipt of some other copy. */
  readonly points: ReadonlyMap<string, RestorePoint>;
  /** Those of them that carry their mark. */
  readonly marked: ReadonlySet<string>;
  /** The receipt of this resource on the instance, whatever it speaks of. */
  readonly receipt: Receipt | undefined;
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
  const { rds, urn, names, listed, targetDbInstanceId, adoptExisting, generation } = options;
  const tags = await readableTags(rds, targetDbInstanceId);
  const receipt = parseReceipt(tags[receiptKey(urn)]);
  const taken = Object.entries(names).flatMap(([source, target]) => {
    const found = withName(listed, target);
    return found ? [{ source, target, found }] : [];
  });
  const marked = taken.filter(({ found }) => found.description.startsWith(markPrefix(urn)));
  if (!receipt && marked.length === 0) return undefined;

  const copies = possibleCopies(await candidatePoints(options), generation);
  const recognised = new Map<string, RestorePoint>();
  for (const { source, target, found } of marked) {
    const copy = copies.find(
      (one) => markOf(urn, markedRequest(options, { [source]: target }, one), source) === found.description,
    );
    if (copy) recognised.set(target, copy.point);
  }
  const byMark = [...recognised.keys()];
  const unproven = taken.filter(({ target }) => !recognised.has(target));
  const mustHold = adoptExisting ? [] : unproven.map(({ source }) => source);
  const covered = receipt && searchReceipt(receipt, options, names, copies, mustHold);
  const inQuestion = unproven.filter(({ source }) => covered && source in covered.names);
  if (receipt && covered && (await areOurs(options, receipt, tags, inQuestion))) {
    for (const target of Object.values(covered.names)) {
      recognised.set(target, recognised.get(target) ?? covered.point);
    }
  }
  return {
    points: recognised,
    marked: new Set(byMark),
    receipt,
  };
}

/** A database that is there under a name that a receipt of ours speaks of. */
interface InQuestion {
  readonly source: string;
  readonly found: DatabaseFacts;
}

/** Receipts of copies that were only announced lose their weight after this time. */
const announcedForMs = 24 * 60 * 60_000;

/**
 * Whether unmarked databases are those of our receipt. The mark of another resource says whose a database
 * is. Somebody else may have made the names since: after an accepted copy that failed, which its tasks tell, or after
 * one that was only announced and never accepted: there the tasks have to speak for it, and no receipt of another
 * resource of the same names.
 */
async function areOurs(
  options: RecogniseOptions,
  receipt: Receipt,
  tags: Readonly<Record<string, string>>,
  databases: readonly InQuestion[],
): Promise<boolean> {
  if (databases.some(({ found }) => isMark(found.description))) return false;
  if (databases.length === 0) return true;
  const { rds, clock, targetDbInstanceId, urn } = options;
  const since = momentOf(receipt.time);
  const now = clock.now();
  // No receipt of this package.
  if (Number.isNaN(since)) return false;
  const traceOf = ({ source, found }: InQuestion) =>
    copyTrace(rds, { instanceId: targetDbInstanceId, source, target: found.name, since, now });
  if (receipt.requestId !== undefined) {
    for (const database of databases) if ((await traceOf(database)) === "failed") return false;
    return true;
  }
  if (now - since >= announcedForMs) return false;
  const others = Object.entries(tags).flatMap(([key, value]) => {
    const other = isReceiptKey(key) && key !== receiptKey(urn) ? parseReceipt(value) : undefined;
    return other ? [other] : [];
  });
  if (databases.some(({ found }) => others.some((other) => maySpeakOf(other, found.name)))) return false;
  for (const database of databases) if ((await traceOf(database)) !== "made") return false;
  return true;
}

async function candidatePoints(options: RecogniseOptions): Promise<readonly RestorePoint[]> {
  const { rds, choice, sourceDbInstanceId: instanceId, morePoints = [] } = options;
  switch (choice.kind) {
    case "time":
      return [choice, ...morePoints];
    case "backup": {
      const sets = await rds.describeBackups({ instanceId, backupId: choice.backupId });
      const set = sets.filter(({ backupId }) => backupId === choice.backupId).map(backupPoint);
      return [...set, choice, ...morePoints];
    }
    case "latest":
      return [...(await rds.describeBackups({ instanceId })).map(backupPoint), ...morePoints];
  }
}
