/** A point in time or a backup set, as really used. */
export interface RestorePoint {
  /** Which of the two it is: it decides which of the other fields is there. */
  readonly kind: "backup" | "time";
  /** Id of the backup set (`BackupId`), when the kind is `"backup"`. */
  readonly backupId?: string;
  /** End of that backup, RFC 3339, UTC, in seconds; missing if the service no longer listed the set. */
  readonly backupTime?: string;
  /** The point in time, RFC 3339, UTC, in seconds, when the kind is `"time"`. */
  readonly restoreTime?: string;
}

/** One database on the target, as the state records it. */
export interface CopiedDatabase {
  /**
   * `"filled"`: copied, and seen running with its owner mark. `"filling"`: its copy is not finished. `"adopted"`: it existed
   * before; it is never overwritten and never dropped.
   */
  readonly phase: "filling" | "filled" | "adopted";
  /** Name on the target, as the service spells it. */
  readonly target: string;
  /**
   * `DBStatus` as last seen: `Running` when it can be used, or another status of the service. Beside those, `Requested` until it is
   * listed, `Missing` if it no longer exists, and `Foreign` if by its mark it is another resource's or a person's by now.
   */
  readonly status?: string;
  /** Id of the copy call that filled it, eight characters, as its owner mark has it. Missing for an adopted database. */
  readonly id?: string;
  /** The restore point that its data comes from. */
  readonly point?: RestorePoint;
  /** Name on the source; missing for a claimed database. */
  readonly source?: string;
  /** Request id of the copy that filled it (`RequestId`), for a ticket. */
  readonly requestId?: string;
  /** When its copy was requested, RFC 3339, UTC, in seconds. */
  readonly askedAt?: string;
  /** When it was first seen running with its mark, RFC 3339, UTC, in seconds. */
  readonly copiedAt?: string;
  /** It never had an owner mark (`ownershipMarks: false`, or imported): the state alone says whose it is. */
  readonly unmarked?: true;
}
