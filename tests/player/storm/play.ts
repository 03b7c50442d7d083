import { playedCloud, type Cloud } from "../cloud";
import { playedEngine, type Outcome, type PlayedEngine, type Program } from "../engine";
import { handsOn } from "../hands";
import { realLifecycle, type Lifecycle } from "../lifecycle";
import { company, start } from "../scenarios";
import { virtualTime, type VirtualTime } from "../virtualTime";
import { meanwhile } from "./meanwhile";
import { countSometimes, type Sometimes } from "./sometimes";
import type { CopySpec, Schedule, Step } from "./schedule";
import { watchInvariants, type Watch } from "./invariants";

/** What a schedule came to. */
export interface StormResult {
  /** Broken promises, as sentences. */
  readonly violations: readonly string[];
  readonly sometimes: ReadonlySet<Sometimes>;
  /** Every call in order: equal for equal schedules. */
  readonly journal: readonly string[];
}

interface Stage {
  readonly cloud: Cloud;
  readonly time: VirtualTime;
  readonly engines: readonly PlayedEngine[];
  readonly programs: (Program | undefined)[];
  /** Programs with a run that was killed and is not made good yet, by stack. */
  readonly killed: (readonly Program[] | undefined)[];
  readonly watch: Watch;
}

/** Plays a schedule, then lets the wind drop: everything must come right, and everything must go away again. */
export async function playStorm(
  schedule: Schedule,
  lifecycle: Lifecycle = realLifecycle,
): Promise<StormResult> {
  const time = virtualTime(start);
  const cloud = playedCloud(
    {
      ...company,
      instances: (company.instances ?? []).map((one) =>
        one.id === "rm-prod"
          ? {
              ...one,
              databases: [
                { name: "orders", content: "orders-live", description: "The shop" },
                { name: "crm", content: "crm-live" },
                { name: "Billing", content: "billing-live" },
              ],
              backups: ["1001", "1002"].map((id, index) => ({
                id,
                start: `2026-02-2${7 + index}T18:00:00Z`,
                end: `2026-02-2${7 + index}T18:40:00Z`,
                databases: { orders: `orders-${id}`, crm: `crm-${id}`, Billing: `Billing-${id}` },
              })),
            }
          : one,
      ),
      service: {
        callsPerSecond: 0,
        copiedDescription: schedule.service.copiedDescription,
        notFoundStatus: schedule.service.notFoundStatus,
        targetNameSpelling: schedule.service.targetNameSpelling,
      },
      copy: {
        targetStatus: schedule.service.targetStatus,
        failDatabases: [...schedule.failing],
        minimumSeconds: schedule.service.listedAfterMs > 60_000 ? 150 : 20,
      },
    },
    time,
    { listedAfterMs: schedule.service.listedAfterMs, latencyMs: 200 },
  );
  const engines = ["prod", "qa"].map((stack) => playedEngine(cloud, time, { stack, lifecycle }));
  const stage: Stage = {
    cloud,
    time,
    engines,
    programs: [],
    killed: [],
    watch: watchInvariants(cloud, engines, time),
  };
  for (const step of schedule.steps) await play(stage, step);
  await calm(stage);
  const { violations } = stage.watch;
  return {
    violations,
    sometimes: new Set([...countSometimes(stage.watch.outcomes, cloud, engines), ...stage.watch.sometimes]),
    journal: cloud.calls.map(
      ({ at, action, params, status, code }) => `${at} ${action} ${JSON.stringify(params)} ${code ?? status}`,
    ),
  };
}

async function play(stage: Stage, step: Step): Promise<void> {
  const { cloud, watch, time } = stage;
  const hands = handsOn(cloud, time.now);
  // People take a few minutes; within one, the clocks of two machines tell nothing apart.
  time.advance(180_000);
  cloud.settle();
  switch (step.kind) {
    case "up":
    case "refresh":
    case "destroy": {
      for (const fault of step.trouble.faults) cloud.addFault(fault);
      if (step.trouble.cut) cloud.cut(step.trouble.cut.nth, step.trouble.cut.way);
      if (step.trouble.meanwhile) {
        const markedBefore = marksOn(cloud);
        const willTell = step.kind === "up" && step.trouble.cut?.way !== "gone";
        const ownMark = ({ description }: { readonly description: string }) =>
          willTell && description.startsWith("pulumi-") && !markedBefore.has(description);
        const isUncertain = (instanceId: string, name: string) => isOfKilledRun(stage, instanceId, name);
        meanwhile(step.trouble.meanwhile, { ownMark, isUncertain }, stage);
      }
      const killed = stage.killed[step.stack] ?? [];
      if (step.kind === "up" && (killed.length === 0 || step.impatient))
        stage.programs[step.stack] = programOf(step.copies);
      for (const one of killed) {
        if (!sameCopies(one, step.kind === "destroy" ? undefined : stage.programs[step.stack]))
          watch.mayBeLeft(one);
      }
      await operate(stage, step.stack, step.kind);
      cloud.clearFaults();
      cloud.uncut();
      cloud.uninterrupted();
      // The first failing copy is the only one: what failed once in the cloud does not fail for ever.
      cloud.world = { ...cloud.world, copy: { ...cloud.world.copy, failDatabases: [] } };
      return;
    }
    case "foreign": {
      const databases = cloud.world.instances.find(({ id }) => id === step.instanceId)?.databases ?? [];
      const database = databases[step.which % Math.max(databases.length, 1)];
      // What carries no recorded mark cannot be told apart: that limit is documented, and not played.
      const isMarked = database?.status === "Running" && watch.hasRecordedMark(step.instanceId, database);
      if (!database || (!isMarked && !watch.isForeign(step.instanceId, database.name))) return;
      // Nor can what is made anew under a name that a killed run has asked for, until another run has made that good.
      if (step.hand !== "describe" && isOfKilledRun(stage, step.instanceId, database.name)) return;
      if (step.hand === "drop") {
        hands.drop(step.instanceId, database.name);
        watch.foreignGone(step.instanceId, database.name);
      } else if (step.hand === "remake") {
        watch.foreignMade(step.instanceId, database.name, hands);
      } else if (isMarked && !watch.isForeign(step.instanceId, database.name)) {
        hands.describe(step.instanceId, database.name, "ours-now");
        watch.foreignTaken(step.instanceId, database.name, database.content);
      }
      return;
    }
    case "squat":
      // A copy that never got its mark follows the state alone: documented, and not played.
      if (watch.isRecordedUnmarked(step.instanceId, step.name)) return;
      if (!hands.database(step.instanceId, step.name)) watch.foreignMade(step.instanceId, step.name, hands);
      return;
    case "backup":
      hands.backUp("rm-prod", String(2000 + cloud.calls.length));
      return;
  }
}

