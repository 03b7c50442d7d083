import { sameName, withName, type DatabaseNames } from "../copy/databaseNames";
import { maySpeakOf, parseReceipt, type Receipt } from "../copy/marks";
import type { DatabaseFacts, RdsApi } from "../rds/rdsApi";
import type { CopyInputs } from "./inputs";
import { leftBehind } from "./leftBehind";
import { whyForeign } from "./marking";
import { ownReceipt } from "./ownReceipt";
import type { Run } from "./run";
import { recordOf, type CopyState, type DatabaseState } from "./state";

/** The state, once more with what a run that was cut off has made and could not record. */
export interface Reclaimed {
  readonly state: CopyState;
  /** Target names that were recognised as this resource's own. */
  readonly recognised: ReadonlySet<string>;
  /** Target names that an earlier copy of this resource with other inputs may still bring. */
  readonly mayCome: ReadonlySet<string>;
  /** Request id of the copy that the state did not know. */
  readonly requestId?: string;
  /** The receipt of a copy with other inputs. */
  readonly receipt?: Receipt;
}

export interface ReclaimOptions {
  readonly rds: RdsApi;
  readonly inputs: CopyInputs;
  readonly recorded: CopyState;
  readonly listed: readonly DatabaseFacts[];
}

/** Looks for this resource's own copies behind every declared name that is not as the state has it. */
export async function reclaim(options: ReclaimOptions, run: Run): Promise<Reclaimed> {
  const { rds, inputs, recorded } = options;
  const receipt = inputs.createFirst ? undefined : parseReceipt(await ownReceipt(inputs, rds));
  return reclaimNames(
    options,
    inputs.dbNames,
    (database, found) => {
      const isAsRecorded = database && database.status !== "Missing" && found;
      if (!isAsRecorded || whyForeign(recorded, database, found) !== undefined) return true;
      return receipt !== undefined && isOfLaterCopy(receipt, database);
    },
    run,
  );
}

/**
 * Whether a run that was cut off has filled a recorded database again. From the same moment it has the same mark, and
 * only the receipt tells that its data is new.
 */
function isOfLaterCopy(receipt: Receipt, database: DatabaseState): boolean {
  if (!maySpeakOf(receipt, database.targetName)) return false;
  return isLater({ requestId: receipt.requestId, askedAt: receipt.time }, database);
}

/** The same behind names that carry somebody else's database, as it seems: a refresh asks no more than it must. */
export function reclaimForeign(options: ReclaimOptions, run: Run): Promise<Reclaimed> {
  const { recorded } = options;
  return reclaimNames(
    options,
    recorded.dbNames,
    (database, found) => Boolean(database && found && whyForeign(recorded, database, found)),
    run,
  );
}

async function reclaimNames(
  { rds, inputs, recorded, listed }: ReclaimOptions,
  declared: DatabaseNames,
  isInQuestion: (database: DatabaseState | undefined, found: DatabaseFacts | undefined) => boolean,
  run: Run,
): Promise<Reclaimed> {
  const nothing = { state: recorded, recognised: new Set<string>(), mayCome: new Set<string>() };
  const names = Object.fromEntries(
    Object.entries(declared).filter(([, target]) =>
      isInQuestion(recordOf(recorded, target), withName(listed, target)),
    ),
  );
  if (Object.keys(names).length === 0) return nothing;
  const morePoints = Object.values(recorded.databases).flatMap(({ restorePoint }) => restorePoint ?? []);
  const left = await leftBehind({ rds, inputs, listed, names, morePoints }, run);
  switch (left.state) {
    case "nothing":
      return nothing;
    case "receipt":
      return { ...nothing, mayCome: new Set(Object.values(names)), receipt: left.receipt };
    case "copy": {
      const { requestId, marked } = left;
      const databases = Object.fromEntries(
        Object.entries(left.databases).filter(
          ([name, database]) => marked.has(name) || isNews(database, recordOf(recorded, name)),
        ),
      );
      if (Object.keys(databases).length === 0) return nothing;
      const isReplaced = (name: string) => Object.keys(databases).some((target) => sameName(target, name));
      const others = Object.entries(recorded.databases).filter(([name]) => !isReplaced(name));
      return {
        ...nothing,
        state: {
          ...recorded,
          restorePoint: left.restorePoint,
          databases: { ...Object.fromEntries(others), ...databases },
        },
        recognised: new Set(Object.keys(databases)),
        ...(requestId === undefined ? {} : { requestId }),
      };
    }
  }
}

/**
 * A receipt of the very copy that the state tells of is no news: if its database does not carry the recorded
 * mark any more, somebody has taken it over. Only a receipt of a later copy says that it was made again.
 */
function isNews(left: DatabaseState, recorded: DatabaseState | undefined): boolean {
  if (recorded === undefined || recorded.mark === undefined) return true;
  return isLater(left, recorded);
}

/** Whether a copy was made after the one that is recorded. */
function isLater(
  copy: { readonly requestId?: string | undefined; readonly askedAt?: string },
  recorded: DatabaseState,
): boolean {
  if (copy.requestId !== undefined) return copy.requestId !== recorded.requestId;
  return copy.askedAt === undefined || recorded.askedAt === undefined || copy.askedAt > recorded.askedAt;
}
