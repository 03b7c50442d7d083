import * as pulumi from "@pulumi/pulumi";
import { providerText } from "../engine/providerText";
import type { CopiedDatabase, RestorePoint } from "./copiedDatabase";
import type { CopyConnection, DatabaseCopyArgs, DatabaseCopyLookup } from "./copyArgs";
import { refuseMisdeclared, timeInput, warnOfInheritedProvider } from "./declaration";
import { hidingTarget } from "./hidingTarget";
import { isMocked } from "./mockedAnswer";
import { ownUrn } from "./ownUrn";
import { secretsAmong } from "./secretsAmong";
import { shortStacks } from "./stacks";
import { typeTokens } from "./typeTokens";

/**
 * Copies of SQL Server databases from one ApsaraDB RDS instance to another, of one restore point
 * (`CopyDatabaseBetweenInstances`, Rds 2014-08-15).
 *
 * Created, the databases are copied and waited for; refreshed, a missing one is noticed and the next update copies it again;
 * deleted, what was copied is dropped, and nothing else. A preview reports what would stop the copy, by read-only calls.
 *
 * @remarks
 * Errors of a run name the instance, the database, the code and the request id of the answer, and the next step. A copy that
 * the service has accepted is kept in the state whatever happens after it.
 *
 * @example
 * ```ts
 * import * as pulumi from "@pulumi/pulumi";
 * import { DatabaseCopy } from "pulumi-alicloud-rds-copy";
 *
 * const config = new pulumi.Config();
 *
 * const copy = new DatabaseCopy("staging-data", {
 *   sourceDbInstanceId: config.require("source"),
 *   targetDbInstanceId: config.require("target"),
 *   dbNames: { orders: "orders", crm: "crm_staging" }, // or ["orders", "crm"]
 *   maxBackupAge: "36h",
 *   requireTargetTags: { env: "staging" },
 * });
 *
 * export const names = copy.names; // { orders: "orders", crm: "crm_staging" }
 * export const dataAsOf = copy.restorePoint;
 * ```
 */
export class DatabaseCopy extends pulumi.CustomResource {
  /** Source name to the name on the target, as the service spells it: what an application reads. */
  declare readonly names: pulumi.Output<Record<string, string>>;
  /** What is recorded of each database, by target name. */
  declare readonly databases: pulumi.Output<Record<string, CopiedDatabase>>;
  /** The restore point that all copied databases hold. Missing if everything was adopted, and while they hold more than one. */
  declare readonly restorePoint: pulumi.Output<RestorePoint | undefined>;
  /** A text that changes whenever a database is filled or claimed, and never otherwise: the trigger for steps after the copy. */
  declare readonly dataVersion: pulumi.Output<string>;
  /** Request id of the newest copy (`RequestId`). Missing if nothing was copied. */
  declare readonly requestId: pulumi.Output<string | undefined>;
  /** The region of the calls by which the target was found last. */
  declare readonly region: pulumi.Output<string>;
  /** When the newest copy began, RFC 3339, UTC, in seconds. */
  declare readonly startedAt: pulumi.Output<string>;
  /** When the last of its databases was seen running, RFC 3339, UTC, in seconds. Missing while a copy is unfinished. */
  declare readonly completedAt: pulumi.Output<string | undefined>;
  /** The input of this name. */
  declare readonly sourceDbInstanceId: pulumi.Output<string>;
  /** The input of this name. */
  declare readonly targetDbInstanceId: pulumi.Output<string>;
  /** The input of this name as a map from source name to target name. */
  declare readonly dbNames: pulumi.Output<Record<string, string>>;
  /** The input of this name. */
  declare readonly backupId: pulumi.Output<string | undefined>;
  /** The input of this name, RFC 3339, UTC, in seconds. */
  declare readonly restoreTime: pulumi.Output<string | undefined>;
  /** The input of this name. */
  declare readonly maxBackupAge: pulumi.Output<string | undefined>;
  /** The input of this name, or its default. */
  declare readonly syncUserPrivilege: pulumi.Output<boolean>;
  /** The input of this name. */
  declare readonly requireTargetTags: pulumi.Output<Record<string, string> | undefined>;
  /** The input of this name, or its default. */
  declare readonly adoptExisting: pulumi.Output<boolean>;
  /** The input of this name. */
  declare readonly claim: pulumi.Output<string[] | undefined>;
  /** The input of this name, or its default. */
  declare readonly preflight: pulumi.Output<"enforce" | "warn" | "off">;
  /** The input of this name, or its default. */
  declare readonly ownershipMarks: pulumi.Output<boolean>;
  /** The input of this name, with its defaults. */
  declare readonly timeouts: pulumi.Output<{
    /** Of a creation. */
    create: string;
    /** Of an update that copies or drops. */
    update: string;
    /** Of a deletion. */
    delete: string;
  }>;
  /** The input of this name. */
  declare readonly connection: pulumi.Output<pulumi.Unwrap<CopyConnection> | undefined>;

