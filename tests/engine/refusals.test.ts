import assert from "node:assert/strict";
import { openStage } from "./harness/stage";
import { company, production } from "./harness/world";
import { oneCopy } from "./harness/program";

describe("engine: what is refused", () => {
  it("by the cloud leaves nothing in the state and says which instances, databases, code and request, and what to do", async () => {
    await using stage = await openStage({ world: company });
    stage.simulator.addFault({
      action: "CopyDatabaseBetweenInstances",
      then: {
        error: {
          status: 400,
          code: "InvalidDBInstanceEngineType.Format",
          message: "The engine does not fit.",
        },
      },
    });
    await stage.program(oneCopy({ dbNames: ["orders", "crm"] }));
    const up = await stage.up();
    assert.notEqual(up.exitCode, 0);
    const { requestId } = stage.simulator.journal().find(({ status }) => status === 400) ?? {};
    for (const part of [
      "rm-prod",
      "rm-staging",
      "crm and orders",
      "InvalidDBInstanceEngineType.Format",
      requestId ?? "-",
    ])
      assert.ok(up.text.includes(part), `${part} in\n${up.text}`);
    assert.doesNotMatch(up.text, stackTrace);
    assert.equal(await stage.resource(), undefined);
    assert.deepEqual(stage.changes(), []);
    assert.deepEqual(stage.contents(), {});
  });

  it("before the call: a taken name is never overwritten, and adoptExisting adopts it for good", async () => {
    const world = {
      instances: [
        production,
        {
          id: "rm-staging",
          databases: [
            { name: "orders", content: "by-hand" },
            { name: "other", content: "others" },
          ],
        },
      ],
    };
    await using stage = await openStage({ world });
    await stage.program(oneCopy({ dbNames: ["orders", "crm"] }));
    const taken = await stage.up();
    assert.notEqual(taken.exitCode, 0);
    assert.match(
      taken.text,
      /dbNames\.orders: Database orders on rm-staging exists, and nothing shows that this resource made it/,
    );
    assert.match(taken.text, /adoptExisting: true/);
    assert.doesNotMatch(taken.text, stackTrace);
    assert.deepEqual(stage.changes(), []);
    assert.equal(await stage.resource(), undefined);

    await stage.program(oneCopy({ dbNames: ["orders", "crm"], adoptExisting: true }));
    const adopting = await stage.up();
    assert.equal(adopting.exitCode, 0, adopting.text);
    assert.deepEqual(stage.changes(), ["copy crm from backup 1002"]);
    const databases = (await stage.resource())?.outputs?.["databases"] as Record<string, { phase: string }>;
    assert.equal(databases["orders"]?.phase, "adopted");
    assert.equal(databases["crm"]?.phase, "filled");

    const destroy = await stage.destroy();
    assert.equal(destroy.exitCode, 0, destroy.text);
    assert.match(destroy.text, /Database orders on rm-staging was adopted\. It was left in place/);
    assert.deepEqual(stage.changes(), ["drop crm"]);
    assert.deepEqual(stage.contents(), { orders: "by-hand", other: "others" });
  });

  it("in the program: two declarations of one target database", async () => {
    await using stage = await openStage({ world: company });
    const copy = (name: string, target: string) =>
      `new DatabaseCopy("${name}", { sourceDbInstanceId: "rm-prod", targetDbInstanceId: "rm-staging", dbNames: { orders: "${target}" } });`;
    await stage.program(copy("one", "orders") + copy("two", "orders"));
    const preview = await stage.preview();
    assert.notEqual(preview.exitCode, 0);
    assert.match(
      preview.text,
      /dbNames\.orders is to become orders on rm-staging, which another resource of this program declares/,
    );
  });

  it("when the instance is gone at the end, destroy succeeds and keeps nothing", async () => {
    await using stage = await openStage({ world: company });
    await stage.program(oneCopy({ dbNames: ["orders"] }));
    await stage.up();
    stage.simulator.setWorld({ instances: [production] });
    const destroy = await stage.destroy();
    assert.equal(destroy.exitCode, 0, destroy.text);
    assert.deepEqual(await stage.resources(), []);
  });
});

const stackTrace = /^\s+at .+:\d+:\d+/m;
