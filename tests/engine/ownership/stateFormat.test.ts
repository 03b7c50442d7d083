import assert from "node:assert/strict";
import { copiedStage } from "../harness/copiedStage";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { oneCopy } from "../harness/program";
import type { Stage } from "../harness/stage";
import { refused } from "./target";

describe("engine: ownership, the format of the state", () => {
  it("has a version, and a state of another one is refused by up and destroy, with its data left alone", async () => {
    await using stage = await copiedStage(oneCopy({ dbNames: ["orders"] }));
    assert.equal((await stage.resource())?.outputs?.["stateVersion"], 1);
    await setStateVersion(stage, undefined);
    await refused(stage, stage.up(), /state/i);
    await setStateVersion(stage, 2);
    await refused(stage, stage.destroy(), /state/i);
    await setStateVersion(stage, 1);
    const { exitCode, text } = await stage.preview("--expect-no-changes");
    assert.equal(exitCode, 0, text);
  });
});

async function setStateVersion(stage: Stage, version: number | undefined): Promise<void> {
  const file = join(stage.folder, "../backend/.pulumi/stacks/engine-test/dev.json");
  const state = JSON.parse(await readFile(file, "utf8")) as {
    checkpoint: { latest: { resources: { urn: string; outputs?: Record<string, unknown> }[] } };
  };
  const copy = state.checkpoint.latest.resources.find(({ urn }) => urn.endsWith("::copy"));
  assert.ok(copy?.outputs);
  if (version === undefined) delete copy.outputs["stateVersion"];
  else copy.outputs["stateVersion"] = version;
  await writeFile(file, JSON.stringify(state));
}
