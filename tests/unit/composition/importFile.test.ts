import assert from "node:assert/strict";
import { importFile, ImportRefusal, type ImportWish } from "../../../provider/src/cli/importFile";
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
  it("writes taken over databases as the service spells them, with the provider's text in both halves", async () => {
    const { id, inputs, outputs } = resourceIn(await write({}, there));
    assert.match(id, /^rm-target:adopted-/);
    assert.equal(inputs["__provider"], "text");
    assert.equal(outputs["__provider"], "text");
    assert.deepEqual(outputs["names"], { orders: "Orders", crm: "crm_old" });
    assert.equal(outputs.databases["orders"]?.["origin"], "adopted");
    assert.equal(outputs["adoptExisting"], true);
  });

  it("records the region of the instance, not the one that a shared endpoint answered for", async () => {
    assert.equal(resourceIn(await write({}, there)).outputs["region"], "cn-shanghai");
  });

  it("owns with --own, and records a mark only where one is", async () => {
    const [orders, crm] = there;
    const marked = { ...orders, description: "pulumi-0123456789ab-01234567" } as DatabaseFacts;
    const described = { ...crm, description: "pulumi is great" } as DatabaseFacts;
    const file = await write({ own: true }, [marked, described]);
    const { outputs } = resourceIn(file);
    assert.equal(outputs.databases["orders"]?.["origin"], "copied");
    assert.equal(outputs.databases["orders"]?.["mark"], marked.description);
    assert.equal(outputs.databases["crm_old"]?.["mark"], undefined);
    assert.equal(outputs["adoptExisting"], false);
    assert.match(file.notes.join("\n"), /will drop Orders and crm_old/);
    assert.match(file.notes.join("\n"), /Orders carried the mark/);
  });

  it("refuses with sentences: absent databases, unready ones, and names that break the rules", async () => {
    await assert.rejects(write({}, databases({ orders: "Running" })), /no crm_old; it has orders\./);
    await assert.rejects(
      write({}, databases({ orders: "Creating", crm_old: "Running" })),
      /orders is Creating\. Wait/,
    );
    await assert.rejects(write({ dbNames: { master: "master" } }, there), ImportRefusal);
    await assert.rejects(write({ sourceDbInstanceId: "rm-target" }, there), ImportRefusal);
  });
});
