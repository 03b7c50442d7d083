import { typeTokens } from "./typeTokens";
import * as pulumi from "@pulumi/pulumi";
import { providerText } from "../engine/providerText";
import { refuseMisdeclared, timeText, warnOfInheritedProvider } from "./declaration";
import { hidingTarget } from "./hidingTarget";
import { isMocked } from "./mockedAnswer";
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

/** One database on the target, as the state records it. */
export interface CopiedDatabase {
  /**
   * `filled`: copied, and seen running with its owner mark. `filling`: its copy is not finished. `adopted`: it existed
   * before; it is never overwritten and never dropped.
   */
  readonly phase: "filling" | "filled" | "adopted";
  /** Name as the service spells it. */
  readonly target: string;
  /**
   * As last looked: `Running` when it can be used, or another status of the service; `Requested` until it is listed;
   * `Missing`; `Foreign` if it is another resource's or person's by now.
   */
  readonly status?: string;
  /** Id of the copy call that filled it, as its owner mark has it. */
  readonly id?: string;
  /** The restore point that it holds. */
  readonly point?: RestorePoint;
  /** Name on the source; missing for a claimed database. */
  readonly source?: string;
  /** Request id of the copy that filled it. */
  readonly requestId?: string;
  /** When its copy was requested, UTC seconds. */
  readonly askedAt?: string;
  /** When it was first seen running with its mark, UTC seconds. */
  readonly copiedAt?: string;
  /** It never had an owner mark (`ownershipMarks: false`, or imported): the state alone tells whose it is. */
  readonly unmarked?: true;
}

/** Durations: a number with `d`, `h`, `m` or `s`, also combined ("1h30m"). */
export interface CopyTimeouts {
  /** Default "2h". */
  readonly create?: pulumi.Input<string | undefined>;
  /** Default "2h". */
  readonly update?: pulumi.Input<string | undefined>;
  /** Default "30m". */
  readonly delete?: pulumi.Input<string | undefined>;
}

/** How one resource reaches the cloud, where it differs from its stack's `alicloud:` configuration. Holds no secrets. */
export interface CopyConnection {
  readonly region?: pulumi.Input<string | undefined>;
  readonly profile?: pulumi.Input<string | undefined>;
  /** Host and, if need be, port, without a scheme. */
  readonly endpoint?: pulumi.Input<string | undefined>;
  readonly protocol?: pulumi.Input<"HTTP" | "HTTPS" | undefined>;
  readonly assumeRole?: pulumi.Input<
    | {
        readonly roleArn: pulumi.Input<string>;
        readonly sessionName?: pulumi.Input<string | undefined>;
      }
    | undefined
  >;
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
  readonly backupId?: pulumi.Input<string | undefined>;
  /**
   * A moment inside the source's retention period, RFC 3339 with a zone, or a Date. Excludes `backupId`.
   * Equal moments are no change, whatever their spelling.
   */
  readonly restoreTime?: pulumi.Input<string | Date | undefined>;
  /** With neither `backupId` nor `restoreTime`: refuse a latest backup that is older than this duration ("36h", "7d"). */
  readonly maxBackupAge?: pulumi.Input<string | undefined>;
  /** Copy users and their rights as well (`SyncUserPrivilege`). Default false. A change replaces. */
  readonly syncUserPrivilege?: pulumi.Input<boolean | "YES" | "NO" | undefined>;
  /** Refuse a target instance that does not carry these tags. */
  readonly requireTargetTags?: pulumi.Input<Readonly<Record<string, pulumi.Input<string>>> | undefined>;
  /** Manage target databases that exist already, as they are: never overwritten, never dropped. Default false. */
  readonly adoptExisting?: pulumi.Input<boolean | undefined>;
  /**
   * Ids of owner marks, eight characters each, as a refusal prints them: this resource takes over the databases that carry
   * them, and whoever recorded them leaves them. Without effect once they are recorded. Default none.
   */
  readonly claim?: pulumi.Input<pulumi.Input<string>[] | undefined>;
  /** Whether findings before the copy stop it ("enforce", the default), are told ("warn") or not looked for ("off"). */
  readonly preflight?: pulumi.Input<"enforce" | "warn" | "off" | undefined>;
  /**
   * Write on the target which resource made what: tags and descriptions, by which an interrupted run is continued. `false`:
   * the state alone decides, and an interrupted run needs a hand. Default true.
   */
  readonly ownershipMarks?: pulumi.Input<boolean | undefined>;
  /** How long each operation may take. Pulumi's `customTimeouts` does not reach a dynamic resource. */
  readonly timeouts?: pulumi.Input<CopyTimeouts | undefined>;
  readonly connection?: pulumi.Input<CopyConnection | undefined>;
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
  /** The restore point that all copied databases hold. Missing if everything was adopted, and while they hold more than one. */
  declare readonly restorePoint: pulumi.Output<RestorePoint | undefined>;
  /** A text that changes whenever a database is filled or claimed, and never otherwise: the trigger for steps after the copy. */
  declare readonly dataVersion: pulumi.Output<string>;
  /** Request id of the newest copy. */
  declare readonly requestId: pulumi.Output<string | undefined>;
  /** The region of the calls by which the target was found last. */
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
  declare readonly claim: pulumi.Output<string[] | undefined>;
  declare readonly preflight: pulumi.Output<"enforce" | "warn" | "off">;
  declare readonly ownershipMarks: pulumi.Output<boolean>;
  declare readonly timeouts: pulumi.Output<{ create: string; update: string; delete: string }>;
  declare readonly connection: pulumi.Output<pulumi.Unwrap<CopyConnection> | undefined>;

