import assert from "node:assert/strict";
import { importFile, type ImportWish } from "../../../provider/src/cli/importFile";
import { CommandRefusal } from "../../../provider/src/cli/refusal";
import { planChange } from "../../../provider/src/lifecycle/plan";
import { readState } from "../../../provider/src/lifecycle/state";
import type { DatabaseFacts } from "../../../provider/src/rds/rdsApi";
import { fakeClock } from "../provider/fakeClock";
import { databases, instance, scriptedRds } from "../provider/scriptedRds";

const wish: ImportWish = {
  name: "data",
  sourceDbInstanceId: "rm-source",
  targetDbInstanceId: "rm-target",
  dbNames: { orders: "orders", crm: "crm_old" },
  own: false,
  providerText: "text",
  newId: () => "k3f9q0za",
};

function write(change: Partial<ImportWish>, listed: readonly DatabaseFacts[]) {
  const clock = fakeClock();
  const { rds } = scriptedRds(
    { describeInstance: () => Promise.resolve(instance()), describeDatabases: () => Promise.resolve(listed) },
    clock,
  );
  return importFile({ ...rds, region: "cn-beijing" }, clock, { ...wish, ...change });
}

interface Written {
  readonly id: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>> & {
    readonly databases: Readonly<Record<string, Readonly<Record<string, string>>>>;
  };
}

const resourceIn = ({ content }: Awaited<ReturnType<typeof write>>) => content.resources[0] as Written;
const there = databases({ Orders: "Running", crm_old: "Running" });

describe("import-file", () => {
  it("writes adopted databases as the service spells them, with the provider's text in both halves", async () => {
    const { id, inputs, outputs } = resourceIn(await write({}, there));
    assert.equal(id, "rm-target:k3f9q0za");
    assert.equal(inputs["__provider"], "text");
    assert.equal(outputs["__provider"], "text");
    assert.deepEqual(outputs["names"], { orders: "Orders", crm: "crm_old" });
    assert.deepEqual(outputs.databases["orders"], { phase: "adopted", target: "Orders", status: "Running" });
    assert.equal(outputs["adoptExisting"], true);
    const { __provider: _text, ...saved } = outputs;
    assert.deepEqual(readState(saved), saved);
  });

  it("goes the way that the command went: in the inputs, the state and the program", async () => {
    const connection = {
      region: "cn-shanghai",
      profile: "prod",
      endpoint: "127.0.0.1:8094",
      protocol: "HTTP",
    };
    const file = await write({ connection }, there);
    const { inputs, outputs } = resourceIn(file);
    assert.deepEqual(inputs["connection"], connection);
    assert.deepEqual(outputs["connection"], connection);
    assert.ok(file.notes.join("\n").includes(`"connection":${JSON.stringify(connection)}`), file.notes[0]);
    const silent = await write({}, there);
    assert.equal(resourceIn(silent).inputs["connection"], undefined);
    assert.doesNotMatch(silent.notes.join("\n"), /connection/);
    await assert.rejects(
      write({ connection: { endpoint: "http://x/" } }, there),
      ({ name, message }: Error) => name === "CommandRefusal" && /connection\.endpoint is/.test(message),
    );
  });

  it("records the region of the instance, not the one that a shared endpoint answered for", async () => {
    assert.equal(resourceIn(await write({}, there)).outputs["region"], "cn-shanghai");
  });

  const marks = ["0123456789ab-a1b2c3d4-b1002", "0123456789ab-a1b2c3d5-b1002--from_rm-x_db_crm"];
  const [orders, crm] = there.map((one, index) => ({ ...one, description: `pulumi-${marks[index] ?? ""}` }));
  const described = { name: "crm_old", status: "Running", description: "pulumi is great" };

  it("owns with --own what carries owner marks, by their ids", async () => {
    assert.ok(orders && crm);
    const file = await write({ own: true }, [orders, crm]);
    const { inputs, outputs } = resourceIn(file);
    const point = { kind: "backup", backupId: "1002" };
    const filled = { phase: "filled", status: "Running", point };
    assert.deepEqual(outputs.databases, {
      orders: { ...filled, target: "Orders", source: "orders", id: "a1b2c3d4" },
      crm_old: { ...filled, target: "crm_old", source: "crm", id: "a1b2c3d5" },
    });
    assert.deepEqual([outputs["owner"], outputs["adoptExisting"]], ["0123456789ab", false]);
    assert.equal(inputs["ownershipMarks"], undefined);
    assert.match(file.notes.join("\n"), /will drop Orders and crm_old/);
    assert.match(file.notes.join("\n"), /Orders and crm_old carried the mark/);
  });

  it("owns what carries none by the state alone, and says so", async () => {
    assert.ok(orders);
    const file = await write({ own: true }, [orders, described]);
    const { inputs, outputs } = resourceIn(file);
    assert.equal(outputs.databases["crm_old"]?.["id"], "k3f9q0za");
    // So that marks can be turned on later: then its record alone still tells that it is ours, and it is marked.
    assert.deepEqual(
      Object.values(outputs.databases).map(({ unmarked }) => unmarked),
      [undefined, true],
    );
    const { __provider: _text, ...saved } = outputs;
    assert.deepEqual(readState(saved), saved);
    const { ownershipMarks: _off, ...marked } = inputs;
    assert.equal(planChange(readState(saved), marked).kind, "change");
    assert.deepEqual([inputs["ownershipMarks"], outputs["ownershipMarks"]], [false, false]);
    assert.match(file.notes.join("\n"), /ownershipMarks":false/);
    assert.match(file.notes.join("\n"), /Without an owner mark on crm_old, deletion follows the state alone/);
  });

  it("refuses with sentences: absent databases, unready ones, and names that break the rules", async () => {
    await assert.rejects(write({}, databases({ orders: "Running" })), /no crm_old; it has orders\./);
    await assert.rejects(
      write({}, databases({ orders: "Creating", crm_old: "Running" })),
      /orders is Creating\. Wait/,
    );
    await assert.rejects(write({ dbNames: { master: "master" } }, there), CommandRefusal);
    await assert.rejects(write({ sourceDbInstanceId: "rm-target" }, there), CommandRefusal);
  });
});
