import { RdsFailure, type FailureFacts } from "../../../provider/src/rds/failure";
import type { DatabaseFacts, InstanceFacts, RdsApi, TaskFacts } from "../../../provider/src/rds/rdsApi";
import type { Clock } from "../../../provider/src/time/clock";

/** The calls of the RDS interface by name. */
export type RdsCalls = Omit<RdsApi, "region" | "endpoint" | "signer" | "waitsFor">;

export interface ScriptedRds {
  readonly rds: RdsApi;
  /** Every call in order: "3s deleteDatabase rm-target orders", with the seconds since the start. */
  readonly calls: readonly string[];
  /** The calls without their time, those of one name only if it is given. */
  names(only?: keyof RdsCalls): string[];
}

/** A cloud that answers as it was told, keeps a record of the calls, and fails a test by any other call. */
export function scriptedRds(script: Partial<RdsCalls>, clock: Clock): ScriptedRds {
  const calls: string[] = [];
  const started = clock.now();
  const scripted =
    (name: keyof RdsCalls) =>
    // Asynchronous, so that what a script throws becomes a rejection as in the real interface.
    // eslint-disable-next-line @typescript-eslint/require-await
    async (...args: readonly unknown[]) => {
      const texts = args.filter((arg) => typeof arg === "string");
      calls.push([`${(clock.now() - started) / 1000}s`, name, ...texts].join(" "));
      const answer = script[name] as ((...args: readonly unknown[]) => unknown) | undefined;
      if (!answer) throw new Error(`the script has no answer to ${name}`);
      return answer(...args);
    };
  return {
    calls,
    names: (only) => calls.map((call) => call.split(" ")[1] ?? "").filter((name) => !only || name === only),
    rds: {
      region: "cn-shanghai",
      endpoint: "rds.aliyuncs.com",
      signer: () => undefined,
      waitsFor: () => "rds.aliyuncs.com",
      ...(Object.fromEntries(callNames.map((name) => [name, scripted(name)])) as unknown as RdsCalls),
    },
  };
}

const callNames = Object.keys({
  describeInstance: true,
  describeDatabases: true,
  describeBackups: true,
  describeTasks: true,
  describeHistoryTasks: true,
  listTags: true,
  describeBackupPolicy: true,
  describeLogBackups: true,
  describeEncryption: true,
  copyDatabases: true,
  deleteDatabase: true,
  describeDatabaseAs: true,
  tagInstance: true,
  untagInstance: true,
} satisfies Record<keyof RdsCalls, true>) as readonly (keyof RdsCalls)[];

/** One answer after the other; errors are thrown. The last one is given for ever. */
export function inTurn<const Answers extends readonly unknown[]>(
  ...answers: Answers
): () => Promise<Exclude<Answers[number], Error>> {
  let next = 0;
  return () => {
    const answer = answers[Math.min(next++, answers.length - 1)];
    return answer instanceof Error
      ? Promise.reject(answer)
      : Promise.resolve(answer as Exclude<Answers[number], Error>);
  };
}

/** Databases by name and status. */
export function databases(statuses: Readonly<Record<string, string>>): DatabaseFacts[] {
  return Object.entries(statuses).map(([name, status]) => ({ name, status, description: "" }));
}

export function instance(facts: Partial<InstanceFacts> = {}): InstanceFacts {
  return {
    instanceId: "rm-target",
    status: "Running",
    engine: "SQLServer",
    engineVersion: "2019_std_ha",
    category: "HighAvailability",
    type: "Primary",
    regionId: "cn-shanghai",
    networkType: "VPC",
    lockMode: "Unlock",
    storageGiB: 100,
    maxDatabases: 100,
    ...facts,
  };
}

export function task(facts: Partial<TaskFacts> = {}): TaskFacts {
  return {
    action: "CopyDatabaseBetweenInstances",
    database: "",
    status: "Failed",
    percent: undefined,
    detail: "",
    ...facts,
  };
}

/** A failed call; by default one that the cloud refused with HTTP 400. */
export function failure(code: string, facts: Partial<FailureFacts> = {}): RdsFailure {
  return new RdsFailure({ action: "Call", code, message: `The cloud said ${code}.`, status: 400, ...facts });
}

/** One failure of each kind, named for it. */
export const failures = {
  refused: () => failure("EngineNotSupported"),
  notFound: () => failure("InvalidDBInstanceId.NotFound", { status: 404 }),
  busy: () => failure("OperationDenied.DBInstanceStatus", { status: 403 }),
  throttled: (retryAfterMs?: number) => failure("Throttling.User", { retryAfterMs }),
  denied: () => failure("Forbidden.RAM", { status: 403 }),
  signIn: () => failure("InvalidAccessKeyId.NotFound", { status: 404 }),
  unreachable: () => failure("ECONNREFUSED", { status: undefined }),
  unknown: () => failure("InternalError", { status: 500 }),
} as const;
