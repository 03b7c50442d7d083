import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { oneCopy } from "./harness/program";
import { openStage } from "./harness/stage";
import { company } from "./harness/world";

/** A copy that takes two hours of a world in which waits take no time. */
const longCopy = {
  world: { ...company, copy: { minimumSeconds: 7200 }, service: { callsPerSecond: 0 } },
  clock: "virtual",
} as const;
const program = oneCopy({ dbNames: { orders: "orders", crm: "crm_staging" }, timeouts: { create: "6h" } });
const progress = /\d+% · (orders|crm_staging) \d\w+ · \d of 2 done/;

describe("engine: progress", () => {
  it("of a two-hour copy in a piped log: at most a line per minute and change of state, and none at the end", async () => {
    await using stage = await openStage(longCopy);
    await stage.program(program);
    const up = await stage.up();
    assert.equal(up.exitCode, 0, up.text);
    const [live = "", end = ""] = up.text.split("Diagnostics:");
    const lines = live.split("\n").filter((line) => / of 2 done/.test(line));
    assert.ok(lines.length > 5, `progress is shown:\n${up.text}`);
    // The engine says the last status twice.
    assert.ok(lines.length <= 120 + 5, `${lines.length} lines:\n${up.text}`);
    assert.ok(
      lines.some((line) => /\d+% · (orders|crm_staging) 1h\d\dm · \d of 2 done/.test(line)),
      `a line says how long and how far:\n${lines.join("\n")}`,
    );
    assert.doesNotMatch(end, /of 2 done/);
  });

  for (const columns of [100, 160]) {
    it(`in an interactive terminal of ${columns} columns: the row shows the type in short and how far the copy is, at each change of the percentage`, async () => {
      await using stage = await openStage({ ...longCopy, columns });
      await stage.program(program);
      const { exitCode, text } = await stage.inTerminal("up", "--yes", "--skip-preview");
      assert.equal(exitCode, 0, text);
      const shown = stripVTControlCharacters(text);
      const row = new RegExp(
        `dynamic:DatabaseCopy +copy +creating \\(\\d+s\\)\\.* +${columns < 120 ? "\\d+%" : progress.source}`,
      );
      assert.match(shown, row);
      const end = shown.slice(shown.lastIndexOf("Diagnostics:"));
      assert.match(end, /Copies crm as crm_staging and orders/);
      assert.doesNotMatch(end, /of 2 done/);
      assert.match(end, /2 created/);
    });
  }
});
