import fc from "fast-check";
import { playStorm } from "../player/storm/play";
import { schedules } from "../player/storm/schedule";
import type { Row } from "./row";

const livesInRound = 100;

const because =
  "a life makes some 200 calls, each through the classes of the official SDK and the rules of the simulator, and no single part of that takes more than a tenth";

/** Processor time of this process: the storm has no other one. */
export const storm: Row = {
  name: "storm",
  about: "lives of the storm in a minute of a processor",
  async run({ rounds, say }) {
    const values: number[] = [];
    const played = fc.asyncProperty(schedules, async (life) => {
      await playStorm(life);
    });
    for (let round = 0; round <= rounds; round += 1) {
      const before = process.cpuUsage();
      await fc.assert(played, { numRuns: livesInRound, seed: round });
      const { user, system } = process.cpuUsage(before);
      const perMinute = (livesInRound * 60e6) / (user + system);
      // The first ones are not counted: the code is not compiled yet.
      if (round === 0) continue;
      values.push(perMinute);
      say(`${round}: ${perMinute.toFixed(0)} a minute`);
    }
    const what = "lives of the storm per minute of a processor";
    return [{ what, unit: "a minute", values, goal: { least: 20_000 }, because }];
  },
};
