import assert from "node:assert/strict";
import { copiedStage } from "../harness/copiedStage";
import { oneCopy } from "../harness/program";
import { succeeds } from "./target";

const two = { dbNames: ["orders", "crm"] };

describe("engine: ownership, a replacement that only the state or the command asks for", () => {
  it("by state taint or --target-replace: the preview warns of the drop, with the age of the data, and the run does it", async () => {
    await using stage = await copiedStage(oneCopy(two));
    const { urn = "" } = (await stage.resource()) ?? {};
    const warned = async (...flags: string[]) => {
      const { exitCode, text } = await stage.preview(...flags);
      assert.equal(exitCode, 0, text);
      assert.match(text, /replace/);
      assert.doesNotMatch(text, /will not be copied/);
      const warning = text.split("\n").filter((line) => /warning:.*dropped/.test(line));
      for (const part of [/\borders\b/, /\bcrm\b/, /\b8 ?h/])
        assert.match(warning.join("\n"), part, `a warning of the drop in:\n${text}`);
    };
    await warned("--target-replace", urn);
    await succeeds(stage, stage.bare("state", "taint", urn, "--stack", "dev", "--yes"));
    await warned();
    const changes = await succeeds(stage, stage.up());
    assert.deepEqual([...changes.slice(0, 2)].sort(), ["drop crm", "drop orders"]);
    assert.deepEqual(changes.slice(2), ["copy crm, orders from backup 1002"]);
  });
});
