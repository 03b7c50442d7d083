import type * as pulumi from "@pulumi/pulumi";

/** How long each operation of one resource may take. Pulumi's `customTimeouts` does not reach a dynamic resource. */
export interface CopyTimeouts {
  /**
   * The longest time of a creation, from the first call to the last database that runs: numbers with `d`, `h`, `m` or
   * `s`, such as `"90m"` or `"1h30m"`. After it the run ends with an error, and the next `pulumi up` continues.
   *
   * @defaultValue `"2h"`
   */
  readonly create?: pulumi.Input<string | undefined>;
  /**
   * The same for an update that copies or drops.
   *
   * @defaultValue `"2h"`
   */
  readonly update?: pulumi.Input<string | undefined>;
  /**
   * The same for a deletion.
   *
   * @defaultValue `"30m"`
   */
  readonly delete?: pulumi.Input<string | undefined>;
}

/** A RAM role to call as. */
export interface CopyAssumeRole {
  /** ARN of the role, such as `acs:ram::1234567890123456:role/copies` (`RoleArn` of STS AssumeRole). */
  readonly roleArn: pulumi.Input<string>;
  /**
   * Name of the session, as audit logs show it (`RoleSessionName`).
   *
   * @defaultValue the name that the alicloud provider uses
   */
  readonly sessionName?: pulumi.Input<string | undefined>;
}

/** How one resource reaches the cloud, where it differs from its stack's `alicloud:` configuration. Holds no secrets. */
export interface CopyConnection {
  /**
   * Region of the instances, such as `"cn-hangzhou"`.
   *
   * @defaultValue `alicloud:region`, else `ALICLOUD_REGION`, else that of the profile, else `cn-beijing`
   */
  readonly region?: pulumi.Input<string | undefined>;
  /**
   * Profile of the aliyun CLI to sign in with.
   *
   * @defaultValue `alicloud:profile`
   */
  readonly profile?: pulumi.Input<string | undefined>;
  /**
   * Host and, if need be, port, without a scheme: `"rds.aliyuncs.com"` or `"127.0.0.1:8094"`.
   *
   * @defaultValue `rds` of `alicloud:endpoints`, else the endpoint of the region
   */
  readonly endpoint?: pulumi.Input<string | undefined>;
  /**
   * `"HTTP"` is for a simulator on this machine.
   *
   * @defaultValue `alicloud:protocol`, else `"HTTPS"`
   */
  readonly protocol?: pulumi.Input<"HTTP" | "HTTPS" | undefined>;
  /**
   * A role to assume with the credentials of the stack.
   *
   * @defaultValue `alicloud:assumeRole`
   */
  readonly assumeRole?: pulumi.Input<CopyAssumeRole | undefined>;
}

/**
 * Which databases, and what each is called on the target: a map from source name to target name, or a list or a comma
 * list, which keeps the names. Names that are added are copied, names that are removed are dropped.
 */
export type CopyNames =
  | string
  // The record is never right. A list of objects is a likely mistake, and the compiler answers it with the form that comes
  // nearest: without this one, a Promise.
  | (
      | pulumi.Input<string>
      | Readonly<
          Record<
            string,
            'a list holds names only: for another name on the target write { orders: "orders_2026" }'
          >
        >
    )[]
  | readonly pulumi.Input<string>[]
  | Readonly<Record<string, pulumi.Input<string>>>;

/** The restore point that the data comes from: one of the two, or neither for the latest usable full backup. */
export type RestorePointArgs =
  | {
      /**
       * Id of a backup set of the source, as text (`BackupId`). Excludes `restoreTime`. Another set than the one that was
       * copied replaces the resource: its databases are dropped and copied anew.
       *
       * @defaultValue the latest usable full backup at the first copy, which is then kept
       */
      readonly backupId?: pulumi.Input<string | undefined>;
      /** Excluded by `backupId`. */
      readonly restoreTime?: undefined;
    }
  | {
      /** Excluded by `restoreTime`. */
      readonly backupId?: undefined;
      /**
       * A point in time inside the source's retention period (`RestoreTime`): RFC 3339 with a zone, or a Date. Excludes
       * `backupId`. Equal times are no change, whatever their spelling; another time replaces the resource.
       *
       * @defaultValue the latest usable full backup at the first copy, which is then kept
       */
      readonly restoreTime?: pulumi.Input<string | Date | undefined>;
    };

