import type { WorldInput } from "../../../simulator/src/world/schema";
import { playedCloud, type Cloud } from "../cloud";
import { playedEngine, type Operation, type Outcome, type PlayedEngine, type Program } from "../engine";
import { handsOn } from "../hands";
import { realLifecycle, type Lifecycle } from "../lifecycle";
import type { PlayedProcess } from "../process";
import { company, start } from "../scenarios";
import { virtualTime, type VirtualTime } from "../virtualTime";
import { calm } from "./calm";
import { stormHands, type StormHands } from "./hand";
import { watchOperations, type Ended } from "./invariants";
import type { Limit } from "./limits";
import { compareWithPreview } from "./previewAgrees";
import type { CopySpec, Schedule, Step, Trouble } from "./schedule";
import { countSometimes, type Sometimes } from "./sometimes";
import { followTruth, type Truths } from "./truth";

/** What a schedule came to. */
export interface StormResult {
  /** Broken promises, as sentences. */
  readonly violations: readonly string[];
  readonly sometimes: ReadonlySet<Sometimes>;
  readonly operations: readonly Ended[];
  /** How often each limit kept a hand away. */
  readonly kept: ReadonlyMap<Limit, number>;
  /** Every call in order: equal for equal schedules. */
  journal(): readonly string[];
}

export interface Stage {
  readonly cloud: Cloud;
  readonly time: VirtualTime;
  readonly engines: readonly PlayedEngine[];
  readonly truths: Truths;
  readonly hands: StormHands;
  readonly watch: ReturnType<typeof watchOperations>;
  readonly programs: (Program | undefined)[];
  /** Every operation, in order. */
  readonly operations: Ended[];
  /** Processes that outlive their engine. */
  readonly outliving: PlayedProcess[];
  readonly sometimes: Set<Sometimes>;
  /** Databases whose first copy fails in the cloud. */
  readonly failing: readonly string[];
  /** How long after its acceptance a copy is listed. */
  readonly listedAfterMs: number;
  violated(sentence: string): void;
}

/** Plays a schedule, then lets the wind drop: everything must come right, and everything must go away again. */
export async function playStorm(
  schedule: Schedule,
  lifecycle: Lifecycle = realLifecycle,
): Promise<StormResult> {
  const stage = openStage(schedule, lifecycle);
  for (const step of schedule.steps) await play(stage, step);
  await calm(stage);
  const { violations, cloud, hands, operations, sometimes } = stage;
  return {
    violations,
    operations,
    sometimes: new Set([...countSometimes(operations, cloud), ...sometimes]),
    kept: hands.kept,
    journal: () =>
      cloud.calls.map(
        ({ at, action, params, status, code }) =>
          `${at} ${action} ${JSON.stringify(params)} ${code ?? status}`,
      ),
  };
}

function openStage(
  { service, failing }: Schedule,
  lifecycle: Lifecycle,
): Stage & { readonly violations: string[] } {
  const time = virtualTime(start);
  const { listedAfterMs, targetStatus, ...answers } = service;
  const world: WorldInput = {
    ...company,
    instances: (company.instances ?? []).map((one) =>
      one.id === "rm-prod" ? { ...one, ...production } : one,
    ),
    service: { callsPerSecond: 0, ...answers },
    copy: {
      targetStatus,
      failDatabases: [...failing],
      minimumSeconds: listedAfterMs > 60_000 ? 150 : 6,
      secondsPerGiB: 0.5,
    },
    drop: { seconds: 2 },
  };
  const cloud = playedCloud(world, time, { listedAfterMs, latencyMs: 200 });
  const engines = ["prod", "qa"].map((stack) => playedEngine(cloud, time, { stack, lifecycle }));
  const violations: string[] = [];
  const violated = (sentence: string) => void violations.push(sentence);
  const programs: (Program | undefined)[] = [];
  const claims = (stack: string) =>
    Object.values(programs[stack === "prod" ? 0 : 1] ?? {}).flatMap(
      (inputs) => (inputs["claim"] as string[] | undefined) ?? [],
    );
  const truths = followTruth(cloud, time.now, { violated, claims });
  const outliving: PlayedProcess[] = [];
  const active = () => [
    ...engines.flatMap(({ process }) => (process ? [process] : [])),
    ...outliving.filter(({ gone }) => !gone),
  ];
  const hands = stormHands({ cloud, time, engines, truths, active });
  const watch = watchOperations({ cloud, engines, truths, time, violated });
  const sometimes = new Set<Sometimes>();
  const common = { cloud, time, engines, truths, hands, watch, programs, violated, violations };
  return { ...common, failing, listedAfterMs, operations: [], outliving, sometimes };
}

