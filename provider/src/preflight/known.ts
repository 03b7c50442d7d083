import type { RdsFailure } from "../rds/failure";
import type { RdsAction } from "../rds/permissions";
import type {
  BackupPolicy,
  BackupSet,
  DatabaseFacts,
  EncryptionFacts,
  InstanceFacts,
  LogBackup,
} from "../rds/rdsApi";
import type { DatabaseNames } from "../copy/databaseNames";
import type { CopyPlan } from "./plan";

/**
 * What the cloud told about a copy. Every finding is a pure function of it. What is `undefined` was not asked
 * (it is not known yet what to ask about, or nothing depends on it) or not answered (`unanswered` says so).
 */
export interface Known {
  readonly plan: CopyPlan;
  readonly region: string;
  readonly endpoint: string;
  /** Whom the calls are signed as, in words, if that can be told. */
  readonly signer?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly source?: Party | undefined;
  readonly target?: Party | undefined;
  /** The databases that will be copied. */
  readonly names: DatabaseNames;
  /** Whether anything will be copied at all, as far as can be seen. */
  readonly copies: boolean;
  readonly sourceDatabases?: readonly DatabaseFacts[] | undefined;
  readonly targetDatabases?: readonly DatabaseFacts[] | undefined;
  readonly targetTags?: Readonly<Record<string, string>> | undefined;
  /** Of the source: the one that was asked for if it is there, or all. */
  readonly backups?: readonly BackupSet[] | undefined;
  readonly logs?: readonly LogBackup[] | undefined;
  readonly sourcePolicy?: BackupPolicy | undefined;
  readonly targetPolicy?: BackupPolicy | undefined;
  readonly encryption?: EncryptionFacts | undefined;
  /** The code by which an instance said that it has no encryption. */
  readonly encryptionRefused?: string | undefined;
  readonly unanswered: readonly Unanswered[];
}

/** A question that was asked and not answered. */
export interface Unanswered {
  readonly action: RdsAction;
  readonly failure: RdsFailure;
}

export type Side = "source" | "target";

export type Party = InstanceFacts | "not found";

/** The instance, if it was found. */
export function found(party: Party | undefined): InstanceFacts | undefined {
  return party === "not found" ? undefined : party;
}