/** What applies to every copy of an environment alike: the inputs that name neither instances nor databases. */
export interface ForEveryCopy {
  /**
   * Copy users and their rights as well (`SyncUserPrivilege`). Users without an account on the target stay behind. A change
   * replaces the resource.
   *
   * @defaultValue `false`
   */
  readonly syncUserPrivilege?: pulumi.Input<boolean | "YES" | "NO" | undefined>;
  /**
   * Refuse a target instance that does not carry all these tags, such as `{ env: "staging" }`. Applies under every
   * `preflight`.
   *
   * @defaultValue none: every target
   */
  readonly requireTargetTags?: pulumi.Input<Readonly<Record<string, pulumi.Input<string>>> | undefined>;
  /**
   * Manage target databases that exist already, as they are: never overwritten, never dropped.
   *
   * @defaultValue `false`: a name that is taken is refused
   */
  readonly adoptExisting?: pulumi.Input<boolean | undefined>;
  /**
   * Ids of owner marks, eight characters each, as a refusal prints them: of the declared databases this resource takes over
   * those that carry them, and whoever recorded them leaves them. Without effect once they are recorded.
   *
   * @defaultValue none
   */
  readonly claim?: pulumi.Input<pulumi.Input<string>[] | undefined>;
  /**
   * Whether findings before a copy stop it (`"enforce"`), are reported (`"warn"`) or not looked for (`"off"`). A drop
   * before a new copy is stopped by them under `"warn"`, too. The list of findings is docs/preflight.md of the repository.
   *
   * @defaultValue `"enforce"`
   */
  readonly preflight?: pulumi.Input<"enforce" | "warn" | "off" | undefined>;
  /**
   * Write on the target which resource made what: tags and descriptions, by which an interrupted run is continued. With
   * `false` the state alone decides, and an interrupted run needs a person.
   *
   * @defaultValue `true`
   */
  readonly ownershipMarks?: pulumi.Input<boolean | undefined>;
  /** How long each operation may take. */
  readonly timeouts?: pulumi.Input<CopyTimeouts | undefined>;
  /** Where and as whom to call, where that is not what the stack's `alicloud:` configuration says. */
  readonly connection?: pulumi.Input<CopyConnection | undefined>;
}

/** The inputs of a `DatabaseCopy` beside its restore point. */
export interface DatabaseCopyBaseArgs extends ForEveryCopy {
  /** Id of the instance whose databases are copied (`DBInstanceId`), such as `rm-uf6wjk5xxxxxxx`. A change replaces the resource. */
  readonly sourceDbInstanceId: pulumi.Input<string>;
  /**
   * Id of the instance that they are copied to (`TargetDBInstanceId`): another one, of the same account and region. A change
   * replaces the resource.
   */
  readonly targetDbInstanceId: pulumi.Input<string>;
  /** Which databases, and what each is called on the target (`DbNames`). */
  readonly dbNames: pulumi.Input<CopyNames>;
  /**
   * With neither `backupId` nor `restoreTime`: refuse a latest backup that is older than this duration, such as `"36h"` or
   * `"7d"`.
   *
   * @defaultValue none: every age
   */
  readonly maxBackupAge?: pulumi.Input<string | undefined>;
}

/**
 * The inputs of a `DatabaseCopy`.
 *
 * Checked in preview, all problems at once: first their shape, then, where something will be copied, against the cloud
 * by read-only calls.
 */
export type DatabaseCopyArgs = DatabaseCopyBaseArgs & RestorePointArgs;

/** What `DatabaseCopy.get` needs beside the id: which databases to read. Inputs of the owner may be given and are ignored. */
export type DatabaseCopyLookup = Pick<DatabaseCopyBaseArgs, "dbNames"> &
  Partial<DatabaseCopyBaseArgs> &
  RestorePointArgs;
