import { typeTokens } from "../program/typeTokens";
import type { runtime } from "@pulumi/pulumi";
import type { GetBackupsResult } from "../program/askBackups";
import type { GetDatabasesResult } from "../program/askDatabases";
import type { RestorableWindow } from "../program/askWindow";
import { mockCopyOutputs } from "./mockCopyOutputs";
import type { MockCopyOutputs } from "./mockCopyOutputs";

/** What the mocks answer, where it is not what they make up. */
export interface CopyMocksOptions {
  /** Outputs of copies, by the name of the resource. */
  readonly copies?: Readonly<Record<string, Partial<MockCopyOutputs>>>;
  /** The answer to `getBackups`. Default: one usable backup. */
  readonly backups?: Partial<GetBackupsResult>;
  /** The answer to `getDatabases`. Default: one database, `orders`. */
  readonly databases?: Partial<GetDatabasesResult>;
  /** The answer to `getRestorableWindow`. Default: one window of a day. */
  readonly restorableWindow?: Partial<RestorableWindow>;
  /** Answers for resources of other types. Default: the inputs. */
  readonly newResource?: runtime.Mocks["newResource"];
  /** Answers for functions of other packages. Default: their arguments. */
  readonly call?: runtime.Mocks["call"];
}

/** Mocks for `pulumi.runtime.setMocks`: copies have the outputs of finished ones, and no cloud is asked. */
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
          return { ...mockBackups, ...options.backups };
        case "alicloud-rds-copy:index:getDatabases":
          return { ...mockDatabases, ...options.databases };
        case "alicloud-rds-copy:index:getRestorableWindow":
          return { ...mockWindow, ...options.restorableWindow };
        default:
          return options.call?.(call) ?? (call.inputs as Record<string, unknown>);
      }
    },
  };
}

function pointOf(kind: unknown) {
  return kind === "latestCommon" ? { restoreTime: "2026-01-01T00:00:00Z" } : { backupId: "mocked-backup" };
}

const mockBackup = {
  backupId: "mocked-backup",
  status: "Success",
  type: "FullBackup",
  mode: "Automated",
  method: "Physical",
  startTime: "2025-12-31T23:00:00Z",
  endTime: "2026-01-01T00:00:00Z",
  usable: true,
  databases: [],
};

const mockBackups = { region: "cn-hangzhou", backups: [mockBackup], latest: mockBackup };

const mockDatabases = {
  region: "cn-hangzhou",
  databases: [{ name: "orders", status: "Running" }],
  names: ["orders"],
};

const mockWindow = {
  region: "cn-hangzhou",
  earliest: "2026-01-01T00:00:00Z",
  latest: "2026-01-02T00:00:00Z",
  windows: [{ from: "2026-01-01T00:00:00Z", to: "2026-01-02T00:00:00Z", backupId: "mocked-backup" }],
  holes: [],
  restsOn: "mocks",
};
