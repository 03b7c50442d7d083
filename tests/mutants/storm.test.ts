import assert from "node:assert/strict";
import fc from "fast-check";
import { playStorm } from "../player/storm/play";
import { schedules } from "../player/storm/schedule";

/** As many random lives as every mutant can wait for; nothing is shrunk. */
describe("mutants: a few random lives", () => {
  it("keep every promise", async () => {
    for (const schedule of fc.sample(schedules, { numRuns: 50, seed: 20_261_125 })) {
      assert.deepEqual((await playStorm(schedule)).violations, []);
    }
  });
});
