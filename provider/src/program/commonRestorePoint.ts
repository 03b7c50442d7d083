import * as pulumi from "@pulumi/pulumi";
import type { CopyConnection } from "./copyArgs";
import { providerText } from "../engine/providerText";
import { refuseMisdeclared } from "./declaration";
import { ownUrn } from "./ownUrn";
import { secretsAmong } from "./secretsAmong";
import { typeTokens } from "./typeTokens";

/** A source of a `CommonRestorePoint`. */
export interface CommonRestorePointSource {
  /** Id of the instance (`DBInstanceId`). */
  readonly dbInstanceId: pulumi.Input<string>;
  /** Names of the databases that a backup must hold. */
  readonly databases: pulumi.Input<pulumi.Input<string>[]>;
}

/** The inputs of a `CommonRestorePoint`. */
export interface CommonRestorePointArgs {
  /**
   * `"latestBackup"`: the newest usable full backup of the one source. `"latestCommon"`: the latest point in time that all
   * sources can be restored to, from the windows of their log backups.
   */
  readonly kind: "latestBackup" | "latestCommon";
  /** The instances by a name of your own. One for `"latestBackup"`, one or more for `"latestCommon"`. */
  readonly sources: pulumi.Input<Readonly<Record<string, pulumi.Input<CommonRestorePointSource>>>>;
  /**
   * Any text, such as a date. A change chooses again.
   *
   * @defaultValue none: what was chosen first is kept
   */
  readonly refresh?: pulumi.Input<string | undefined>;
  /** Where and as whom to call, where that is not what the stack's `alicloud:` configuration says. */
  readonly connection?: pulumi.Input<CopyConnection | undefined>;
}

/**
 * A restore point that is chosen once and then kept: for copies that must be of one restore point, now and when another one
 * joins them. It makes nothing in the cloud.
 *
 * @remarks
 * A creation fails, with a sentence per source, if there is no such restore point.
 *
 * @example
 * ```ts
 * import { CommonRestorePoint, DatabaseCopy } from "pulumi-alicloud-rds-copy";
 *
 * const point = new CommonRestorePoint("monday", {
 *   kind: "latestCommon",
 *   sources: {
 *     shop: { dbInstanceId: "rm-shop", databases: ["orders"] },
 *     crm: { dbInstanceId: "rm-crm", databases: ["customers"] },
 *   },
 * });
 * for (const [source, dbNames] of Object.entries({ "rm-shop": ["orders"], "rm-crm": ["customers"] })) {
 *   new DatabaseCopy(`from-${source}`, {
 *     sourceDbInstanceId: source,
 *     targetDbInstanceId: "rm-staging",
 *     dbNames,
 *     restoreTime: point.restoreTime,
 *   });
 * }
 * ```
 */
export class CommonRestorePoint extends pulumi.CustomResource {
  /** Id of the backup set (`BackupId`), with `"latestBackup"`. */
  declare readonly backupId: pulumi.Output<string | undefined>;
  /** The point in time, RFC 3339, UTC, in seconds, with `"latestCommon"`. */
  declare readonly restoreTime: pulumi.Output<string | undefined>;

  /**
   * Declares the restore point.
   *
   * @param name - Name of the resource in the stack.
   * @param args - Which sources, and which kind of restore point.
   * @param opts - Options of Pulumi; `provider` is refused.
   * @throws RunError with one sentence, if the inputs are no object or `provider` is given
   */
  constructor(name: string, args: CommonRestorePointArgs, opts: pulumi.CustomResourceOptions = {}) {
    refuseMisdeclared(`CommonRestorePoint "${name}"`, args, opts);
    super(
      typeTokens.commonRestorePoint,
      name,
      {
        backupId: undefined,
        restoreTime: undefined,
        ...args,
        secretInputs: secretsAmong({ ...args }),
        resourceUrn: ownUrn(name, typeTokens.commonRestorePoint, opts.parent),
        __provider: providerText("restore-point"),
      },
      opts,
    );
  }
}
