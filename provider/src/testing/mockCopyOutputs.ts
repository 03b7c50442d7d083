import { runtime } from "@pulumi/pulumi";
import { entryOf } from "../copy/databaseNames";
import { knownNames, orDefaults } from "../lifecycle/inputs";
import { normaliseInputs } from "../lifecycle/normalise";
import { isKnown, type OrUnknown } from "../lifecycle/unknown";
import type { CopiedDatabase, RestorePoint } from "../program/copiedDatabase";
import { systemClock } from "../time/clock";

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
): MockCopyOutputs & MockedInputs {
  const plain = inClear(inputs);
  const { dbNames, ...mocked } = mockedInputs(plain);
  const requestId = given.requestId ?? `mocked-${name}`;
  const restorePoint = given.restorePoint ?? pointOf(plain, mocked.restoreTime);
  const names = given.names ?? dbNames;
  const databases = Object.fromEntries(
    Object.entries(dbNames).map(([sourceName, targetName]): [string, CopiedDatabase] => [
      targetName,
      {
        phase: "filled",
        source: sourceName,
        target: entryOf(names, sourceName) ?? targetName,
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
    ...mocked,
    dbNames,
    names,
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

/** The inputs whose outputs have another form, or a default. */
export interface MockedInputs {
  /** The input of this name in its normal form. */
  readonly dbNames: Readonly<Record<string, string>>;
  /** The input of this name in its normal form; missing if it is not given. */
  readonly restoreTime?: string;
  /** The input of this name, or its default. */
  readonly syncUserPrivilege: boolean;
  /** The input of this name, or its default. */
  readonly adoptExisting: boolean;
  /** The input of this name, or its default. */
  readonly preflight: "enforce" | "warn" | "off";
  /** The input of this name, or its default. */
  readonly ownershipMarks: boolean;
  /** The input of this name, with its defaults. */
  readonly timeouts: {
    /** Of a creation. */
    readonly create: string;
    /** Of an update that copies or drops. */
    readonly update: string;
    /** Of a deletion. */
    readonly delete: string;
  };
}

const mockTime = "2026-01-01T00:00:00Z";

/** As `check` would leave them; mocks refuse nothing. */
function mockedInputs(given: Readonly<Record<string, unknown>>): MockedInputs {
  const { inputs } = normaliseInputs(given, systemClock);
  const restoreTime = known(inputs.restoreTime);
  return {
    dbNames: knownNames(inputs),
    ...(restoreTime === undefined ? {} : { restoreTime }),
    ...orDefaults({
      syncUserPrivilege: known(inputs.syncUserPrivilege),
      adoptExisting: known(inputs.adoptExisting),
      preflight: known(inputs.preflight),
      ownershipMarks: known(inputs.ownershipMarks),
      timeouts: known(inputs.timeouts),
    }),
  };
}

/** Mocks are given a secret in the wrapping of the engine's protocol. */
function inClear(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, unwrapped(value)]));
}

function unwrapped(value: unknown): unknown {
  if (runtime.isRpcSecret(value)) return unwrapped(runtime.unwrapRpcSecret(value));
  if (Array.isArray(value)) return value.map(unwrapped);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, unwrapped(entry)]));
}

function known<T>(value: OrUnknown<T> | undefined): T | undefined {
  return value !== undefined && isKnown(value) ? value : undefined;
}

function pointOf(
  { backupId }: Readonly<Record<string, unknown>>,
  restoreTime: string | undefined,
): RestorePoint {
  return restoreTime === undefined
    ? {
        kind: "backup",
        backupId: typeof backupId === "string" ? backupId : "mocked-backup",
        backupTime: mockTime,
      }
    : { kind: "time", restoreTime };
}
