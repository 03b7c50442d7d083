import { toDatabaseNames } from "../copy/databaseNames";
import type { CopiedDatabase, RestorePoint } from "../program/databaseCopy";

/** The outputs of a `DatabaseCopy` that are no inputs. */
export interface MockCopyOutputs {
  readonly names: Readonly<Record<string, string>>;
  readonly databases: Readonly<Record<string, CopiedDatabase>>;
  readonly restorePoint: RestorePoint;
  readonly dataVersion: string;
  readonly requestId: string;
  readonly region: string;
  readonly startedAt: string;
  readonly completedAt: string;
}

/**
 * The outputs that a copy with these inputs would have once it is done, with made-up ids and times that are
 * the same in every run.
 */
export function mockCopyOutputs(
  name: string,
  inputs: Readonly<Record<string, unknown>>,
  given: Partial<MockCopyOutputs> = {},
): MockCopyOutputs & { readonly dbNames: Readonly<Record<string, string>> } {
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
