import type { RestorePoint } from "../copy/restorePoint";
import type { DatabaseFacts } from "../rds/rdsApi";
import type { Intent } from "./intent";
import { parseMark, type Id, type Mark, type Owner } from "./mark";
import type { DatabaseRecord } from "./record";

/** One database that is listed on the target. */
export interface Found {
  /** As the service spells it. */
  readonly name: string;
  /**
   * `running` is the one good status. `deleting` is waited for and then absent. `other` (Offline, Suspect, Cold, what the
   * service may add) is one that is still being created while its record is filling, and a trouble to report on a filled one.
   */
  readonly status: "creating" | "running" | "deleting" | "other";
  /** The status in the service's own word. */
  readonly statusText: string;
  /** `text`: a description of someone. `asSource`: the very description of the source database, taken along by the copy. */
  readonly mark: Mark | "text" | "asSource" | null;
  /** The service lists its accounts, and there are none. */
  readonly isWithoutAccounts?: boolean;
}

/** What the tasks say of the copy of one call into one database. An inference: no document says what they tell. */
export type TaskTrace = "made" | "failed" | "nothing";

/** Everything that is known of one name at one look: plain data. */
export interface Evidence {
  readonly found?: Pick<Found, "status" | "mark"> | undefined;
  readonly record?: DatabaseRecord | undefined;
  /** Intents of ours that cover the name, in the order of their calls. */
  readonly intents: readonly Intent[];
  /** An intent of anyone else that covers it. */
  readonly others?: Id | undefined;
  /** The ids that the program claims. */
  readonly claim: readonly Id[];
  readonly own: Owner;
  /** False with `ownershipMarks: false`. */
  readonly marksOn: boolean;
  readonly tasks?: TaskTrace | undefined;
  /** The grace is over: the time in which an accepted copy may be listed late. */
  readonly waited: boolean;
}

export type TheirsBecause =
  /** A mark of the own owner whose id nothing here knows. */
  | "unrecorded"
  /** A mark of another owner. */
  | "otherOwner"
  /** Unmarked, and an intent of anyone else covers it. */
  | "othersIntent"
  /** Unmarked under intents of ours: which call made it, or whether one did, cannot be told. */
  | "unproven"
  /** Unmarked under an intent of ours whose copy failed. */
  | "copyFailed"
  /** Recorded, and the mark is gone. */
  | "markGone"
  /** Unmarked, unrecorded, under no intent. */
  | "unclaimed";

/** The answer of `judge` about one database. */
export type Verdict =
  | { readonly kind: "absent" }
  /** Its copy was requested, and it may still be listed. */
  | { readonly kind: "expected" }
  | { readonly kind: "adopted" }
  | Ours
  | Theirs
  /** Ask the tasks of this call, then judge again. */
  | { readonly kind: "needsTasks"; readonly id: Id };

export interface Ours {
  readonly kind: "ours";
  /** The copy call that filled it. */
  readonly id: Id;
  readonly point: RestorePoint;
  /** It is claimed: it gets a fresh id. */
  readonly isClaimed: boolean;
}

export interface Theirs {
  readonly kind: "theirs";
  readonly why: TheirsBecause;
  /** The id in its mark, of the intent that covers it, or of its record. */
  readonly id?: Id | undefined;
  /** `adoptExisting` may adopt it. */
  readonly isAdoptable: boolean;
  /** An intent of ours covers it, too: who made it is for a person to say. */
  readonly isDisputed: boolean;
}

/** What the list of databases shows of one. `ofSource`: the description of the database that it is copied from, if known. */
export function foundOf({ name, status, description, accounts }: DatabaseFacts, ofSource?: string): Found {
  const found = { name, status: statusOf(status), statusText: status, mark: markIn(description, ofSource) };
  return accounts?.length === 0 ? { ...found, isWithoutAccounts: true } : found;
}

function markIn(description: string, ofSource: string | undefined): Found["mark"] {
  if (description === "") return null;
  if (description === ofSource) return "asSource";
  return parseMark(description) ?? "text";
}

function statusOf(status: string): Found["status"] {
  switch (status) {
    case "Running":
      return "running";
    case "Creating":
    case "":
      return "creating";
    case "Deleting":
      return "deleting";
    default:
      return "other";
  }
}

/** The mark that a database carries, if any. */
export function markOn(found: Pick<Found, "mark"> | undefined): Mark | undefined {
  return typeof found?.mark === "object" && found.mark !== null ? found.mark : undefined;
}