  /**
   * Declares the copies.
   *
   * @param name - Name of the resource in the stack. Another name is another resource: give `aliases` to rename.
   * @param args - Which databases, from where to where.
   * @param opts - Options of Pulumi. `customTimeouts` has no effect (`timeouts` has), `provider`, `replaceWith` and
   * `deleteBeforeReplace: false` are refused.
   * @throws RunError with one sentence, if the inputs are no object or `provider` or `replaceWith` is given
   * @example
   * ```ts
   * import { DatabaseCopy } from "pulumi-alicloud-rds-copy";
   *
   * const copy = new DatabaseCopy("staging-data", {
   *   sourceDbInstanceId: "rm-prod",
   *   targetDbInstanceId: "rm-staging",
   *   dbNames: ["orders", "crm"],
   * });
   *
   * export const names = copy.names;
   * ```
   */
  constructor(name: string, args: DatabaseCopyArgs, opts: pulumi.CustomResourceOptions = {}) {
    const what = `DatabaseCopy "${name}"`;
    refuseMisdeclared(what, args, opts);
    warnOfInheritedProvider(what, args, opts);
    const { restoreTime, ...rest } = args;
    const inputs = {
      ...rest,
      ...(restoreTime === undefined ? {} : { restoreTime: timeInput(what, restoreTime) }),
    };
    const properties = {
      ...declared,
      ...inputs,
      secretInputs: secretsAmong(inputs),
      resourceUrn: ownUrn(name, typeTokens.databaseCopy, opts.parent),
      __provider: providerText("provider"),
    };
    const options = {
      ...opts,
      // `replacementTrigger` and `--target-replace` ask no `diff`, and a copy cannot stand beside the one it replaces.
      // A wrapper that passes an option on which it was not given passes `undefined`: that is no wish.
      deleteBeforeReplace: opts.deleteBeforeReplace ?? true,
      // Mocks have no engine that hands options down, and wait for ever for a callback of one.
      ...(isMocked() ? {} : { transforms: [...(opts.transforms ?? []), tellingOptions] }),
    };
    const stacks = shortStacks();
    try {
      super(typeTokens.databaseCopy, name, properties, options);
    } catch (error) {
      throw stacks.traced(error, DatabaseCopy);
    } finally {
      stacks.end();
    }
  }

  /**
   * Reads databases that a copy made, without owning them: they are never changed or dropped.
   *
   * @param name - Name of the resource in this stack.
   * @param id - `<target instance>:<eight characters>`, as the owner's `id` output has it. Where the target is a secret, that
   * output begins with `secret:` instead: give `targetDbInstanceId`, too.
   * @param args - Which databases to read.
   * @param opts - Options of Pulumi.
   * @returns the databases as they are now; a name that is not there has the status `Missing`
   * @throws RunError with one sentence, if the inputs are no object or `provider` is given
   * @example
   * ```ts
   * import * as pulumi from "@pulumi/pulumi";
   * import { DatabaseCopy } from "pulumi-alicloud-rds-copy";
   *
   * const data = new pulumi.StackReference("company/data/staging");
   * const copy = DatabaseCopy.get("staging-data", data.requireOutput("copyId"), { dbNames: ["orders"] });
   *
   * export const status = copy.databases.apply((all) => all["orders"]?.status);
   * ```
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

  /**
   * Whether a value is a `DatabaseCopy`, also one of another installed version of this package.
   *
   * @param value - Anything.
   * @example
   * ```ts
   * import { DatabaseCopy } from "pulumi-alicloud-rds-copy";
   *
   * export function namesOf(value: unknown) {
   *   return DatabaseCopy.isInstance(value) ? value.names : undefined;
   * }
   * ```
   */
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

/**
 * Every output that the class declares: what is named here exists, unknown in a preview, also where the program does not give
 * the input of the name. The engine is sent nothing of what is `undefined`.
 */
const declared: Readonly<Record<Exclude<keyof DatabaseCopy, keyof pulumi.CustomResource>, undefined>> = {
  names: undefined,
  databases: undefined,
  restorePoint: undefined,
  dataVersion: undefined,
  requestId: undefined,
  region: undefined,
  startedAt: undefined,
  completedAt: undefined,
  sourceDbInstanceId: undefined,
  targetDbInstanceId: undefined,
  dbNames: undefined,
  backupId: undefined,
  restoreTime: undefined,
  maxBackupAge: undefined,
  syncUserPrivilege: undefined,
  requireTargetTags: undefined,
  adoptExisting: undefined,
  claim: undefined,
  preflight: undefined,
  ownershipMarks: undefined,
  timeouts: undefined,
  connection: undefined,
};
