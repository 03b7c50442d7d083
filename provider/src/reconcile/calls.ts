import type { RestorePoint, RestorePointChoice } from "../copy/restorePoint";
import type { Found, TaskTrace, Verdict } from "../ownership/evidence";
import type { Intent, IntentsRead } from "../ownership/intent";
import type { Id, Lineage, Mark } from "../ownership/mark";
import type { Saying } from "../ownership/sayings";
import type { AheadAnswer } from "../preflight/lookAhead";

/**
 * The calls of the operations. Every operation is a generator: it yields a call, and is given the answer. A driver makes
 * the calls and waits in production; the player and the exhaustive search answer them in their own ways.
 *
 * A question that cannot be answered in spite of the driver's patience has no answer: the driver throws a `CallFailed`
 * into the generator, which ends its operation in order.
 */
export type Call =
  | DatabasesCall
  /** Gives the lock of the target back. */
  | { readonly call: "unlock" }
  /** The intents on the target. */
  | { readonly call: "tags" }
  | LookAheadCall
  | TasksCall
  /** A random id that was never used. */
  | { readonly call: "newId" }
  /** Seconds since the epoch. */
  | { readonly call: "now" }
  /**
   * Writes the tag, new or again. `wait`: where the tags of the instance are as many as are safe, waits for room until
   * the timeout; intents of one process take turns. Never waits for one that is there already.
   */
  | { readonly call: "writeIntent"; readonly intent: Intent; readonly wait?: boolean }
  | { readonly call: "eraseIntent"; readonly intent: Intent }
  | CopyCall
  /** Writes the description. Under the lock. */
  | {
      readonly call: "mark";
      readonly name: string;
      readonly mark: Mark;
      readonly lineage?: Lineage | undefined;
      /** It carries the mark of another call, whose id the program claims. */
      readonly isClaim: boolean;
    }
  /** Under the lock. `name` as the service spells it. */
  | { readonly call: "drop"; readonly name: string; readonly id: Id }
  /** Which other resource that this process has met declares a database of this name on the target. */
  | { readonly call: "declaredElsewhere"; readonly name: string }
  /** The verdicts, for the log and the tests. */
  | {
      readonly call: "judged";
      readonly verdicts: ReadonlyMap<
        string,
        { readonly verdict: Verdict; readonly found: Found | undefined }
      >;
    }
  /** Says it at once: a warning or an info. */
  | { readonly call: "say"; readonly saying: Saying };

/**
 * One look at the list of databases.
 *
 * Without `wait` it looks at once; `again` looks two seconds after the look before, because an absence counts after a second
 * one. With `wait` it is the next poll: the driver sleeps its pace, looks, and says whether the time for this kind of
 * wait is over. `listing`: accepted copies may be listed late (the grace: 60 s after the answer, without one from the
 * first of these polls); `running`: copies run (the timeout of the operation; shows the progress); `dropping`: what is
 * being dropped, or still being created, goes (the same timeout); `retry`: a call was not carried out, and is repeated
 * (its backoff, the same timeout).
 *
 * `recent`: a report, on which no change follows. An answer of this run that is half a minute old will do, so that many
 * resources on one instance ask once.
 *
 * With `lock` the driver takes the lock of the target after the wait and before the look, and holds it until `unlock`:
 * the changes that follow act on what this look showed.
 */
export interface DatabasesCall {
  readonly call: "databases";
  readonly wait?: "listing" | "running" | "dropping" | "retry";
  readonly again?: boolean;
  readonly recent?: boolean;
  readonly lock?: boolean;
  /** The names that are waited for, for the progress. */
  readonly names?: readonly string[];
}

export interface Listing {
  readonly databases: readonly Found[];
  /** The wait is over: this was the last look at what was waited for. */
  readonly timedOut: boolean;
  /** The instance does not exist (exact codes, twice). It has no databases. */
  readonly isInstanceGone?: boolean;
}

/**
 * Asks everything that can refuse a copy of these names, with the patience of an operation. Before a drop every question
 * needs an answer (preflight `off` asks none); before a copy alone only what the copy cannot be requested without.
 */
