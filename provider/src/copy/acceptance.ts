import type { CopyRequest, DatabaseFacts, RdsApi } from "../rds/rdsApi";
import type { Clock } from "../time/clock";
import type { TargetLocks } from "./targetLocks";

/** What became of a request to copy. */
export type Acceptance =
  /** The cloud has it. Without a request id when only its effect was seen, not the answer. */
  | { readonly state: "accepted"; readonly requestId: string | undefined }
  /** The cloud does not have it; nothing was started. The code is the API's, if it was the one to refuse. */
  | { readonly state: "refused"; readonly reason: string; readonly code: string | undefined }
  /** Nobody can say: the answer was lost and nothing has appeared yet. */
  | { readonly state: "undecided"; readonly reason: string; readonly sent: Span };

/** When calls whose answer was lost were under way, in milliseconds since the epoch. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

export interface RequestOptions {
  readonly rds: RdsApi;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  readonly locks: TargetLocks;
  readonly deadline: number;
  readonly request: CopyRequest;
  readonly onWaiting: (why: string) => void;
  /** Whether a database that took one of the names shows that another resource made it. */
  readonly isOthers: (database: DatabaseFacts, source: string) => Promise<boolean>;
}
