import type { RestorePoint } from "../copy/restorePoint";
import type { TheirsBecause } from "./evidence";
import type { Id, Mark } from "./mark";
import type { DatabaseRecord } from "./record";

/**
 * What an operation has to say of ownership, as data: the sentences are those of `explain`. Warnings and infos are said
 * as they come; those that end an operation are its reasons.
 */
export type Saying =
  // Reasons to refuse or to end unfinished
  | {
      readonly kind: "refused";
      readonly name: string;
      readonly why: TheirsBecause | "adopted" | "otherPoint" | "appeared" | "unlisted" | "stillDeleting";
      /** The id in its mark, of the intent that covers it, or of its record. */
      readonly id?: Id | undefined;
      /** Its status, unless it is `Running`: nothing else is adopted. */
      readonly status?: string | undefined;
      /** What it carries. */
      readonly mark?: Mark | undefined;
      /** Under the intent of someone else: the mark of the copy that an interrupted run of this resource may have requested. */
      readonly requested?: Mark | undefined;
      /** What it carries holds another restore point than the program names: a claim alone is refused. */
      readonly isOtherPoint?: true;
      /** `otherPoint`: what is claimed holds this one, and the program names another. */
      readonly point?: RestorePoint | undefined;
      /** What the state says of it: the mark to write back. */
      readonly record?: DatabaseRecord | undefined;
      /** Preview alone: how old its data is. */
      readonly age?: string | undefined;
    }
  /** The tags cannot be read, or one of ours cannot be parsed. */
  | { readonly kind: "tagsUnreadable"; readonly reason: string; readonly key?: string | undefined }
  /** An intent could not be written or taken off. */
  /** `isPassing`: not denied, only not done, as on a busy instance. */
  | { readonly kind: "tagsDenied"; readonly reason: string; readonly isPassing?: true }
  /** The target has as many tags as are safe. */
  | { readonly kind: "tagsFull"; readonly keys: readonly string[] }
  /** The new copy would be refused, for reasons of the preflight. */
  | { readonly kind: "copyBlocked"; readonly reasons: readonly string[] }
  /** What the new copy depends on could not be looked at. */
  | { readonly kind: "copyUnknown"; readonly reasons: readonly string[] }
  | { readonly kind: "noRestorePoint"; readonly names: readonly string[] }
  | { readonly kind: "copyRefused"; readonly names: readonly string[]; readonly reason: string }
  /** The answer to the copy call was lost, and nothing tells what became of it. */
  | { readonly kind: "copyUnanswered"; readonly names: readonly string[]; readonly reason: string }
  /** `statuses`: what the service says of each name at last; missing where it is not listed. */
  | {
      readonly kind: "timedOut";
      readonly names: readonly string[];
      readonly statuses?: Readonly<Record<string, string>>;
    }
  /** The copy could not be requested until the timeout: `reason` is the last answer. */
  | { readonly kind: "copyTimedOut"; readonly names: readonly string[]; readonly reason: string }
  /** It was being made and is not there any more, or someone else's is. */
  | { readonly kind: "vanished"; readonly name: string }
  /** Its copy was accepted and failed before it was ever listed. */
  | { readonly kind: "copyFailed"; readonly name: string; readonly point: RestorePoint }
  | {
      readonly kind: "unmarked";
      readonly name: string;
      readonly reason: string;
      /** Not denied, only not done, as on a busy instance. */
      readonly isPassing?: true;
      readonly record?: DatabaseRecord | undefined;
    }
  /** It holds another restore point, or comes from another source, than the program says: the next run replaces it. */
  | {
      readonly kind: "otherData";
      readonly name: string;
      readonly point: RestorePoint;
      readonly differs: "point" | "source";
    }
  | { readonly kind: "dropFailed"; readonly name: string; readonly reason: string }
  | { readonly kind: "instanceNotFound" }
  /** It was there when the operation began. */
  | { readonly kind: "instanceLost" }
  /** A look could not be made although it was tried with patience. */
  | { readonly kind: "lookFailed"; readonly reason: string }
  // Warnings
  | {
      readonly kind: "foreign";
      readonly name: string;
      readonly why: TheirsBecause | "changed";
      readonly id?: Id | undefined;
      readonly mark?: Mark | undefined;
      readonly record?: DatabaseRecord | undefined;
    }
  | {
      readonly kind: "left";
      readonly name: string;
      readonly why: TheirsBecause | "adopted" | "notItsOwn" | "declaredElsewhere" | "retained";
      readonly by?: string | undefined;
      readonly record?: DatabaseRecord | undefined;
    }
  | { readonly kind: "neverAppeared"; readonly name: string; readonly point: RestorePoint }
  | {
      readonly kind: "maybeOrphan";
      readonly name: string;
      readonly mark?: Mark | undefined;
      readonly id?: Id | undefined;
    }
  /** Preview alone: it carries a mark, or is covered by an intent, and the records that would know it are not at hand. */
  | {
      readonly kind: "maybeReplaced";
      readonly name: string;
      readonly id: Id;
      readonly point: RestorePoint;
      readonly isMarked: boolean;
      /** Of its data, as a duration, where the restore point tells. */
      readonly age?: string | undefined;
    }
  /** Preview alone: it is unmarked under a name of the old inputs, and the records are not at hand. */
  | { readonly kind: "maybeAdopted"; readonly name: string }
  /** Preview alone: what the program claims is older than it allows a backup to be, or may be. */
  | {
      readonly kind: "claimedOld";
      readonly name: string;
      readonly point: RestorePoint;
      readonly age: string;
      readonly maxBackupAge: string;
    }
  /** `syncUserPrivilege`, and no account has rights on what was copied. */
  | { readonly kind: "withoutAccounts"; readonly names: readonly string[] }
  | { readonly kind: "notRunning"; readonly name: string; readonly status: string }
  /** The restore point that the other databases hold cannot be restored any more. */
  | { readonly kind: "mixedPoints"; readonly point: RestorePoint; readonly held: RestorePoint }
  /** The backup set lacks a database: an older one is tried. */
  | { readonly kind: "notInBackup"; readonly names: readonly string[]; readonly point: RestorePoint }
  // Infos
  | { readonly kind: "adopted"; readonly name: string }
  /** `isTagged`: the intent of that id stays on the target. It covers more, or is of a run that may live. */
  | { readonly kind: "claimed"; readonly name: string; readonly id: Id; readonly isTagged: boolean }
  | { readonly kind: "resumed"; readonly name: string; readonly point: RestorePoint }
  | { readonly kind: "dropped"; readonly name: string };