export interface LookAheadCall {
  readonly call: "lookAhead";
  readonly before: "copy" | "drop";
  /** Source and target names. */
  readonly names: ReadonlyMap<string, string>;
  readonly choice: RestorePointChoice;
  /** The restore points that the resource holds: those that can still be restored are among `points`. */
  readonly held: readonly RestorePoint[];
}

/** What the tasks say of the copy of one call into one database. Denied, or nothing found: `nothing`. */
export interface TasksCall {
  readonly call: "tasks";
  /** Name on the target. */
  readonly name: string;
  /** Name on the source, where it is known. */
  readonly source?: string | undefined;
  /** Names of other databases that the same call may have copied: a failed task that names them, too, says nothing. */
  readonly others: readonly string[];
  readonly id: Id;
  /** Only tasks that began then count, seconds since the epoch; `undefined`: whenever they began. */
  readonly window?: { readonly from: number; readonly until: number } | undefined;
}

/** Requests one copy. Under the lock; sent once: the caller repeats it after another look. */
export interface CopyCall {
  readonly call: "copy";
  readonly id: Id;
  readonly point: RestorePoint;
  /** Source name to target name. */
  readonly names: Readonly<Record<string, string>>;
}

export type CopyAnswer =
  | { readonly state: "accepted"; readonly requestId: string }
  | {
      readonly state: "refused";
      readonly reason: string;
      /** The backup set lacks a database: an older one may hold it. */
      readonly isNotInBackup: boolean;
    }
  /** A name is taken, listed or not. */
  | { readonly state: "duplicate"; readonly reason: string }
  /** Not carried out, and may be later: throttled, busy, unreachable. */
  | { readonly state: "later"; readonly reason: string }
  /** It may have been carried out or not. */
  | { readonly state: "lost"; readonly reason: string; readonly requestId?: string | undefined };

/** How a change other than a copy was answered. */
export type ChangeAnswer =
  | { readonly state: "done" }
  /** The database or the tag does not exist. */
  | { readonly state: "notFound" }
  /** A definite no: permission, rule of the service, a blocked instance. Repeating it does not help. */
  | { readonly state: "denied"; readonly reason: string }
  /** Not carried out, or not known to be: worth another try at the next poll. */
  | { readonly state: "later"; readonly reason: string };

export type WriteIntentAnswer =
  | { readonly state: "done" }
  | { readonly state: "denied"; readonly reason: string }
  /** As many tags as are safe are on the instance: their keys. With `wait`, still so at the timeout. */
  | { readonly state: "full"; readonly keys: readonly string[] };

export interface Answers {
  readonly databases: Listing;
  readonly unlock: void;
  readonly tags: IntentsRead | { readonly state: "denied"; readonly reason: string };
  readonly lookAhead: AheadAnswer;
  readonly tasks: TaskTrace;
  readonly newId: Id;
  readonly now: number;
  readonly writeIntent: WriteIntentAnswer;
  /** `done` too if it was not there. Retried by the driver: a `later` here is an end of its patience. */
  readonly eraseIntent: ChangeAnswer;
  readonly copy: CopyAnswer;
  readonly mark: ChangeAnswer;
  readonly drop: ChangeAnswer;
  /** The URN of that resource. */
  readonly declaredElsewhere: string | undefined;
  readonly judged: void;
  readonly say: void;
}

export type AnswerTo<C extends Call> = Answers[C["call"]];

/** A generator of calls that ends with a result. */
export type Calls<Result> = Generator<Call, Result, unknown>;

/** Yields a call and gives its answer, with the type that this call has. The only place that trusts the driver. */
export function* ask<const C extends Call>(call: C): Calls<AnswerTo<C>> {
  return (yield call) as AnswerTo<C>;
}

export function* say(saying: Saying): Calls<void> {
  yield* ask({ call: "say", saying });
}

/** A question had no answer in spite of all patience, or the run was cancelled. Thrown by the driver into the generator. */
export class CallFailed extends Error {
  override readonly name = "CallFailed";

  constructor(
    message: string,
    /** The service does not know the instance; one such answer is no proof that it does not exist. */
    readonly isInstanceUnknown = false,
  ) {
    super(message);
  }
}
