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

describe("engine: progress", () => {
  it("of a two-hour copy in a piped log: at most a line per minute and change of state, and none at the end", async () => {
    await using stage = await openStage(longCopy);
    await stage.program(program);
    const up = await stage.up();
    assert.equal(up.exitCode, 0, up.text);
    const [live = "", end = ""] = up.text.split("Diagnostics:");
    const lines = live
      .split("\n")
      .filter((line) => /(orders|crm_staging): (not listed yet|Creating|Running)/.test(line));
    assert.ok(lines.length > 5, `progress is shown:\n${up.text}`);
    // The engine says the last status twice.
    assert.ok(lines.length <= 120 + 5, `${lines.length} lines:\n${up.text}`);
    assert.ok(
      lines.some((line) => /\d+% orders: Creating, 1h\d\dm/.test(line)),
      "a line says how long and how far",
    );
    assert.doesNotMatch(end, /Creating/);
  });

  it("in an interactive terminal: the row says of each database how it stands and how long it takes", async () => {
    await using stage = await openStage(longCopy);
    await stage.program(program);
    const { exitCode, text } = await stage.inTerminal("up", "--yes", "--skip-preview");
    assert.equal(exitCode, 0, text);
    const shown = stripVTControlCharacters(text);
    assert.match(shown, /copy +creating.*\d+% crm_staging: Creating, \d+m.*\d+% orders: Creating, \d+m/);
    const end = shown.slice(shown.lastIndexOf("Diagnostics:"));
    assert.match(end, /Copies crm as crm_staging and orders/);
    assert.doesNotMatch(end, /Creating/);
    assert.match(end, /2 created/);
  });

  it("in an interactive terminal of 100 columns: the row shows the type in short and how far the copy is", async () => {
    await using stage = await openStage({ ...longCopy, columns: 100 });
    await stage.program(program);
    const { exitCode, text } = await stage.inTerminal("up", "--yes", "--skip-preview");
    assert.equal(exitCode, 0, text);
    assert.match(stripVTControlCharacters(text), /dynamic:DatabaseCopy +copy +creating \(\d+s\)\.* +\d+%/);
  });
});