const production = {
  databases: [
    { name: "orders", content: "orders-live", description: "The shop", sizeGiB: 4 },
    { name: "crm", content: "crm-live", sizeGiB: 2 },
    { name: "Billing", content: "billing-live", sizeGiB: 1 },
  ],
  backups: ["1001", "1002"].map((id, index) => ({
    id,
    start: `2026-02-2${7 + index}T18:00:00Z`,
    end: `2026-02-2${7 + index}T18:40:00Z`,
    databases: { orders: `orders-${id}`, crm: `crm-${id}`, Billing: `Billing-${id}` },
  })),
};

async function play(stage: Stage, step: Step): Promise<void> {
  const { cloud, time, hands, programs, outliving } = stage;
  const isOutlived = outliving.some(({ gone }) => !gone);
  // What outlives its engine does so for seconds: only a run that is begun at once meets it.
  const isAtOnce = isOutlived && "trouble" in step;
  if (!isAtOnce) endOutliving(stage);
  // People take a few minutes; within one, the clocks of two machines tell nothing apart.
  time.advance(isAtOnce ? 1000 : 180_000);
  cloud.settle();
  // Copies that are under way when their run is killed fail afterwards.
  if (!isAtOnce) failNoMore(stage);
  switch (step.kind) {
    case "up": {
      const last = stage.operations.findLast(({ stack }) => stack === step.stack)?.outcome;
      // After a kill people run the same program again; now and then they change it first.
      if (!last?.killed || step.impatient) programs[step.stack] = programOf(step.copies);
      return troubled(stage, step.trouble, [step.stack], "up");
    }
    case "refresh":
    case "destroy":
      return troubled(stage, step.trouble, [step.stack], step.kind);
    case "together":
      for (const [stack, copies] of step.copies.entries()) programs[stack] = programOf(copies);
      cloud.interleave(step.latencies);
      await troubled(stage, step.trouble, [0, 1], "up");
      cloud.interleave([]);
      return;
    case "hand":
      if (hands.put(step.hand)) stage.sometimes.add(`hand: ${step.hand.deed}`);
      return;
    case "backup":
      handsOn(cloud, time.now).backUp("rm-prod", String(2000 + cloud.calls.length));
      return;
  }
}

/** Lets operations go with what goes wrong in them. */
async function troubled(
  stage: Stage,
  { faults, cut, meanwhile, blinks }: Trouble,
  stacks: readonly number[],
  kind: Ended["kind"],
): Promise<void> {
  const { cloud, hands, engines, programs } = stage;
  for (const fault of faults) cloud.addFault(fault);
  if (cut) cloud.cut(cut.nth, cut.way);
  const blinked = cloud.blinks;
  cloud.blink(blinks);
  let isHandled = false;
  if (meanwhile) {
    cloud.interrupt(meanwhile.nth, () => {
      isHandled = hands.put(meanwhile.hand);
      if (isHandled) stage.sometimes.add(`in the middle of a run: ${meanwhile.hand.deed}`);
      return isHandled ? "done" : "again";
    });
  }
  const isCalm =
    faults.length === 0 &&
    !cut &&
    !meanwhile &&
    blinks === undefined &&
    stacks.length === 1 &&
    stage.outliving.every(({ gone }) => gone);
  const [only = 0] = stacks;
  const program = programs[only];
  const isPreviewed = isCalm && kind === "up" && program !== undefined && isQuiet(cloud);
  const earlier = stage.outliving.filter(({ gone }) => !gone);
  const said = isPreviewed ? await engines[only]?.preview(program) : undefined;
  const isDisturbed = () =>
    cut !== undefined ||
    isHandled ||
    earlier.length > 0 ||
    stacks.length > 1 ||
    faults.some(({ action }) => isUnforeseeable.has(action));
  const ends = await operate(stage, stacks, kind, isDisturbed);
  for (const process of earlier) process.kill(0);
  if (said && ends[0]) compareWithPreview(said, ends[0], stage.violated);
  cloud.clearFaults();
  cloud.blink(undefined);
  if (cloud.blinks > blinked) stage.sometimes.add("a list lacked a database");
  cloud.uncut();
  cloud.uninterrupted();
}

