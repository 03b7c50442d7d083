import { parseMark } from "../../../provider/src/ownership/mark";
import type { Rule } from "../../../provider/src/ownership/rules";
import { playedCloud, type Cloud, type CloudOptions } from "../cloud";
import { playedEngine, type Outcome, type PlayedEngine, type Program } from "../engine";
import { handsOn, type Hands } from "../hands";
import { company, start } from "../scenarios";
import { virtualTime, type VirtualTime } from "../virtualTime";

/** A life that goes by a script. Answers with the promises that it broke. */
export type Life = () => Promise<readonly string[]>;

/** For rules whose removal random lives show too seldom: the life that shows it. */
export const scriptedLives = {
  /** An accepted copy failed unseen; what somebody makes there while its intent is on is not its own. */
  async tasksAsked() {
    const stage = open({}, { copy: { failDatabases: ["orders"] } });
    await stage.engine.up(short);
    later(stage);
    stage.cloud.world = { ...stage.cloud.world, copy: { ...stage.cloud.world.copy, failDatabases: [] } };
    stage.hands.make(target, "orders", "somebody's");
    await stage.engine.up(data(["orders"]));
    await stage.engine.destroy();
    return untouched(stage, "orders");
  },

  /** Killed, its copy is listed late, and the program wants another name: what it made is named. */
  async waitForAllCovered() {
    const stage = open({ listedAfterMs: 30_000 }, { copy: { minimumSeconds: 90 } });
    stage.cloud.observe({ after: ({ action, process }) => void (action === copyAction && process.kill(0)) });
    await stage.engine.up(data(["orders"]));
    const { warnings } = await stage.engine.up(data(["crm"]));
    const isNamed = warnings.some((line) => /Database orders on .* may be left over/.test(line));
    return isNamed ? [] : ["what a killed run made is lost sight of"];
  },

  /** Somebody makes a database anew while another one is copied: that is no success. */
  async lastLookMarks() {
    const stage = open();
    await stage.engine.up(data(["orders"]));
    stage.cloud.interrupt(0, () => {
      if (accepted(stage, copyAction) < 2) return "again";
      stage.hands.make(target, "orders", "somebody's");
      return "done";
    });
    const { errors } = await stage.engine.up(data(["orders", "crm"]));
    return errors.length > 0 ? [] : ["success over what is somebody's"];
  },

  /** A name of the new creation is taken between `check` and `delete`: nothing is dropped. */
  judgeNext: () =>
    replacedWhile(["orders", "billing"], ({ hands }) => {
      hands.make(target, "billing", "somebody's");
    }),

  /** The backups can no longer be listed when `delete` asks for them: nothing is dropped. */
  lookedBeforeDrop: () =>
    replacedWhile(["orders"], ({ cloud }) => {
      const error = { status: 503, code: "ServiceUnavailable", message: "Later." };
      cloud.addFault({ action: "DescribeBackups", when: { times: 100_000 }, then: { error } });
    }),

  /** Somebody drops it and makes it anew between the look that judged it and the drop. */
  async dropOwnIdOnly() {
    const stage = open();
    await stage.engine.up(data(["orders"]));
    stage.cloud.interrupt(2, () => {
      stage.hands.make(target, "orders", "somebody's");
      return "done";
    });
    await stage.engine.destroy();
    return untouched(stage, "orders");
  },

  /** What another stack made and records is not adopted. */
  async adoptUnmarkedOnly() {
    const stage = open();
    const other = playedEngine(stage.cloud, stage.time, { stack: "qa" });
    await other.up(data(["orders"]));
    await stage.engine.up({ data: { ...inputs(["orders"]), adoptExisting: true } });
    const record = stage.engine.state["data"]?.outputs.databases["orders"];
    return record ? ["two resources hold one database"] : [];
  },
} satisfies Partial<Record<Rule, Life>>;

interface Stage {
  readonly time: VirtualTime;
  readonly cloud: Cloud;
  readonly engine: PlayedEngine;
  readonly hands: Hands;
}

const target = "rm-staging";
const copyAction = "CopyDatabaseBetweenInstances";

const inputs = (dbNames: readonly string[]) => ({
  sourceDbInstanceId: "rm-prod",
  targetDbInstanceId: target,
  dbNames,
});
const data = (dbNames: readonly string[]): Program => ({ data: inputs(dbNames) });
/** Too short for a copy. */
const short: Program = { data: { ...inputs(["orders"]), timeouts: { create: "5s" } } };

function open(options: CloudOptions = {}, more: object = {}): Stage {
  const time = virtualTime(start);
  const cloud = playedCloud({ ...company, ...more }, time, options);
  return { time, cloud, engine: playedEngine(cloud, time), hands: handsOn(cloud, time.now) };
}

function later({ time, cloud }: Stage): void {
  time.advance(3_600_000);
  cloud.settle();
}

/** A replacement by its trigger; after `check` has looked ahead, and before `delete` does, something happens. */
async function replacedWhile(names: readonly string[], happen: (stage: Stage) => void): Promise<string[]> {
  const stage = open();
  const program = (dbNames: readonly string[], replacementTrigger: string): Program => ({
    data: { ...inputs(dbNames), replacementTrigger },
  });
  await stage.engine.up(program(["orders"], "1"));
  let isOver = false;
  stage.cloud.observe({
    after({ action }) {
      // The last question of `check`. What it was told is old when `delete` asks.
      if (action !== "DescribeDBInstanceTDE" || isOver) return;
      isOver = true;
      happen(stage);
      stage.time.advance(10_000);
    },
  });
  const { errors } = await stage.engine.up(program(names, "2"));
  return errors.length > 0 && accepted(stage, "DeleteDatabase") > 0
    ? ["dropped in vain"]
    : refusedOnce(errors);
}

/** A script that is not refused shows nothing. */
function refusedOnce({ length }: Outcome["errors"]): string[] {
  return length > 0 ? [] : ["the script is broken: nothing was refused"];
}

function untouched({ hands, cloud }: Stage, name: string): string[] {
  const database = hands.database(target, name);
  if (!database) return [`somebody's ${name} was dropped`];
  const isMarked = parseMark(database.description) !== undefined;
  const isKept = cloud.calls.every(({ action }) => action !== "DeleteDatabase");
  return isMarked || !isKept ? [`somebody's ${name} was marked or dropped`] : [];
}

function accepted({ cloud }: Stage, action: string): number {
  return cloud.calls.filter((call) => call.action === action && call.status === 200).length;
}
