import { typeTokens } from "./typeTokens";
import * as pulumi from "@pulumi/pulumi";
import { providerText } from "../engine/providerText";
import { hidingTarget } from "./hidingTarget";
import { ownUrn } from "./ownUrn";
import { secretsAmong } from "./secretsAmong";

/** A point in time or a backup set, as really used. */
export interface RestorePoint {
  readonly kind: "backup" | "time";
  /** Id of the backup set, when the kind is `backup`. */
  readonly backupId?: string;
  /** End of that backup, UTC seconds. */
  readonly backupTime?: string;
  /** The moment, UTC seconds, when the kind is `time`. */
  readonly restoreTime?: string;
}

/** One database on the target. */
export interface CopiedDatabase {
  readonly sourceName: string;
  /** Name as the service spells it. */
  readonly targetName: string;
  /** `Running` when it can be used; `Missing` when a refresh found that somebody dropped it. */
  readonly status: string;
  /** Only a `copied` database is ever dropped. */
  readonly origin: "copied" | "adopted";
  readonly restorePoint?: RestorePoint;
  /** Request id of the copy that filled it. */
  readonly requestId?: string;
  /** When its copy was asked for, UTC seconds. */
  readonly askedAt?: string;
  /** When it was first seen running, UTC seconds. */
  readonly copiedAt?: string;
}

/** Durations: a number with `d`, `h`, `m` or `s`, also combined ("1h30m"). */
export interface CopyTimeouts {
  /** Default "2h". */
  readonly create?: pulumi.Input<string>;
  /** Default "2h". */
  readonly update?: pulumi.Input<string>;
  /** Default "30m". */
  readonly delete?: pulumi.Input<string>;
}

/** How one resource reaches the cloud, where it differs from its stack's `alicloud:` configuration. Holds no secrets. */
export interface CopyConnection {
  readonly region?: pulumi.Input<string>;
  readonly profile?: pulumi.Input<string>;
  /** Host and, if need be, port, without a scheme. */
  readonly endpoint?: pulumi.Input<string>;
  readonly protocol?: pulumi.Input<"HTTP" | "HTTPS">;
  readonly assumeRole?: pulumi.Input<{
    readonly roleArn: pulumi.Input<string>;
    readonly sessionName?: pulumi.Input<string>;
  }>;
}

/** The inputs of a `DatabaseCopy`. */
export interface DatabaseCopyArgs {
  /** Id of the instance whose databases are copied (`DBInstanceId` of the API). A change replaces. */
  readonly sourceDbInstanceId: pulumi.Input<string>;
  /** Id of the instance that they are copied to (`TargetDBInstanceId`); another one than the source. A change replaces. */
  readonly targetDbInstanceId: pulumi.Input<string>;
  /**
   * Which databases, and what each is called on the target: a map from source name to target name, or a
   * list or a comma list, which keeps the names. Names added are copied, names removed are dropped.
   */
  readonly dbNames: pulumi.Input<
    string | readonly pulumi.Input<string>[] | Readonly<Record<string, pulumi.Input<string>>>
  >;
  /** A backup set of the source (`BackupId`). Excludes `restoreTime`. With neither, the latest usable full backup. */
  readonly backupId?: pulumi.Input<string>;
  /**
   * A moment inside the source's retention period, RFC 3339 with a zone, or a Date. Excludes `backupId`.
   * Equal moments are no change, whatever their spelling.
   */
  readonly restoreTime?: pulumi.Input<string | Date>;
  /** With neither `backupId` nor `restoreTime`: refuse a latest backup that is older than this duration ("36h", "7d"). */
  readonly maxBackupAge?: pulumi.Input<string>;
  /** Copy users and their rights as well (`SyncUserPrivilege`). Default false. A change replaces. */
  readonly syncUserPrivilege?: pulumi.Input<boolean | "YES" | "NO">;
  /** Refuse a target instance that does not carry these tags. */
  readonly requireTargetTags?: pulumi.Input<Readonly<Record<string, pulumi.Input<string>>>>;
  /** Take over target databases that exist already, as they are: never overwritten, never dropped. Default false. */
  readonly adoptExisting?: pulumi.Input<boolean>;
  /** Whether findings before the copy stop it ("enforce", the default), are told ("warn") or not looked for ("off"). */
  readonly preflight?: pulumi.Input<"enforce" | "warn" | "off">;
  /** Write on the target who made what, so that a run that was killed is resumed. Default true. */
  readonly ownershipMarks?: pulumi.Input<boolean>;
  /** How long each operation may take. Pulumi's `customTimeouts` does not reach a dynamic resource. */
  readonly timeouts?: pulumi.Input<CopyTimeouts>;
  readonly connection?: pulumi.Input<CopyConnection>;
}

/** What `DatabaseCopy.get` needs beside the id: which databases to read. */
export type DatabaseCopyLookup = Pick<DatabaseCopyArgs, "dbNames"> & Partial<DatabaseCopyArgs>;

