import assert from "node:assert/strict";
import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { oneCopy } from "./harness/program";
import { openStage } from "./harness/stage";
import { company } from "./harness/world";

describe("engine: a folder of states that cannot be written", () => {
  it("the state cannot be saved although the copy was accepted: the next run goes on with it", async () => {
    await using stage = await openStage({ world: company });
    await stage.program(oneCopy({ dbNames: ["orders", "crm"] }));
    // A file in place of the folder of states: forbidding to write there would not stop root.
    const states = join(stage.folder, "../backend/.pulumi/stacks/engine-test");
    let blocking: Promise<void> | undefined;
    stage.onceCalled({ action: "CopyDatabaseBetweenInstances", nth: 1 }, () => {
      blocking = rename(states, `${states}-away`).then(() => writeFile(states, ""));
    });
    const up = await stage.up();
    await blocking;
    assert.notEqual(up.exitCode, 0, up.text);
    await rm(states);
    await rename(`${states}-away`, states);

    assert.equal((await stage.resource())?.outputs, undefined, "nothing of the copy was saved");
    await stage.pulumi("cancel", "--yes");
    const again = await stage.up();
    assert.equal(again.exitCode, 0, again.text);
    assert.match(again.text, /A copy of this very resource to rm-staging/);
    const preview = await stage.preview("--expect-no-changes");
    assert.equal(preview.exitCode, 0, preview.text);
    assert.deepEqual(stage.changes(), ["copy crm, orders from backup 1002"]);
  });
});
