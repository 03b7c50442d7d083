import * as z from "zod";
import type { RestorePoint } from "../copy/restorePoint";
import { isSameRestorePoint, shortHash, type Id, type Owner } from "../ownership/mark";
import { recordOf, type DatabaseRecord, type Records } from "../ownership/record";
import { withDefaults, type CopyInputs, type FoundAt } from "./inputs";

/** The outputs: all inputs in their normal form, and what was done. */
export interface CopyState extends CopyInputs {
  /** The version of this form. Every state names it. */
  readonly stateVersion: typeof stateVersion;
  /** Who made the databases: the owner of the last create or update. Delete, replacement and refresh go by it. */
  readonly owner: Owner;
  readonly foundAt: FoundAt;
  /** Source name to the name on the target, as the service spells it. */
  readonly names: Readonly<Record<string, string>>;
  /** By target name as declared: the records by which ownership is judged, and what people see. */
  readonly databases: Records;
  /** The restore point of the newest fill: kept when its databases are lost. Missing while they hold more than one. */
  readonly restorePoint?: RestorePoint;
  /** Changes whenever a database of the resource is filled or claimed, and never otherwise. */
  readonly dataVersion: string;
  /** Request id of the newest copy. */
  readonly requestId?: string;
  /** Of the calls by which the target was found last. */
  readonly region: string;
  readonly startedAt: string;
  /** Missing while the last operation ended unfinished. */
  readonly completedAt?: string;
  /**
   * How many refreshes since the last update found a declared database missing, foreign or not `Running`. It grows with each, so
   * that every refresh is a difference until that is settled, though an earlier one has recorded it.
   */
  readonly driftSeen?: number;
}

/** A resource that exists: whole, or with reasons why it is not finished yet. */
export interface Ending {
  readonly id: string;
  readonly state: CopyState;
  /** Empty if everything is done. Else the resource is kept, and the next run continues it. */
  readonly reasons: readonly string[];
}

/** A foreseeable failure, told in sentences. A create that fails with one leaves no state behind, an update the old one. */
export class LifecycleError extends Error {
  override readonly name = "LifecycleError";
}

export const stateVersion = 1;

/**
 * The state as it was saved, or a sentence why it is not read. Nothing was released before version 1, so there is nothing
 * to upgrade from yet.
 */
export function readState(saved: Readonly<Record<string, unknown>>): CopyState {
  const { stateVersion: version } = saved;
  if (version === undefined) {
    throw new LifecycleError(
      "The state of this resource was written by a preview version of this package and is not read. Remove it from the state " +
        "(pulumi state delete), which drops no database, and bring the databases back with an import file (npx pulumi-alicloud-rds-copy import-file).",
    );
  }
  if (typeof version !== "number" || version > stateVersion) {
    throw new LifecycleError(
      `The state of this resource has the version ${JSON.stringify(version)}; this package reads up to ${stateVersion}. Install a newer version of pulumi-alicloud-rds-copy.`,
    );
  }
  const parsed = schema.safeParse(saved);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new LifecycleError(
    `The state of this resource cannot be read: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}. Restore an earlier state of the stack (pulumi stack import).`,
  );
}

/** A state that is not saved yet: all but what follows from the rest. */
export type OpenState = CopyInputs &
  Pick<
    CopyState,
    "owner" | "foundAt" | "databases" | "restorePoint" | "requestId" | "startedAt" | "completedAt"
  >;

/** Completes a state; `before` is the one that it follows. */
export function stateOf(open: OpenState, before?: Pick<CopyState, "databases" | "dataVersion">): CopyState {
  const { databases, dbNames, foundAt } = open;
  const { restorePoint, ...rest } = open;
  return {
    ...withDefaults(rest),
    ...(restorePoint && isOfOne(databases, restorePoint) ? { restorePoint } : {}),
    stateVersion,
    owner: open.owner,
    foundAt,
    region: foundAt.region,
    databases,
    names: namesIn(databases, dbNames),
    dataVersion: dataVersionOf(databases, before),
    startedAt: open.startedAt,
  };
}

