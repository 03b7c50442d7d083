import assert from "node:assert/strict";
import { oneCopy } from "../harness/program";
import { openStage } from "../harness/stage";
import { company } from "../harness/world";

describe("engine: kill -9 of the CLI, then destroy", () => {
  it("destroy alone knows of no copy; after an up, which takes it up, it drops it", async () => {
    await using stage = await openStage({ world: company, clock: "virtual" });
    await stage.program(oneCopy({ dbNames: ["orders"] }));
    {
      using running = await stage.start("up", "--yes", "--skip-preview");
      stage.onceCalled({ action: "CopyDatabaseBetweenInstances", nth: 1 }, running.killAll);
      await running.ended;
    }
    assert.deepEqual(stage.changes(), ["copy orders from backup 1002"]);
    await stage.pulumi("cancel", "--yes");

    // The engine deletes what its state knows, and asks no provider about the rest.
    const blind = await stage.destroy();
    assert.equal(blind.exitCode, 0, blind.text);
    assert.match(blind.text, /1 pending operations/);
    assert.deepEqual(stage.changes(), []);

    // As the workflow of templates/preview-branch does.
    const up = await stage.up();
    assert.equal(up.exitCode, 0, up.text);
    assert.deepEqual(stage.changes(), []);
    const destroy = await stage.destroy();
    assert.equal(destroy.exitCode, 0, destroy.text);
    assert.deepEqual(stage.changes(), ["drop orders"]);
    assert.deepEqual(stage.contents(), {});
  });
});
