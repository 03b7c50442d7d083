import { typeTokens } from "../program/typeTokens";
import type { runtime } from "@pulumi/pulumi";
import type { GetBackupsResult } from "../program/askBackups";
import type { GetDatabasesResult } from "../program/askDatabases";
import type { RestorableWindow } from "../program/askWindow";
import { mockBackups, mockDatabases, mockWindow } from "./mockAnswers";
import { mockCopyOutputs } from "./mockCopyOutputs";
import type { MockCopyOutputs } from "./mockCopyOutputs";

/** What the mocks answer, where it is not what they make up. */
export interface CopyMocksOptions {
  /**
   * Outputs of copies, by the name of the resource.
   *
   * @defaultValue those of a finished copy, see `mockCopyOutputs`
   */
  readonly copies?: Readonly<Record<string, Partial<MockCopyOutputs>>> | undefined;
  /**
   * The answer to `getBackups`. Of `backups` and `latest`, the one that is not given follows from the other.
   *
   * @defaultValue one usable backup
   */
  readonly backups?: Partial<GetBackupsResult> | undefined;
  /**
   * The answer to `getDatabases`. Of `databases` and `names`, the one that is not given follows from the other.
   *
   * @defaultValue one database, `orders`
   */
  readonly databases?: Partial<GetDatabasesResult> | undefined;
  /**
   * The answer to `getRestorableWindow`. `earliest`, `latest` and `holes` follow from `windows`, and `windows` from the two moments.
   *
   * @defaultValue one window of a day
   */
  readonly restorableWindow?: Partial<RestorableWindow> | undefined;
  /**
   * Answers for resources of other types, as `pulumi.runtime.setMocks` takes them.
   *
   * @defaultValue the inputs
   */
  readonly newResource?: runtime.Mocks["newResource"] | undefined;
  /**
   * Answers for functions of other packages, as `pulumi.runtime.setMocks` takes them.
   *
   * @defaultValue their arguments
   */
  readonly call?: runtime.Mocks["call"] | undefined;
}

/**
 * Mocks for `pulumi.runtime.setMocks`: copies have the outputs of finished ones, and no cloud is asked. They prove what a
 * program declares and nothing else: no method of the provider runs.
 *
 * @param options - What to answer instead.
 * @example
 * ```ts
 * import * as pulumi from "@pulumi/pulumi";
 * import { DatabaseCopy } from "pulumi-alicloud-rds-copy";
 * import { copyMocks } from "pulumi-alicloud-rds-copy/testing";
 *
 * export async function versionOfCopy(): Promise<string> {
 *   await pulumi.runtime.setMocks(copyMocks({ copies: { data: { dataVersion: "second" } } }));
 *   const copy = new DatabaseCopy("data", {
 *     sourceDbInstanceId: "rm-prod",
 *     targetDbInstanceId: "rm-staging",
 *     dbNames: ["orders"],
 *   });
 *   return new Promise((resolve) => copy.dataVersion.apply(resolve));
 * }
 * ```
 */
export function copyMocks(options: CopyMocksOptions = {}): runtime.Mocks {
  return {
    newResource(resource) {
      const { type, name, id } = resource;
      const given = resource.inputs as Readonly<Record<string, unknown>>;
      switch (type) {
        case typeTokens.databaseCopy: {
          const outputs = mockCopyOutputs(name, given, options.copies?.[name]);
          const target = given["targetDbInstanceId"];
          return {
            id: id || `${typeof target === "string" ? target : "rm-mocked"}:mocked00`,
            state: { ...given, ...outputs },
          };
        }
        case typeTokens.commonRestorePoint:
          return { id: "mocked-point", state: { ...given, ...pointOf(given["kind"]) } };
        default:
          return options.newResource?.(resource) ?? { id: id || `${name}-id`, state: { ...given } };
      }
    },
    call(call) {
      switch (call.token) {
        case "alicloud-rds-copy:index:getBackups":
          return { ...mockBackups(options.backups) };
        case "alicloud-rds-copy:index:getDatabases":
          return { ...mockDatabases(options.databases) };
        case "alicloud-rds-copy:index:getRestorableWindow":
          return { ...mockWindow(options.restorableWindow) };
        default:
          return options.call?.(call) ?? (call.inputs as Record<string, unknown>);
      }
    },
  };
}

function pointOf(kind: unknown) {
  return kind === "latestCommon" ? { restoreTime: "2026-01-01T00:00:00Z" } : { backupId: "mocked-backup" };
}
