import { typeTokens } from "./typeTokens";
import * as pulumi from "@pulumi/pulumi";
import type { CopyConnection } from "./databaseCopy";
import { providerText } from "../engine/providerText";
import { refuseMisdeclared } from "./declaration";
import { ownUrn } from "./ownUrn";
import { secretsAmong } from "./secretsAmong";

/** The inputs of a `CommonRestorePoint`. */
export interface CommonRestorePointArgs {
  /**
   * `latestBackup`: the newest usable full backup of the one source. `latestCommon`: the latest moment that
   * all sources can be restored to, from the windows of their log backups.
   */
  readonly kind: "latestBackup" | "latestCommon";
  /** By a name of your own: the instance, and the databases that a backup must hold. */
  readonly sources: pulumi.Input<
    Readonly<
      Record<
        string,
        pulumi.Input<{
          readonly dbInstanceId: pulumi.Input<string>;
          readonly databases: pulumi.Input<pulumi.Input<string>[]>;
        }>
      >
    >
  >;
  /** Any text. A change chooses anew. */
  readonly refresh?: pulumi.Input<string | undefined>;
  readonly connection?: pulumi.Input<CopyConnection | undefined>;
}

/**
 * A restore point that is chosen once and then kept: for copies that must be of one moment, now and when
 * another one joins them. It makes nothing in the cloud.
 */
export class CommonRestorePoint extends pulumi.CustomResource {
  /** Id of the backup set, with `latestBackup`. */
  declare readonly backupId: pulumi.Output<string | undefined>;
  /** The moment, UTC seconds, with `latestCommon`. */
  declare readonly restoreTime: pulumi.Output<string | undefined>;

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
