import assert from "node:assert/strict";
import { copiedStage } from "./harness/copiedStage";
import type { WorldInput } from "alicloud-rds-simulator";
import { makeStack } from "./harness/makeStack";
import { oneCopy } from "./harness/program";
import { openStage, type Stage } from "./harness/stage";
import { company } from "./harness/world";
import { intentsOn, markOn, refused, succeeds } from "./ownership/target";

const two = { dbNames: ["orders", "crm"] };

describe("engine: owner marks", () => {
  it("after a rename of the stack and a move to another one: nothing changes, and destroy drops the databases", async () => {
    await using stage = await copiedStage(oneCopy(two));
    await makeStack(stage, "other");
    await succeeds(stage, stage.bare("stack", "rename", "renamed", "--stack", "dev"));
    const urn = (await stage.resources("renamed")).find(({ urn: one }) => one.endsWith("::copy"))?.urn ?? "";
    await succeeds(
      stage,
      stage.bare("state", "move", "--source", "renamed", "--dest", "other", urn, "--yes"),
    );
    assert.deepEqual(
      await succeeds(stage, stage.bare("up", "--yes", "--skip-preview", "--stack", "other")),
      [],
    );
    await succeeds(stage, stage.bare("preview", "--refresh", "--expect-no-changes", "--stack", "other"));
    await dropsBoth(stage, "other");
  });

  it("with ownershipMarks: false: no tag and no description is written, and destroy goes by the state", async () => {
    await using stage = await copiedStage(oneCopy({ ...two, ownershipMarks: false }));
    const marking = ["TagResources", "UntagResources", "ModifyDBDescription"];
    assert.deepEqual(
      stage.simulator.journal().filter(({ action }) => marking.includes(action)),
      [],
    );
    await dropsBoth(stage, "dev");
  });

  it("where tags are denied: nothing is copied; where descriptions are, the next up marks what was copied", async () => {
    await using stage = await openStage({ world: denying("rds:TagResources") });
    await stage.program(oneCopy(two));
    await refused(stage, stage.up(), "rds:TagResources", "ownershipMarks: false");
    assert.equal(await stage.resource(), undefined);

    stage.simulator.setWorld(denying("rds:ModifyDBDescription"));
    const unmarked = await stage.up();
    assert.notEqual(unmarked.exitCode, 0, unmarked.text);
    assert.match(
      unmarked.text,
      /owner mark of .*could not be written on rm-staging.*rds:ModifyDBDescription/,
    );
    assert.deepEqual(stage.changes(), ["copy crm, orders from backup 1002"]);

    stage.simulator.setWorld({ ...stage.simulator.world(), accounts: [{}] });
    assert.deepEqual(await succeeds(stage, stage.up()), []);
    for (const name of two.dbNames) markOn(stage, name);
    assert.deepEqual(intentsOn(stage), {});
  });

  it("after a refresh with another account's key: a warning says why the resource is gone, and the databases stay", async () => {
    const other = {
      accountId: "2000000000000002",
      accessKeyId: "other-key",
      accessKeySecret: "other-secret",
    };
    await using stage = await copiedStage(oneCopy(two), { world: { ...company, accounts: [{}, other] } });
    await stage.configure({ "alicloud:accessKey": "other-key", "alicloud:secretKey": "other-secret" });
    // Without its program a refresh signs in with the key of the last up.
    const refresh = await stage.refresh("--run-program");
    assert.equal(refresh.exitCode, 0, refresh.text);
    assert.match(
      refresh.text,
      /warning: Instance rm-staging was not found in region cn-hangzhou .*the account of this run differs/,
    );
    assert.equal(await stage.resource(), undefined);
    assert.deepEqual(stage.contents(), { orders: "orders-1002", crm: "crm-1002" });
  });
});

function denying(action: string): WorldInput {
  return { ...company, accounts: [{ deny: [action] }] };
}

async function dropsBoth(stage: Stage, stack: string): Promise<void> {
  const changes = await succeeds(stage, stage.bare("destroy", "--yes", "--skip-preview", "--stack", stack));
  assert.deepEqual([...changes].sort(), ["drop crm", "drop orders"]);
  assert.deepEqual(stage.contents(), {});
}
