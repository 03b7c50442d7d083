import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { openStage } from "./harness/stage";
import { company } from "./harness/world";

describe("README.md", () => {
  it("opens with a program that does what it says", async () => {
    const readme = readFileSync(resolve(__dirname, "../../README.md"), "utf8");
    const [, program = ""] = /```ts\n([^]*?)```/.exec(readme) ?? [];
    await using stage = await openStage({ program: "process", world: company });
    await stage.file("package.json", JSON.stringify({ name: "somebody", main: "index.ts" }));
    await stage.file("index.ts", program);
    const up = await stage.up();
    assert.equal(up.exitCode, 0, up.text);
    assert.deepEqual(stage.changes(), ["copy crm as crm_staging, orders from backup 1002"]);
    const stack = (await stage.resources()).find(({ type }) => type === "pulumi:pulumi:Stack");
    assert.deepEqual(stack?.outputs, { names: { orders: "orders", crm: "crm_staging" } });
  });
});
