import assert from "node:assert/strict";
import { openStage, type Stage } from "./harness/stage";
import { ago, company, production, staging } from "./harness/world";
import { oneCopy } from "./harness/program";

describe("engine: replacement", () => {
  it("drops nothing where its copy would be refused: somebody made one of the databases anew", async () => {
    await using stage = await openStage({ world: company });
    const declare = (replacementTrigger: string) =>
      stage.program(oneCopy({ dbNames: ["orders", "crm"] }, JSON.stringify({ replacementTrigger })));
    await declare("november");
    assert.equal((await stage.up()).exitCode, 0);
    stage.changes();
    const world = stage.simulator.world();
    const remade = ({ name, ...rest }: (typeof world.instances)[number]["databases"][number]) =>
      name === "crm" ? { ...rest, name, content: "somebody's", description: "" } : { ...rest, name };
    stage.simulator.setWorld({
      ...world,
      instances: world.instances.map((one) =>
        one.id === "rm-staging" ? { ...one, databases: one.databases.map(remade) } : one,
      ),
    });
    await declare("december");
    const up = await stage.up();
    assert.notEqual(up.exitCode, 0, up.text);
    assert.match(
      up.text,
      /dbNames\.crm: Database crm on rm-staging exists, .*no longer holds the owner mark\. With everything else as before the replacement, `pulumi refresh` prints the mark/,
    );
    assert.deepEqual(stage.changes(), []);
    assert.deepEqual(Object.keys(stage.contents()).sort(), ["crm", "orders"]);
  });

  it("drops first and copies then, for every input that cannot change in place", async () => {
    await using stage = await openStage({
      world: {
        instances: [production, { ...production, id: "rm-prod-two" }, staging, { id: "rm-staging-two" }],
      },
    });
    const dbNames = { orders: "orders", crm: "crm" };
    const first = { dbNames, backupId: "1001" };
    assert.deepEqual(await become(stage, oneCopy(first)), ["copy crm, orders from backup 1001"]);

    await stage.program(oneCopy({ dbNames, backupId: "1002" }));
    const preview = await stage.preview();
    assert.equal(preview.exitCode, 0, preview.text);
    assert.match(preview.text, /\+-1 to replace/);
    assert.match(preview.text, /backup 1001 of .* asks for backup 1002/);
    assert.deepEqual(stage.changes(), [], "a preview changes nothing");

    const replacing = async (args: object, why: RegExp) => {
      await stage.program(oneCopy(args));
      const up = await stage.up();
      assert.equal(up.exitCode, 0, up.text);
      assert.match(up.text, why);
      return sorted(stage.changes());
    };
    const dropped = ["drop crm", "drop orders"];

    assert.deepEqual(
      await replacing({ dbNames, backupId: "1002" }, /backup 1001 of .* asks for backup 1002/),
      [...dropped, "copy crm, orders from backup 1002"],
    );
    const moment = ago(20);
    assert.deepEqual(await replacing({ dbNames, restoreTime: moment }, /asks for the moment/), [
      ...dropped,
      `copy crm, orders as of ${moment}`,
    ]);
    const withUsers = { dbNames, restoreTime: moment, syncUserPrivilege: true };
    assert.deepEqual(await replacing(withUsers, /syncUserPrivilege changes from false to true/), [
      ...dropped,
      `copy crm, orders as of ${moment} with users`,
    ]);
    const fromTwo = { ...withUsers, sourceDbInstanceId: "rm-prod-two" };
    assert.deepEqual(await replacing(fromTwo, /source changes from rm-prod to rm-prod-two/), [
      ...dropped,
      `copy crm, orders as of ${moment} with users`,
    ]);
    assert.deepEqual(
      await replacing({ ...fromTwo, targetDbInstanceId: "rm-staging-two" }, /target changes/),
      [...dropped, `copy crm, orders as of ${moment} with users`],
    );
    assert.deepEqual(stage.contents(), {});
    assert.deepEqual(Object.keys(stage.contents("rm-staging-two")).sort(), ["crm", "orders"]);

    const elsewhere = {
      ...fromTwo,
      targetDbInstanceId: "rm-staging-two",
      connection: { endpoint: stage.simulator.endpoint.replace("127.0.0.1", "localhost") },
    };
    // An instance id names one instance: another way to it is recorded once it is found there.
    await stage.program(oneCopy(elsewhere));
    const moved = await stage.up();
    assert.equal(moved.exitCode, 0, moved.text);
    assert.match(moved.text, /~ 1 updated/);
    assert.deepEqual(stage.changes(), []);

    stage.callCount();
    // A pin that goes, or names the moment that was used anyway, is no other data.
    const unpinned = {
      dbNames,
      syncUserPrivilege: true,
      sourceDbInstanceId: "rm-prod-two",
      targetDbInstanceId: "rm-staging-two",
      connection: elsewhere.connection,
    };
    await stage.program(oneCopy(unpinned));
    const kept = await stage.up();
    assert.equal(kept.exitCode, 0, kept.text);
    assert.match(kept.text, /~ 1 updated/);
    assert.match(kept.text, /Nothing is copied: the data stays that of the moment/);
    assert.equal(stage.callCount(), 0);
  });

  it("that would be refused is refused while the old data is still there", async () => {
    await using stage = await openStage({ world: company });
    await become(stage, oneCopy({ dbNames: ["orders"] }));
    await stage.program(oneCopy({ dbNames: ["orders"], backupId: "4711" }));
    const up = await stage.up();
    assert.notEqual(up.exitCode, 0);
    assert.match(up.text, /\[backup-missing\] Instance rm-prod has no backup 4711/);
    assert.deepEqual(stage.changes(), []);
    assert.deepEqual(stage.contents(), { orders: "orders-1002" });
  });

  it("by replacementTrigger fills the same names anew, old ones first", async () => {
    await using stage = await openStage({ world: company });
    const triggered = (value: string) =>
      oneCopy({ dbNames: ["orders"] }, `{ replacementTrigger: "${value}" }`);
    const anew = ["drop orders", "copy orders from backup 1002"];
    await become(stage, triggered("2026-w47"));
    const before = (await stage.resource())?.outputs?.["dataVersion"];
    assert.deepEqual(await become(stage, triggered("2026-w48")), anew);
    assert.notEqual((await stage.resource())?.outputs?.["dataVersion"], before);
    assert.deepEqual(stage.contents(), { orders: "orders-1002" });
  });

  it("by --target-replace does the same, and one forced to create first is refused there, too", async () => {
    await using stage = await openStage({ world: company });
    await become(stage, oneCopy({ dbNames: ["orders"] }));
    const { urn = "" } = (await stage.resource()) ?? {};
    const replaced = await stage.up("--target-replace", urn);
    assert.equal(replaced.exitCode, 0, replaced.text);
    assert.deepEqual(stage.changes(), ["drop orders", "copy orders from backup 1002"]);
    assert.deepEqual(stage.contents(), { orders: "orders-1002" });

    const { id } = (await stage.resource()) ?? {};
    await stage.program(oneCopy({ dbNames: ["orders"] }, "{ deleteBeforeReplace: false }"));
    const forced = await stage.up("--target-replace", urn);
    assert.notEqual(forced.exitCode, 0);
    assert.deepEqual(stage.changes(), []);
    assert.deepEqual(stage.contents(), { orders: "orders-1002" });
    assert.equal((await stage.resource())?.id, id);
  });

  it("that a user forces to create first is refused, and the original stays whole", async () => {
    await using stage = await openStage({ world: company });
    await become(stage, oneCopy({ dbNames: ["orders"], backupId: "1001" }));
    const original = await stage.resource();
    for (const adoptExisting of [false, true]) {
      await stage.program(
        oneCopy({ dbNames: ["orders"], backupId: "1002", adoptExisting }, "{ deleteBeforeReplace: false }"),
      );
      const forced = await stage.up();
      assert.notEqual(forced.exitCode, 0);
      assert.match(forced.text, /deleteBeforeReplace cannot be false/);
      assert.deepEqual(stage.changes(), []);
      assert.deepEqual(stage.contents(), { orders: "orders-1001" });
      assert.equal((await stage.resource())?.id, original?.id);
    }
  });

  it("never drops a database whose name goes to another source before it can be copied", async () => {
    await using stage = await openStage({ world: company });
    await become(stage, oneCopy({ dbNames: { orders: "data" } }));
    assert.deepEqual(await become(stage, oneCopy({ dbNames: { crm: "data" } })), [
      "drop data",
      "copy crm as data from backup 1002",
    ]);
    assert.deepEqual(stage.contents(), { data: "crm-1002" });
  });
});

async function become(stage: Stage, program: string): Promise<readonly string[]> {
  await stage.program(program);
  const up = await stage.up();
  assert.equal(up.exitCode, 0, up.text);
  return stage.changes();
}

/** Drops of one resource go side by side: their order among themselves means nothing, the copy after them does. */
function sorted(changes: readonly string[]): readonly string[] {
  const firstCopy = changes.findIndex((change) => change.startsWith("copy"));
  return [...changes.slice(0, firstCopy).sort(), ...changes.slice(firstCopy)];
}
