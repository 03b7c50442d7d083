import { toDatabaseNames } from "../copy/databaseNames";
import type { CopiedDatabase, RestorePoint } from "../program/copiedDatabase";

/** The outputs of a `DatabaseCopy` that are no inputs. */
export interface MockCopyOutputs {
  /** Source name to the name on the target. */
  readonly names: Readonly<Record<string, string>>;
  /** What is recorded of each database, by target name. */
  readonly databases: Readonly<Record<string, CopiedDatabase>>;
  /** The restore point of the copy. */
  readonly restorePoint: RestorePoint;
  /** A text that changes whenever a database is filled. */
  readonly dataVersion: string;
  /** Request id of the copy. */
  readonly requestId: string;
  /** The region of the calls. */
  readonly region: string;
  /** When the copy began, RFC 3339, UTC, in seconds. */
  readonly startedAt: string;
  /** When the last database was seen running, RFC 3339, UTC, in seconds. */
  readonly completedAt: string;
}

/**
 * The outputs that a copy with these inputs would have once it is done, with ids and times that are invented and the same in
 * every run: for mocks of your own.
 *
 * @param name - Name of the resource.
 * @param inputs - Its inputs, as mocks get them.
 * @param given - Outputs to answer instead.
 * @example
 * ```ts
 * import * as pulumi from "@pulumi/pulumi";
 * import { mockCopyOutputs } from "pulumi-alicloud-rds-copy/testing";
 *
 * export const mocks: pulumi.runtime.Mocks = {
 *   newResource: ({ type, name, inputs }) => ({
 *     id: name,
 *     state: type.endsWith(":DatabaseCopy") ? mockCopyOutputs(name, inputs) : inputs,
 *   }),
 *   call: ({ inputs }) => inputs,
 * };
 * ```
 */
export function mockCopyOutputs(
  name: string,
  inputs: Readonly<Record<string, unknown>>,
  given: Partial<MockCopyOutputs> = {},
): MockCopyOutputs & {
  /** The input of this name in its normal form. */
  readonly dbNames: Readonly<Record<string, string>>;
} {
  const dbNames = toDatabaseNames((inputs["dbNames"] ?? {}) as Parameters<typeof toDatabaseNames>[0]);
  const requestId = `mocked-${name}`;
  const restorePoint = given.restorePoint ?? pointOf(inputs);
  const databases = Object.fromEntries(
    Object.entries(dbNames).map(([sourceName, targetName]): [string, CopiedDatabase] => [
      targetName,
      {
        phase: "filled",
        source: sourceName,
        target: targetName,
        status: "Running",
        id: "mocked00",
        point: restorePoint,
        requestId,
        askedAt: mockTime,
        copiedAt: mockTime,
      },
    ]),
  );
  return {
    dbNames,
    names: dbNames,
    databases,
    restorePoint,
    dataVersion: requestId,
    requestId,
    region: "cn-hangzhou",
    startedAt: mockTime,
    completedAt: mockTime,
    ...given,
  };
}

const mockTime = "2026-01-01T00:00:00Z";

function pointOf({ backupId, restoreTime }: Readonly<Record<string, unknown>>): RestorePoint {
  return typeof restoreTime === "string"
    ? { kind: "time", restoreTime }
    : {
        kind: "backup",
        backupId: typeof backupId === "string" ? backupId : "mocked-backup",
        backupTime: mockTime,
      };
}
