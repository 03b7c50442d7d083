import {
  addFault,
  createWorld,
  decideFault,
  handle,
  type Fault,
  type FaultRule,
  type World,
} from "../../simulator/src/machine";
import type { WorldInput } from "../../simulator/src/world/schema";
import type { PlayedProcess } from "./process";
import type { VirtualTime } from "./virtualTime";

/** How one call is cut. */
export type Cut =
  /** The request never arrived. */
  | "lost"
  /** Carried out, but the answer never came. */
  | "unanswered"
  /** Carried out, and half of the answer came. */
  | "half"
  /** Carried out, and the process is gone before it could learn of it. */
  | "gone"
  /** Answered, and the engine is gone; its provider process makes three more calls. */
  | "outlived";

export interface CallRecord {
  readonly action: string;
  readonly params: Params;
  readonly status: number;
  readonly code: string | undefined;
  readonly at: number;
  readonly process: PlayedProcess;
  /** It was carried out, and its answer did not come. */
  readonly isUnanswered: boolean;
  /** Of a drop: the databases of the instance that were running when it was accepted. */
  readonly running?: readonly string[];
}

/** Watches the calls that the service carries out. */
export interface Observer {
  /** Right before it. */
  before?(process: PlayedProcess, action: string, params: Params): void;
  after(call: CallRecord): void;
}

type Params = Readonly<Record<string, string>>;

/** What came back: an answer of the service, or none. */
export type Reply =
  | {
      readonly status: number;
      readonly body: Readonly<Record<string, unknown>>;
      readonly retryAfterMs?: number;
    }
  | "reset"
  | "timeout"
  | "notJson";

/** The simulated service in virtual time, without HTTP: the same machine that the simulator serves. */
export interface Cloud {
  world: World;
  readonly calls: readonly CallRecord[];
  /** Cuts the n-th call from now on (0 is the next one). */
  cut(nth: number, way: Cut): void;
  uncut(): void;
  /** Lets somebody do something right before the n-th call from now on, and before each one after it, until it says that it is done. */
  interrupt(nth: number, act: () => "done" | "again"): void;
  uninterrupted(): void;
  /** Changing calls of one process that were under way on one instance at the same time. */
  overlaps(): readonly string[];
  observe(observer: Observer): void;
  /** From now on every call takes its time, by these numbers in turn; none: only changing calls do. */
  interleave(latencies: readonly number[]): void;
  /**
   * From the nth list of databases on (0 is the next one) a list lacks one that runs, and then none for a while: a second look
   * tells. `undefined`: every list is whole.
   */
  blink(nth: number | undefined): void;
  /** How many lists lacked one. */
  readonly blinks: number;
  addFault(rule: FaultRule): void;
  clearFaults(): void;
  send(process: PlayedProcess, action: string, params: Params): Promise<Reply>;
  /** Lets the world come to the present. */
  settle(): void;
}

export interface CloudOptions {
  readonly accessKeyId?: string;
  /** How long after its acceptance a database that is being made is listed. No document says that it is at once. */
  readonly listedAfterMs?: number;
  /** How long a changing call is under way before it is carried out. */
  readonly latencyMs?: number;
  /** How many calls the account may make in a second; all, unless it is said. */
  readonly callsPerSecond?: number;
}

