import type { DatabaseNames } from "../copy/databaseNames";
import type { ConnectionOverrides } from "../rds/connection";
import { parseDuration } from "../time/duration";
import { isKnown, type OrUnknown } from "./unknown";

/** What to do about a finding before the copy. */
export type PreflightMode = "enforce" | "warn" | "off";

/** The three timeouts, as durations such as "90m". */
export interface Timeouts {
  readonly create?: string;
  readonly update?: string;
  readonly delete?: string;
}

/** The inputs in the one form that everything after `check` works with. Absent means the default. */
export interface CopyInputs {
  readonly sourceDbInstanceId: string;
  readonly targetDbInstanceId: string;
  readonly dbNames: DatabaseNames;
  readonly backupId?: string;
  /** UTC seconds. */
  readonly restoreTime?: string;
  readonly maxBackupAge?: string;
  readonly syncUserPrivilege?: boolean;
  readonly requireTargetTags?: Readonly<Record<string, string>>;
  readonly adoptExisting?: boolean;
  /** Ids of marks: of the declared databases this resource takes over those that carry them. */
  readonly claim?: readonly string[];
  readonly preflight?: PreflightMode;
  readonly ownershipMarks?: boolean;
  readonly timeouts?: Timeouts;
  readonly connection?: ConnectionOverrides;
  /** The resource's own URN: hidden, written by the constructor, never a difference. */
  readonly resourceUrn?: string;
  /** Pulumi's options of the same names, hidden: what was inherited from a parent is there, too. A change is only recorded. */
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  /** The same; `false` is refused. */
  readonly deleteBeforeReplace?: boolean;
  /** Hidden, written by `check`: where the target was found last. */
  readonly foundAt?: FoundAt;
  /** Hidden, written by the constructor: which inputs the program gave as secrets. A change is only recorded. */
  readonly secretInputs?: readonly string[];
}

/** An instance id names one instance, wherever it is asked for: what is known of where it answers. */
export interface FoundAt {
  readonly region: string;
  readonly endpoint: string;
}

/** The same while parts of it are not known yet. Inside `dbNames`, single target names may be unknown. */
export type PartialInputs = {
  readonly [Name in keyof CopyInputs]?: OrUnknown<Exclude<CopyInputs[Name], undefined>>;
};

/** Source name to target name, of the pairs that are known: single target names may not be, which the type does not say. */
export function knownNames({ dbNames }: PartialInputs): DatabaseNames {
  if (dbNames === undefined || !isKnown(dbNames)) return {};
  return Object.fromEntries(Object.entries<unknown>(dbNames).filter(isText));
}

function isText(pair: readonly [string, unknown]): pair is [string, string] {
  return typeof pair[1] === "string";
}

export function knownTargets(inputs: PartialInputs): string[] {
  return Object.values(knownNames(inputs));
}

/** A text that is known. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The inputs with every default in place: what the outputs show. */
export function withDefaults(inputs: CopyInputs) {
  return { ...inputs, ...orDefaults(inputs) };
}

type WithDefault = "syncUserPrivilege" | "adoptExisting" | "preflight" | "ownershipMarks" | "timeouts";

/** The inputs that have a default, each as it was given or as it is without. */
export function orDefaults(inputs: { readonly [Name in WithDefault]?: CopyInputs[Name] | undefined }) {
  return {
    syncUserPrivilege: inputs.syncUserPrivilege ?? false,
    adoptExisting: inputs.adoptExisting ?? false,
    preflight: inputs.preflight ?? ("enforce" as const),
    ownershipMarks: inputs.ownershipMarks ?? true,
    timeouts: { ...defaultTimeouts, ...inputs.timeouts },
  };
}

const defaultTimeouts = { create: "2h", update: "2h", delete: "30m" };

/** Milliseconds that an operation may take. */
export function timeoutOf(inputs: Pick<CopyInputs, "timeouts">, operation: keyof Timeouts): number {
  return (
    parseDuration(inputs.timeouts?.[operation] ?? "") ?? (parseDuration(defaultTimeouts[operation]) as number)
  );
}
