import assert from "node:assert/strict";
import fc from "fast-check";
import { cutEverywhere } from "../../player/cuts";
import { scenarios } from "../../player/scenarios";
import { playStorm } from "../../player/storm/play";
import { runPlanted } from "../../player/storm/runPlanted";
import { runSchedules } from "../../player/storm/runSchedules";
import { schedules } from "../../player/storm/schedule";

describe("cuts", () => {
  for (const scenario of scenarios) {
    it(`${scenario.name}: cut at every call in every way, the end is the same`, async () => {
      const results = await cutEverywhere(scenario);
      assert.ok(results.length > 0);
      const wrong = results.filter(
        ({ sameEnd, lost, doubled }) => !sameEnd || lost.length > 0 || doubled.length > 0,
      );
      assert.deepEqual(wrong, []);
    });
  }
});

describe("storm", () => {
  // `npm run storm -- --lives N` plays as many as are wanted.
  it("keeps every promise in 2,000 random lives", async () => {
    const lines: string[] = [];
    const isFine = await runSchedules({ lives: 2000, seed: 20_261_125, say: (line) => lines.push(line) });
    assert.ok(isFine, lines.join("\n"));
  });

  it("finds every planted defect", async () => {
    const lines: string[] = [];
    const isFound = await runPlanted({ lives: 2000, seed: 1, say: (line) => lines.push(line) });
    assert.ok(isFound, lines.join("\n"));
  });

  it("plays equal schedules alike, call by call", async () => {
    for (const schedule of fc.sample(schedules, { numRuns: 40, seed: 7 })) {
      const [first, second] = [await playStorm(schedule), await playStorm(schedule)];
      assert.deepEqual(first.journal(), second.journal());
    }
  });
});