  constructor(name: string, args: DatabaseCopyArgs, opts: pulumi.CustomResourceOptions = {}) {
    const what = `DatabaseCopy "${name}"`;
    refuseMisdeclared(what, args, opts);
    warnOfInheritedProvider(what, args, opts);
    const { restoreTime, ...rest } = args;
    const inputs = {
      ...rest,
      ...(restoreTime === undefined ? {} : { restoreTime: asText(what, restoreTime) }),
    };
    super(
      typeTokens.databaseCopy,
      name,
      {
        ...Object.fromEntries(outputNames.map((output) => [output, undefined])),
        ...inputs,
        secretInputs: secretsAmong(inputs),
        resourceUrn: ownUrn(name, typeTokens.databaseCopy, opts.parent),
        __provider: providerText("provider"),
      },
      {
        ...opts,
        // `replacementTrigger` and `--target-replace` ask no `diff`, and a copy cannot stand beside the one it replaces.
        // A wrapper that passes an option on which it was not given passes `undefined`: that is no wish.
        deleteBeforeReplace: opts.deleteBeforeReplace ?? true,
        // Mocks have no engine that hands options down, and wait for ever for a callback of one.
        ...(isMocked() ? {} : { transforms: [...(opts.transforms ?? []), tellingOptions] }),
      },
    );
  }

  /**
   * Reads databases that a copy made, without owning them: they are never changed or dropped.
   *
   * @param id `<target instance>:<eight characters>`, as the owner's `id` output has it. Where the target is a secret, that output
   * begins with `secret:` instead: `targetDbInstanceId` is then to be given, too.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    args: DatabaseCopyLookup,
    opts: pulumi.CustomResourceOptions = {},
  ): DatabaseCopy {
    refuseMisdeclared(`DatabaseCopy.get "${name}"`, args, opts);
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

/**
 * Pulumi's own options as hidden inputs. The constructor does not see what a parent hands down; the engine applies it
 * before it calls the transforms of the resource itself (`inheritFromParent` of its source_eval.go). What a transform of a
 * parent or of the stack sets comes after and is not seen.
 */
const tellingOptions: pulumi.ResourceTransform = ({ props, opts }) => {
  const { protect, retainOnDelete, deleteBeforeReplace } = opts as pulumi.CustomResourceOptions;
  const told = {
    ...(protect === true ? { protect } : {}),
    ...(retainOnDelete === true ? { retainOnDelete } : {}),
    ...(deleteBeforeReplace === false ? { deleteBeforeReplace } : {}),
  };
  if (Object.keys(told).length === 0) return undefined;
  // Without `opts` the engine keeps them as they are; handed back, those that the SDK does not know are lost.
  return { props: { ...(props as object), ...told } } as pulumi.ResourceTransformResult;
};

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

/** `pulumi.output` would take a Date apart: each form is met as it is. */
function asText(
  what: string,
  time: pulumi.Input<string | Date | undefined>,
): pulumi.Input<string | undefined> {
  const text = (value: string | Date | undefined) => timeText(what, value);
  if (pulumi.Output.isInstance<string | Date | undefined>(time)) return time.apply(text);
  return time instanceof Promise ? time.then(text) : text(time);
}
