import { callsByHand, copiesOntoOneTarget, copyOntoTargets, countCalls, oneCopy } from "../player/countCalls";
import type { Measure, Row } from "./row";

/** In virtual time, so that each count is the same in every round: one is enough. Tests hold them (callCounts.test.ts). */
export const calls: Row = {
  name: "calls",
  about:
    "calls while copies are under way, counted in virtual time, against those of the copy written by hand",
  async run({ say }) {
    const measures: Measure[] = [];
    const count = (what: string, value: number, unit: Measure["unit"], most?: number, because?: string) => {
      const goal = most === undefined ? {} : { goal: { most } };
      measures.push({ what, unit, values: [value], ...goal, ...(because === undefined ? {} : { because }) });
      say(`${what}: ${value.toFixed(2)}`);
    };
    for (const seconds of [10, 600, 7200]) {
      const one = await countCalls(seconds, oneCopy);
      if (seconds === 600) {
        count("one copy of 10 minutes", one.total, "calls");
        count("one copy of 10 minutes / by hand", one.total / callsByHand(seconds), "times", 1);
      }
      count(
        `one copy of ${seconds} s, with a percentage that is right: time lost after it is done`,
        one.lateSeconds,
        "s",
        Math.max(2, 0.02 * seconds),
      );
    }
    const spread = await countCalls(120, copyOntoTargets(20));
    count("20 targets, one copy of 2 minutes each", spread.total, "calls");
    count(
      "20 targets, one copy of 2 minutes each / by hand",
      spread.total / callsByHand(120, 20),
      "times",
      1,
      "about a dozen calls for each target decide whether something may be dropped or copied, or mark what was, and a short copy is looked at every few seconds so that its end is noticed",
    );
    const many = await countCalls(600, copiesOntoOneTarget(50));
    const isWrite = (action: string) => !/^(Describe|List)/.test(action);
    const writes = Object.entries(many.counts).reduce((sum, [name, n]) => sum + (isWrite(name) ? n : 0), 0);
    count(
      "50 copies of 10 minutes on one target: reads",
      many.total - writes,
      "calls",
      60 + 2 * 50,
      "ten tags on an instance are safe, so that fifty copies make five rounds of ten minutes, and each round is looked at",
    );
    count("50 copies of 10 minutes on one target: writes", writes, "calls", 5 * 50);
    count("50 copies of 10 minutes on one target: refused calls", many.refused, "calls", 0);
    count("50 copies of 10 minutes on one target: warnings", many.warnings, "warnings", 0);
    for (const [what, copies, number] of [
      ["50 copies of 2 minutes on one target", copiesOntoOneTarget(50), 50],
      ["20 targets, one copy of 2 minutes each", copyOntoTargets(20), 20],
    ] as const) {
      const limited = await countCalls(120, copies, { callsPerSecond: 10 });
      const where = `an account limited to 10 calls a second: ${what}`;
      count(`${where}: failed, or copied twice`, Math.abs(limited.accepted - number), "copies", 0);
      count(`${where}: refused calls`, limited.refused, "calls");
      count(`${where}: calls`, limited.total, "calls");
    }
    return measures;
  },
};