/** One restore point is named for all databases, or none. */
function isOfOne(databases: Records, point: RestorePoint): boolean {
  return Object.values(databases).every(
    (record) => record.phase === "adopted" || isSameRestorePoint(record.point, point),
  );
}

/** The names that applications read. */
export function namesIn(databases: Records, dbNames: CopyInputs["dbNames"]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(dbNames).map(([source, target]) => [
      source,
      recordOf(databases, target)?.target ?? target,
    ]),
  );
}

/** A hash of the copies that the databases hold; one that was dropped or lost does not change it. */
function dataVersionOf(databases: Records, before?: Pick<CopyState, "databases" | "dataVersion">): string {
  const now = copiesIn(databases);
  const earlier = new Set(copiesIn(before?.databases ?? {}));
  return before && now.every((copy) => earlier.has(copy))
    ? before.dataVersion
    : shortHash(JSON.stringify(now), 16);
}

function copiesIn(databases: Records): string[] {
  return Object.entries(databases)
    .flatMap(([name, record]) => (record.phase === "adopted" ? [] : [`${name.toLowerCase()} ${record.id}`]))
    .sort();
}

/** The id of a resource: `<target>:<eight characters>`. Permanent. */
export function resourceId(target: string, id: Id): string {
  return `${target}:${id}`;
}

const text = z.string();
const optionalText = text.exactOptional();

const restorePoint = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("backup"), backupId: text, backupTime: optionalText }),
  z.object({ kind: z.literal("time"), restoreTime: text }),
]);

const copied = {
  target: text,
  status: optionalText,
  id: text,
  point: restorePoint,
  source: optionalText,
  otherSource: optionalText,
  askedAt: optionalText,
  requestId: optionalText,
  copiedAt: optionalText,
  unmarked: z.literal(true).exactOptional(),
  from: optionalText,
};

const record: z.ZodType<DatabaseRecord> = z.discriminatedUnion("phase", [
  z.object({ phase: z.literal("filling"), ...copied }),
  z.object({ phase: z.literal("filled"), ...copied }),
  z.object({ phase: z.literal("adopted"), target: text, status: optionalText }),
]);

const names = z.record(text, text);

/** What else a state holds (of a newer version of the package) is left out. */
const schema: z.ZodType<CopyState> = z.object({
  stateVersion: z.literal(stateVersion),
  owner: text,
  foundAt: z.object({ region: text, endpoint: text }),
  names,
  databases: z.record(text, record),
  restorePoint: restorePoint.exactOptional(),
  dataVersion: text,
  requestId: optionalText,
  region: text,
  startedAt: text,
  completedAt: optionalText,
  driftSeen: z.number().exactOptional(),
  sourceDbInstanceId: text,
  targetDbInstanceId: text,
  dbNames: names,
  backupId: optionalText,
  restoreTime: optionalText,
  maxBackupAge: optionalText,
  syncUserPrivilege: z.boolean().exactOptional(),
  requireTargetTags: names.exactOptional(),
  adoptExisting: z.boolean().exactOptional(),
  claim: z.array(text).exactOptional(),
  preflight: z.enum(["enforce", "warn", "off"]).exactOptional(),
  ownershipMarks: z.boolean().exactOptional(),
  timeouts: z.object({ create: optionalText, update: optionalText, delete: optionalText }).exactOptional(),
  connection: z
    .object({
      region: optionalText,
      profile: optionalText,
      endpoint: optionalText,
      protocol: optionalText,
      assumeRole: z.looseObject({ roleArn: text, sessionName: optionalText }).exactOptional(),
    })
    .exactOptional(),
  resourceUrn: optionalText,
  protect: z.boolean().exactOptional(),
  retainOnDelete: z.boolean().exactOptional(),
  secretInputs: z.array(text).exactOptional(),
});