function isOfKilledRun({ killed }: Stage, instanceId: string, name: string): boolean {
  const asked = killed.flatMap((programs) => (programs ?? []).flatMap((program) => Object.values(program)));
  return asked.some(
    ({ targetDbInstanceId, dbNames }) =>
      targetDbInstanceId === instanceId &&
      Object.values(dbNames as Record<string, string>).some(
        (target) => target.toLowerCase() === name.toLowerCase(),
      ),
  );
}

function marksOn({ world }: Cloud): ReadonlySet<string> {
  return new Set(world.instances.flatMap(({ databases }) => databases.map(({ description }) => description)));
}

async function operate(
  stage: Stage,
  stack: number,
  kind: "up" | "refresh" | "destroy",
): Promise<Outcome | undefined> {
  const engine = stage.engines[stack];
  const program = stage.programs[stack];
  if (!engine || (kind === "up" && !program)) return undefined;
  const began = stage.watch.begin(stack, program);
  const outcome = await (kind === "up"
    ? engine.up(program ?? {})
    : kind === "refresh"
      ? engine.refresh()
      : engine.destroy());
  stage.watch.end(began, kind, outcome);
  // Only a run that ends well has found everything that a killed one left.
  const killed = [...(stage.killed[stack] ?? [])];
  if (outcome.killed && kind !== "refresh" && program) stage.killed[stack] = [...killed, program];
  else if (kind === "up" && outcome.errors.length === 0) {
    stage.killed[stack] = killed.filter((one) => !sameCopies(one, program));
  }
  return outcome;
}

async function calm(stage: Stage): Promise<void> {
  const { watch, engines, cloud, time } = stage;
  const hands = handsOn(cloud, time.now);
  // Whatever killed runs have started comes to its end before people clear up after them.
  time.advance(3_600_000);
  cloud.settle();
  for (const [stack, engine] of engines.entries()) {
    const program = patient(stage.programs[stack]);
    stage.programs[stack] = program;
    if (program) {
      let last = await operate(stage, stack, "up");
      // What one resource is refused for in its check hides what another one meets only when it is made.
      for (let tries = 0; tries < 4 && last && last.errors.length > 0; tries++) {
        if (!watch.clearTheWay(last.errors, hands)) break;
        // What was in the way may be of the other stack's killed run, which finds only a part of it again then.
        stage.killed.flat().forEach((one) => one && watch.mayBeLeft(one));
        last = await operate(stage, stack, "up");
      }
      if (last && last.errors.length > 0) last = await operate(stage, stack, "up");
      // Refused for good, the receipt of its killed run stays: its own program may still come back.
      if (last && last.errors.length > 0) stage.killed[stack]?.forEach((one) => watch.mayBeLeft(one));
      if (
        last &&
        last.errors.length > 0 &&
        !watch.isRightfulRefusal(
          last.errors,
          stage.killed.flatMap((one) => one ?? []),
        )
      ) {
        watch.violated(`two calm runs did not finish: ${last.errors.join(" | ")}`);
      } else if (last && last.errors.length === 0) {
        const { changes, errors } = await engine.preview(program);
        if (changes.length + errors.length > 0)
          watch.violated(`the preview after a calm run is not empty: ${[...changes, ...errors].join(" | ")}`);
        watch.finished(stack);
      }
    }
  }
  for (const stack of engines.keys()) {
    let last = await operate(stage, stack, "destroy");
    if (last && last.errors.length > 0) last = await operate(stage, stack, "destroy");
    if (last && last.errors.length > 0) watch.violated(`destroy does not end: ${last.errors.join(" | ")}`);
  }
  cloud.settle();
  watch.nothingLeft();
}

function sameCopies(one: Program, other: Program | undefined): boolean {
  return JSON.stringify(patient(one)) === JSON.stringify(patient(other));
}

/** In the calm people give the copy the time that it needs. */
function patient(program: Program | undefined): Program | undefined {
  return (
    program &&
    Object.fromEntries(
      Object.entries(program).map(([name, { timeouts: _short, ...inputs }]) => [name, inputs]),
    )
  );
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
        ...(short ? { timeouts: { create: "10s", update: "10s" } } : {}),
        preflight,
        replacementTrigger: trigger,
      },
    ]),
  );
}