/**
 * Copies of SQL Server databases from one ApsaraDB RDS instance to another, of one moment.
 *
 * Created, the databases are copied and waited for; refreshed, a lost one is noticed and the next update
 * copies it again; deleted, what was copied is dropped, and nothing else.
 */
export class DatabaseCopy extends pulumi.CustomResource {
  /** Source name to the name on the target, as the service spells it: what an application reads. */
  declare readonly names: pulumi.Output<Record<string, string>>;
  /** By target name. */
  declare readonly databases: pulumi.Output<Record<string, CopiedDatabase>>;
  /** The restore point of the newest fill. Missing if everything was taken over. */
  declare readonly restorePoint: pulumi.Output<RestorePoint | undefined>;
  /** A text that changes whenever a database is filled, and never otherwise: the trigger for steps after the copy. */
  declare readonly dataVersion: pulumi.Output<string>;
  /** Request id of the newest copy. */
  declare readonly requestId: pulumi.Output<string | undefined>;
  declare readonly region: pulumi.Output<string>;
  declare readonly startedAt: pulumi.Output<string>;
  declare readonly completedAt: pulumi.Output<string | undefined>;
  declare readonly sourceDbInstanceId: pulumi.Output<string>;
  declare readonly targetDbInstanceId: pulumi.Output<string>;
  declare readonly dbNames: pulumi.Output<Record<string, string>>;
  declare readonly backupId: pulumi.Output<string | undefined>;
  declare readonly restoreTime: pulumi.Output<string | undefined>;
  declare readonly maxBackupAge: pulumi.Output<string | undefined>;
  declare readonly syncUserPrivilege: pulumi.Output<boolean>;
  declare readonly requireTargetTags: pulumi.Output<Record<string, string> | undefined>;
  declare readonly adoptExisting: pulumi.Output<boolean>;
  declare readonly preflight: pulumi.Output<"enforce" | "warn" | "off">;
  declare readonly ownershipMarks: pulumi.Output<boolean>;
  declare readonly timeouts: pulumi.Output<{ create: string; update: string; delete: string }>;
  declare readonly connection: pulumi.Output<pulumi.Unwrap<CopyConnection> | undefined>;

  constructor(name: string, args: DatabaseCopyArgs, opts: pulumi.CustomResourceOptions = {}) {
    const { restoreTime, ...rest } = args;
    // A wrapper that passes an option on which it was not given passes `undefined`: that is no wish.
    const deleteBeforeReplace = opts.deleteBeforeReplace ?? true;
    const inputs = { ...rest, ...(restoreTime === undefined ? {} : { restoreTime: asText(restoreTime) }) };
    super(
      typeTokens.databaseCopy,
      name,
      {
        ...Object.fromEntries(outputNames.map((output) => [output, undefined])),
        ...inputs,
        secretInputs: secretsAmong(inputs),
        resourceUrn: ownUrn(name, typeTokens.databaseCopy, opts.parent),
        ...(deleteBeforeReplace ? {} : { createFirst: true }),
        __provider: providerText("provider"),
      },
      // `replacementTrigger` and `--target-replace` ask no `diff`, and a copy cannot stand beside the one it replaces.
      { ...opts, deleteBeforeReplace },
    );
  }

  /**
   * Reads databases that a copy made, without owning them: they are never changed or dropped.
   *
   * @param id `<target instance>:<request id>`, as the owner's `id` output has it. Where the target is a secret, that output
   * begins with `secret:` instead: `targetDbInstanceId` is then to be given, too.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    args: DatabaseCopyLookup,
    opts: pulumi.CustomResourceOptions = {},
  ): DatabaseCopy {
    const found = hidingTarget(id, args);
    return new DatabaseCopy(name, found.args as DatabaseCopyArgs, { ...opts, id: found.id });
  }

  /** Whether a value is a `DatabaseCopy`, also one of another copy of this package. */
  static override isInstance(value: unknown): value is DatabaseCopy {
    return (
      typeof value === "object" &&
      value !== null &&
      (value as { __pulumiType?: unknown }).__pulumiType === typeTokens.databaseCopy
    );
  }
}

/** Seeds the outputs that are no inputs, so that they exist, unknown, in a preview. */
const outputNames = [
  "names",
  "databases",
  "restorePoint",
  "dataVersion",
  "requestId",
  "region",
  "startedAt",
  "completedAt",
] as const;

/** The engine's protocol has no dates, and `pulumi.output` would take one apart: each form is met as it is. */
function asText(time: pulumi.Input<string | Date>): pulumi.Input<string> {
  const text = (value: string | Date) => (value instanceof Date ? value.toISOString() : value);
  if (pulumi.Output.isInstance<string | Date>(time)) return time.apply(text);
  return time instanceof Promise ? time.then(text) : text(time);
}