export function playedCloud(
  input: WorldInput,
  time: VirtualTime,
  {
    accessKeyId = "simulated-key",
    listedAfterMs = 0,
    latencyMs = 0,
    callsPerSecond = Number.POSITIVE_INFINITY,
  }: CloudOptions = {},
): Cloud {
  const calls: CallRecord[] = [];
  let faults: readonly Fault[] = [];
  let cutAt: { readonly index: number; readonly way: Cut } | undefined;
  let interruption: { readonly index: number; readonly act: () => "done" | "again" } | undefined;
  let sequence = 0;

  const observers: Observer[] = [];
  const note = (call: CallRecord) => {
    calls.push(call);
    for (const observer of observers) observer.after(call);
  };

  const carryOut = (process: PlayedProcess, action: string, params: Params, isUnanswered = false) => {
    for (const observer of observers) observer.before?.(process, action, params);
    const requestId = `00000000-0000-4000-8000-${String(++sequence).padStart(12, "0")}`;
    const { world, answer } = handle(
      cloud.world,
      { action, params, accessKeyId, requestId },
      { now: time.now() },
    );
    if (action === "CopyDatabaseBetweenInstances" && answer.status === 200) noteCopies(params);
    cloud.world = world;
    const running = action === "DeleteDatabase" ? { running: runningOn(params["DBInstanceId"]) } : {};
    const { status, code } = answer;
    note({ action, params, status, code, at: time.now(), process, isUnanswered, ...running });
    const body = action === "DescribeDatabases" ? listed(params, answer.body) : answer.body;
    return { status, body };
  };

  const acceptedAt = new Map<string, number>();
  let wholeLists: number | undefined;
  let blinks = 0;
  let blinksFrom = Number.NEGATIVE_INFINITY;
  function missedOf<Row>(running: readonly Row[]): Row | undefined {
    if (wholeLists === undefined || --wholeLists >= 0 || time.now() < blinksFrom || running.length === 0)
      return undefined;
    blinksFrom = time.now() + blinkPauseMs;
    blinks++;
    return running[-wholeLists % running.length];
  }
  function listed(params: Params, body: Readonly<Record<string, unknown>>) {
    type Row = { readonly DBName: string; readonly DBStatus: string };
    const databases = (body["Databases"] as { Database?: readonly Row[] } | undefined)?.Database;
    if (!databases) return body;
    const missed = missedOf(databases.filter(({ DBStatus }) => DBStatus === "Running"));
    const visible = ({ DBName, DBStatus }: Row) =>
      DBStatus !== "Creating" ||
      time.now() >= (acceptedAt.get(`${params["DBInstanceId"] ?? ""}/${DBName}`) ?? 0) + listedAfterMs;
    return { ...body, Databases: { Database: databases.filter((row) => row !== missed && visible(row)) } };
  }

  const runningOn = (instanceId: string | undefined) =>
    (cloud.world.instances.find(({ id }) => id === instanceId)?.databases ?? []).flatMap(
      ({ name, status }) => (status === "Running" ? [name] : []),
    );

  const overlaps: string[] = [];
  const underWay = new Map<PlayedProcess, Set<string>>();
  let latencies: readonly number[] = [];
  /** A changing call takes its time; two of one process on one instance must not meet in it. */
  async function travel(process: PlayedProcess, action: string, params: Params) {
    const target = changedInstance(action, params);
    const latency = latencies[calls.length % latencies.length] ?? (target === undefined ? 0 : latencyMs);
    if (latency === 0) return;
    const targets = underWay.get(process) ?? new Set();
    underWay.set(process, targets);
    if (target !== undefined && targets.has(target)) overlaps.push(`${action} on ${target}`);
    if (target !== undefined) targets.add(target);
    await time.clockOf(process).sleep(latency);
    if (target !== undefined) targets.delete(target);
  }

  function noteCopies(params: Params): void {
    for (const name of Object.values(JSON.parse(params["DbNames"] ?? "{}") as Record<string, string>))
      acceptedAt.set(`${params["TargetDBInstanceId"] ?? ""}/${name}`, time.now());
  }

  const never = new Promise<never>(() => undefined);

  const cloud: Cloud = {
    world: createWorld(input, time.now()),
    calls,
    cut(nth, way) {
      cutAt = { index: calls.length + nth, way };
    },
    uncut() {
      cutAt = undefined;
    },
    interrupt(nth, act) {
      interruption = { index: calls.length + nth, act };
    },
    uninterrupted() {
      interruption = undefined;
    },
    overlaps: () => overlaps,
    observe(observer) {
      observers.push(observer);
    },
    interleave(next) {
      latencies = next;
    },
    blink(nth) {
      wholeLists = nth;
    },
    get blinks() {
      return blinks;
    },
    addFault(rule) {
      faults = addFault(faults, rule);
    },
    clearFaults() {
      faults = [];
    },
    settle() {
      cloud.world = handle(
        cloud.world,
        {
          action: "DescribeDBInstances",
          params: { RegionId: "cn-hangzhou" },
          accessKeyId,
          requestId: "settle",
        },
        { now: time.now() },
      ).world;
    },
    async send(process, action, params) {
      if (process.gone) return never;
      await travel(process, action, params);
      if (process.gone) return never;
      if (process.killed) process.outlive();
      if (interruption && calls.length >= interruption.index && interruption.act() === "done")
        interruption = undefined;
      const cut = cutAt?.index === calls.length ? cutAt.way : undefined;
      if (cut !== undefined) cutAt = undefined;
      const unheard = () =>
        note({ action, params, status: 0, code: undefined, at: time.now(), process, isUnanswered: false });
      switch (cut) {
        case "lost":
          unheard();
          return "reset";
        case "unanswered":
          carryOut(process, action, params, true);
          return "timeout";
        case "half":
          carryOut(process, action, params, true);
          return "notJson";
        case "gone":
          carryOut(process, action, params, true);
          process.kill(0);
          return never;
        case "outlived": {
          const reply = carryOut(process, action, params);
          process.kill(3);
          return reply;
        }
        case undefined:
          return withFaults(process, action, params);
      }
    },
  };

  let second = 0;
  let inSecond = 0;
  function isTooFast(): boolean {
    const now = Math.floor(time.now() / 1000);
    inSecond = now === second ? inSecond + 1 : 1;
    second = now;
    return inSecond > callsPerSecond;
  }

  function withFaults(process: PlayedProcess, action: string, params: Params): Reply {
    if (isTooFast()) {
      const code = "Throttling.User";
      note({ action, params, status: 400, code, at: time.now(), process, isUnanswered: false });
      return { status: 400, body: { RequestId: "limit", Code: code, Message: "Too many calls." } };
    }
    const decision = decideFault(faults, action);
    faults = decision.faults;
    const fault = decision.then;
    const answer = (status: number, code?: string) =>
      note({ action, params, status, code, at: time.now(), process, isUnanswered: false });
    if (fault === undefined || "delayMs" in fault || "slow" in fault)
      return carryOut(process, action, params);
    if ("error" in fault) {
      const { status, code, message = "A fault.", retryAfterMs } = fault.error;
      answer(status, code);
      return {
        status,
        body: { RequestId: "fault", Code: code, Message: message },
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      };
    }
    if ("raw" in fault) {
      answer(fault.raw.status);
      return "notJson";
    }
    if (fault.drop === "before") {
      answer(0);
      return "reset";
    }
    carryOut(process, action, params, true);
    return fault.drop === "after" ? "timeout" : "notJson";
  }
  return cloud;
}

/** Longer than between a look and the second one of every operation that is under way. */
const blinkPauseMs = 90_000;

/** The instance that a call changes; `undefined` for a call that only reads. */
function changedInstance(action: string, params: Params): string | undefined {
  switch (action) {
    case "CopyDatabaseBetweenInstances":
      return params["TargetDBInstanceId"];
    case "DeleteDatabase":
    case "ModifyDBDescription":
      return params["DBInstanceId"];
    case "TagResources":
    case "UntagResources":
      return params["ResourceId.1"];
    default:
      return undefined;
  }
}