/** The first failing copy is the only one: what failed once in the cloud does not fail for ever. */
export function failNoMore({ cloud, operations }: Stage): void {
  if (operations.length > 0)
    cloud.world = { ...cloud.world, copy: { ...cloud.world.copy, failDatabases: [] } };
}

export function endOutliving({ outliving }: Stage): void {
  for (const process of outliving) if (!process.gone) process.kill(0);
}

/** Whether these are refused cannot be looked at before. */
const isUnforeseeable: ReadonlySet<string> = new Set([
  "CopyDatabaseBetweenInstances",
  "TagResources",
  "UntagResources",
]);

function isQuiet({ world }: Cloud): boolean {
  return world.instances.every(({ databases }) => databases.every(({ status }) => status === "Running"));
}

/** Runs one operation on each of these stacks, at once. */
export async function operate(
  stage: Stage,
  stacks: readonly number[],
  kind: Ended["kind"],
  isDisturbed: () => boolean = () => false,
): Promise<readonly Ended[]> {
  const { cloud, time, engines, programs } = stage;
  const began = time.now();
  const firstCall = cloud.calls.length;
  const jobs = stacks.flatMap((stack) => {
    const engine = engines[stack];
    const program = programs[stack];
    if (!engine || (kind === "up" && !program)) return [];
    const operation: Operation = kind === "up" ? { kind, program: program ?? {} } : { kind };
    return [
      {
        stack,
        program: program ?? {},
        before: namesIn(engine),
        places: placesIn(engine, (kind === "up" && program) || {}),
        outcome: engine.begin(operation),
      },
    ];
  });
  const outcomes = await time.run(Promise.all(jobs.map(({ outcome }) => outcome)));
  const ends = jobs.map(({ stack, program, before, places }, index): Ended => {
    const outcome = outcomes[index] as Outcome;
    const calls = cloud.calls.slice(firstCall).filter(({ process }) => process === outcome.process);
    return { stack, kind, program, outcome, began, calls, before, places, isDisturbed: isDisturbed() };
  });
  for (const { outcome } of ends) if (outcome.killed) stage.outliving.push(outcome.process);
  for (const end of ends) {
    stage.operations.push(end);
    stage.watch.ended(end);
  }
  return ends;
}

function namesIn({ state }: PlayedEngine): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(state).map(([name, { outputs }]) => [
      name,
      Object.values(outputs.databases).map(({ target }) => target.toLowerCase()),
    ]),
  );
}

/** The instances that an operation has to do with each resource on. */
function placesIn({ state }: PlayedEngine, program: Program): Record<string, string> {
  const recorded = Object.entries(state).map(([name, { outputs }]) => [name, outputs.targetDbInstanceId]);
  const declared = Object.entries(program).map(([name, inputs]) => [name, inputs["targetDbInstanceId"]]);
  return Object.fromEntries([...recorded, ...declared]) as Record<string, string>;
}

function programOf(copies: readonly CopySpec[]): Program {
  return Object.fromEntries(
    copies.map(({ name, target, sources, suffix, pin, trigger, adoptExisting, short, preflight }) => [
      name,
      {
        sourceDbInstanceId: "rm-prod",
        targetDbInstanceId: target,
        dbNames: Object.fromEntries(
          sources.map((source) => [
            source,
            suffix === "" ? source.toLowerCase() : `${source.toLowerCase()}${suffix}`,
          ]),
        ),
        ...(pin === "none" ? {} : { backupId: pin }),
        ...(adoptExisting ? { adoptExisting: true } : {}),
        ...(short ? { timeouts: { create: "4s", update: "4s" } } : {}),
        preflight,
        replacementTrigger: trigger,
      },
    ]),
  );
}
