import assert from "node:assert/strict";
import { copiedStage } from "../harness/copiedStage";
import { oneCopy } from "../harness/program";
import type { Stage } from "../harness/stage";
import { production } from "../harness/world";
import { markOn, refused, succeeds } from "./target";

const two = { dbNames: ["orders", "crm"] };
const one = { dbNames: ["orders"] };
const copied = { orders: "orders-1002", crm: "crm-1002" };

describe("engine: ownership, a name that is no longer declared", () => {
  it("is dropped with a warning in preview that names it and the age of its data", async () => {
    await using stage = await copiedStage(oneCopy(two));
    await stage.program(oneCopy(one));
    const { exitCode, text } = await stage.preview();
    assert.equal(exitCode, 0, text);
    assert.match(text, /warning:.*\bcrm\b.*\b8 ?h/);
  });

  it("under protect is refused, the option its own, its parent's or through EnvironmentDatabases", async () => {
    const program = (names: Readonly<Record<string, readonly string[]>>) =>
      onThree("protect", (target) => names[target] ?? two.dbNames);
    await using stage = await copiedStage(program({}), { world: threeTargets });
    for (const target of targets) {
      await stage.program(program({ [target]: ["orders"] }));
      await refused(stage, stage.up(), /\bprotect\b/, "crm");
    }
    await refused(stage, stage.preview(), /\bprotect\b/, "crm");
    for (const target of targets) assert.deepEqual(stage.contents(target), copied);
  });

  it("under retainOnDelete is left, and said, wherever the option is; declared again it is refused with the id that claim takes", async () => {
    const program = (name: string, more = {}) =>
      onThree(
        "retainOnDelete",
        (target) => (target === "rm-own" ? [...one.dbNames, ...(name ? [name] : [])] : one.dbNames),
        more,
      );
    await using stage = await copiedStage(
      onThree("retainOnDelete", () => two.dbNames),
      { world: threeTargets },
    );
    const { id } = markOn(stage, "crm", "rm-own");
    await stage.program(program(""));
    const { exitCode, text } = await stage.up();
    assert.equal(exitCode, 0, text);
    assert.deepEqual(stage.changes(), []);
    for (const target of targets) assert.deepEqual(stage.contents(target), copied);
    assert.match(text, /\bcrm\b.*retainOnDelete|retainOnDelete.*\bcrm\b/);

    await stage.program(program("crm"));
    await refused(stage, stage.up(), `claim: ["${id}"]`);
    await stage.program(program("crm", { claim: [id] }));
    assert.deepEqual(await succeeds(stage, stage.up()), []);
    assert.notEqual(markOn(stage, "crm", "rm-own").id, id);
  });
});

describe("engine: ownership, a replacement", () => {
  it("under retainOnDelete is refused onto the same names before the original is let go; with the option off first it is done", async () => {
    const retained = (retainOnDelete: boolean, replacementTrigger: string, names = two.dbNames) =>
      oneCopy({ dbNames: names }, JSON.stringify({ retainOnDelete, replacementTrigger }));
    await using stage = await copiedStage(retained(true, "november"));
    const original = await stage.resource();
    // The engine goes by the option in the state: taking it off together with the new trigger comes too late.
    for (const retainOnDelete of [true, false]) {
      await stage.program(retained(retainOnDelete, "december"));
      await refused(stage, stage.up(), "retainOnDelete");
      assert.equal((await stage.resource())?.id, original?.id);
    }
    await stage.program(retained(false, "november"));
    assert.deepEqual(await succeeds(stage, stage.up()), []);
    await stage.program(retained(false, "december"));
    const changes = await succeeds(stage, stage.up());
    assert.deepEqual(
      [[...changes.slice(0, 2)].sort(), changes.slice(2)],
      [["drop crm", "drop orders"], ["copy crm, orders from backup 1002"]],
    );
  });

  it("under retainOnDelete onto other names copies, and leaves the old ones", async () => {
    const retained = (replacementTrigger: string, dbNames: object) =>
      oneCopy({ dbNames }, JSON.stringify({ retainOnDelete: true, replacementTrigger }));
    await using stage = await copiedStage(retained("november", { orders: "orders_nov" }));
    await stage.program(retained("december", { orders: "orders_dec" }));
    assert.deepEqual(await succeeds(stage, stage.up()), ["copy orders as orders_dec from backup 1002"]);
    assert.deepEqual(stage.contents(), { orders_nov: "orders-1002", orders_dec: "orders-1002" });
    assert.deepEqual(await succeeds(stage, stage.up("--expect-no-changes")), []);
  });

  it("that is to create before it deletes is refused, with adoptExisting and marks on or off", async () => {
    await using stage = await copiedStage(oneCopy(two));
    const { urn = "" } = (await stage.resource()) ?? {};
    await stage.program(oneCopy({ ...two, adoptExisting: true }, "{ deleteBeforeReplace: false }"));
    await refused(stage, stage.up("--target-replace", urn), "deleteBeforeReplace");
    await stage.program(oneCopy({ ...two, adoptExisting: true, ownershipMarks: false }));
    await refused(stage, stage.up("--target-replace", urn), "ownershipMarks", "adoptExisting");
    await isWhole(stage);
  });
});

async function isWhole(stage: Stage): Promise<void> {
  await stage.program(oneCopy(two));
  await succeeds(stage, stage.preview("--expect-no-changes"));
  assert.deepEqual(stage.contents(), copied);
}

const targets = ["rm-own", "rm-parent", "rm-environment"];
const threeTargets = { instances: [production, ...targets.map((id) => ({ id }))] };

/** Three copies: with the option, with a parent that has it, and in an environment that has it. */
function onThree(
  option: "protect" | "retainOnDelete",
  names: (target: string) => readonly string[],
  more: object = {},
): string {
  const copy = (target: string) => ({ targetDbInstanceId: target, dbNames: names(target) });
  return `const { EnvironmentDatabases } = require("pulumi-alicloud-rds-copy");
${oneCopy({ ...copy("rm-own"), ...more }, `{ ${option}: true }`, "own")}
const parent = new pulumi.ComponentResource("acme:index:Team", "team", {}, { ${option}: true });
${oneCopy(copy("rm-parent"), "{ parent }", "child")}
new EnvironmentDatabases("environment", {
  sources: { prod: { dbInstanceId: "rm-prod", databases: ${JSON.stringify(names("rm-environment"))} } },
  targets: { staging: "rm-environment" },
  restorePoint: { backupId: "1002" },
}, { ${option}: true });`;
}
