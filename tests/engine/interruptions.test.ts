import assert from "node:assert/strict";
import type { WorldInput } from "alicloud-rds-simulator";
import { changesIn } from "./harness/changes";
import { startApartSimulator, type ApartSimulator } from "./harness/apartSimulator";
import { makeStack } from "./harness/makeStack";
import { oneCopy } from "./harness/program";
import { openStage } from "./harness/stage";
import { company } from "./harness/world";

const slowCompany: WorldInput = { ...company, copy: { minimumSeconds: 200 } };

describe("engine: what happens beside a run", () => {
  it("the cloud is dead for a while in the middle of a copy: the run waits, and is done when it is back", () =>
    disturbedInTheMiddle(async (cloud) => {
      cloud.signal("SIGKILL");
      await cloud.restart();
    }));

  it("the cloud says nothing for a minute in the middle of a copy: the same", () =>
    disturbedInTheMiddle(async (cloud) => {
      cloud.signal("SIGSTOP");
      await new Promise((later) => setTimeout(later, 1000));
      cloud.signal("SIGCONT");
    }));

  it("two stacks copy into one target at once: both get their own", async () => {
    await using stage = await openStage({ world: company, program: "process" });
    await makeStack(stage, "other");
    await stage.program(byStack("crm"));
    const runs = await Promise.all(["dev", "other"].map((stack) => upOf(stage, stack)));
    for (const { exitCode, text } of runs) assert.equal(exitCode, 0, text);
    assert.deepEqual([...stage.changes()].sort(), [
      "copy crm from backup 1002",
      "copy orders from backup 1002",
    ]);
    const gone = await stage.bare("destroy", "--yes", "--skip-preview", "--stack", "other");
    assert.equal(gone.exitCode, 0, gone.text);
    assert.deepEqual(stage.contents(), { orders: "orders-1002" });
    assert.deepEqual(stage.simulator.world().instances.find(({ id }) => id === "rm-staging")?.tags, {});
  });

  it("two stacks want the same database at once: one gets it, the other is refused and leaves it alone", async () => {
    await using stage = await openStage({ world: company, program: "process" });
    await makeStack(stage, "other");
    await stage.program(byStack("orders"));
    const stacks = ["dev", "other"];
    const runs = await Promise.all(stacks.map((stack) => upOf(stage, stack)));
    const losers = stacks.filter((_, index) => runs[index]?.exitCode !== 0);
    assert.equal(losers.length, 1, runs.map(({ text }) => text).join("\n"));
    assert.deepEqual(stage.changes(), ["copy orders from backup 1002"]);
    const [loser = ""] = losers;
    const destroy = await stage.bare("destroy", "--yes", "--skip-preview", "--stack", loser);
    assert.equal(destroy.exitCode, 0, destroy.text);
    assert.deepEqual(stage.contents(), { orders: "orders-1002" });
    const quiet = await upOf(stage, stacks.find((stack) => stack !== loser) ?? "", "--expect-no-changes");
    assert.equal(quiet.exitCode, 0, quiet.text);
  });
});

async function disturbedInTheMiddle(disturb: (cloud: ApartSimulator) => Promise<void>): Promise<void> {
  await using cloud = await startApartSimulator(slowCompany);
  await using stage = await openStage({ world: company, endpoint: cloud.endpoint });
  await stage.program(oneCopy({ dbNames: ["orders", "crm"] }));
  // So that calls are given up in a silence: the connect time-out of the SDK is also its idle one.
  await stage.configure({ "alicloud:clientReadTimeout": "5000", "alicloud:clientConnectTimeout": "5000" });
  await cloud.holdAnswer("ModifyDBDescription");
  using running = await stage.start("up", "--yes", "--skip-preview");
  await cloud.hasCarriedOut("ModifyDBDescription");
  await disturb(cloud);
  const { exitCode, text } = await running.ended;
  assert.equal(exitCode, 0, text);
  assert.deepEqual(changesIn(cloud.journal()), ["copy crm, orders from backup 1002"]);
}

/** The stack "dev" copies orders, the other one what is said. */
function byStack(name: string): string {
  return `new DatabaseCopy("copy", {
    sourceDbInstanceId: "rm-prod",
    targetDbInstanceId: "rm-staging",
    dbNames: [pulumi.getStack() === "dev" ? "orders" : ${JSON.stringify(name)}],
  });`;
}

function upOf(
  stage: { bare(...args: string[]): Promise<{ exitCode: number; text: string }> },
  stack: string,
  ...flags: string[]
) {
  return stage.bare("up", "--yes", "--skip-preview", "--stack", stack, ...flags);
}
