import assert from "node:assert/strict";
import type { WorldInput } from "alicloud-rds-simulator";
import { makeStack } from "./harness/makeStack";
import { oneCopy } from "./harness/program";
import { openStage, type Stage } from "./harness/stage";
import { company, production, staging } from "./harness/world";

const two = { dbNames: ["orders", "crm"] };

describe("engine: whose databases they are", () => {
  it("after a rename of the stack: up changes nothing, destroy drops them", async () => {
    await using stage = await openStage({ world: company });
    await copied(stage);
    const renamed = await stage.bare("stack", "rename", "renamed", "--stack", "dev");
    assert.equal(renamed.exitCode, 0, renamed.text);
    await changesNothing(stage, "renamed");
    await dropsBoth(stage, "renamed");
  });

  it("after a move to another stack: up changes nothing there, destroy drops them", async () => {
    await using stage = await openStage({ world: company });
    await copied(stage);
    const urn = (await stage.resource())?.urn;
    assert.ok(urn);
    await makeStack(stage, "other");
    const moved = await stage.bare("state", "move", "--source", "dev", "--dest", "other", urn, "--yes");
    assert.equal(moved.exitCode, 0, moved.text);
    await changesNothing(stage, "other");
    await dropsBoth(stage, "other");
  });

  it("after a rename of the resource with an alias: up changes nothing, destroy drops them", async () => {
    await using stage = await openStage({ world: company });
    await copied(stage);
    await stage.program(
      oneCopy(two, '{ aliases: [{ name: "copy" }] }').replace(
        'DatabaseCopy("copy"',
        'DatabaseCopy("renamed"',
      ),
    );
    await changesNothing(stage, "dev");
    await dropsBoth(stage, "dev");
  });

  it("with ownershipMarks: false, without a tag and without a description", async () => {
    await using stage = await openStage({ world: company });
    await stage.program(oneCopy({ ...two, ownershipMarks: false }));
    const up = await stage.up();
    assert.equal(up.exitCode, 0, up.text);
    const marking = ["TagResources", "UntagResources", "ModifyDBDescription"];
    assert.deepEqual(
      stage.simulator.journal().filter(({ action }) => marking.includes(action)),
      [],
    );
    stage.changes();
    await dropsBoth(stage, "dev");
  });

  it("where tags and descriptions are denied: one warning, and the copy goes on", async () => {
    const deny = [
      "rds:TagResources",
      "rds:UntagResources",
      "rds:ListTagResources",
      "rds:ModifyDBDescription",
    ];
    await using stage = await openStage({ world: { ...company, accounts: [{ deny }] } });
    await stage.program(oneCopy(two));
    const up = await stage.up();
    assert.equal(up.exitCode, 0, up.text);
    assert.equal(warnings(up.text), 1, up.text);
    assert.match(up.text, /could not be written on rm-staging; the copy goes on without it/);
    stage.changes();
    await changesNothing(stage, "dev");
    await dropsBoth(stage, "dev");
  });

  it("where the target has all the tags that it may have: one warning, and the marks are on all the same", async () => {
    const tags = Object.fromEntries([...Array(20).keys()].map((index) => [`team-${index}`, "x"]));
    await using stage = await openStage({
      world: { ...company, instances: [production, { ...staging, tags }] },
    });
    await stage.program(oneCopy(two));
    const up = await stage.up();
    assert.equal(up.exitCode, 0, up.text);
    assert.equal(warnings(up.text), 1, up.text);
    const databases = (await stage.resource())?.outputs?.["databases"] as Record<string, { mark?: string }>;
    assert.match(databases["orders"]?.mark ?? "", /^pulumi-/);
    stage.changes();
    await dropsBoth(stage, "dev");
  });

  it("after a refresh with another account's key: a warning, and the right key takes them back without a copy", async () => {
    const world: WorldInput = {
      ...company,
      accounts: [
        {},
        { accountId: "2000000000000002", accessKeyId: "other-key", accessKeySecret: "other-secret" },
      ],
    };
    await using stage = await openStage({ world });
    await copied(stage);
    await signInAs(stage, "other-key", "other-secret");
    // Without its program a refresh signs in with the key of the last up.
    const refresh = await stage.refresh("--run-program");
    assert.equal(refresh.exitCode, 0, refresh.text);
    assert.match(
      refresh.text,
      /warning: Instance rm-staging was not found in region cn-hangzhou .*the account of this run is another one/,
    );
    assert.equal(await stage.resource(), undefined);

    await signInAs(stage, "simulated-key", "simulated-secret");
    const up = await stage.up();
    assert.equal(up.exitCode, 0, up.text);
    assert.match(
      up.text,
      /A copy of this very resource to rm-staging \((orders and crm|crm and orders)\) is there/,
    );
    assert.deepEqual(stage.changes(), []);
    await changesNothing(stage, "dev");
    await dropsBoth(stage, "dev");
  });
});

async function copied(stage: Stage): Promise<void> {
  await stage.program(oneCopy(two));
  const up = await stage.up();
  assert.equal(up.exitCode, 0, up.text);
  stage.changes();
}

async function changesNothing(stage: Stage, stack: string): Promise<void> {
  const up = await stage.bare("up", "--yes", "--skip-preview", "--stack", stack);
  assert.equal(up.exitCode, 0, up.text);
  const preview = await stage.bare("preview", "--refresh", "--expect-no-changes", "--stack", stack);
  assert.equal(preview.exitCode, 0, preview.text);
  assert.deepEqual(stage.changes(), []);
}

async function dropsBoth(stage: Stage, stack: string): Promise<void> {
  const destroy = await stage.bare("destroy", "--yes", "--skip-preview", "--stack", stack);
  assert.equal(destroy.exitCode, 0, destroy.text);
  assert.deepEqual([...stage.changes()].sort(), ["drop crm", "drop orders"]);
  assert.deepEqual(stage.contents(), {});
}

async function signInAs(stage: Stage, key: string, secret: string): Promise<void> {
  for (const args of [
    ["alicloud:accessKey", key],
    ["--secret", "alicloud:secretKey", secret],
  ]) {
    const set = await stage.pulumi("config", "set", ...args);
    assert.equal(set.exitCode, 0, set.text);
  }
}

function warnings(text: string): number {
  // Above the diagnostics each is there once more, on the resource's row.
  return text.split("\n").filter((line) => /^\s+warning:/.test(line)).length;
}
