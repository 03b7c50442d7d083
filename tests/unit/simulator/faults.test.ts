import assert from "node:assert/strict";
import { addFault, decideFault, type Fault, type FaultRule } from "../../../simulator/src/machine.js";
import { readFaultRule } from "../../../simulator/src/faults/rule.js";

const delay = (delayMs: number) => ({ delayMs });
const play = (rules: FaultRule[], calls: string[]) => {
  let faults: readonly Fault[] = rules.reduce(addFault, [] as readonly Fault[]);
  return calls.map((action) => {
    const decision = decideFault(faults, action);
    faults = decision.faults;
    return decision.then !== undefined && "delayMs" in decision.then ? decision.then.delayMs : undefined;
  });
};

describe("simulator: fault rules", () => {
  it("fire at the nth call, the first calls, or always", () => {
    const three = ["A", "A", "A"];
    assert.deepEqual(play([{ action: "A", when: { nth: 2 }, then: delay(1) }], three), [
      undefined,
      1,
      undefined,
    ]);
    assert.deepEqual(play([{ action: "A", when: { times: 2 }, then: delay(1) }], three), [1, 1, undefined]);
    assert.deepEqual(play([{ action: "a", then: delay(1) }], three), [1, 1, 1]);
  });

  it("count only the calls of their action; * is every action", () => {
    assert.deepEqual(play([{ action: "B", when: { nth: 1 }, then: delay(1) }], ["A", "B", "B"]), [
      undefined,
      1,
      undefined,
    ]);
    assert.deepEqual(play([{ action: "*", when: { nth: 2 }, then: delay(1) }], ["A", "B", "B"]), [
      undefined,
      1,
      undefined,
    ]);
  });

  it("are tried in order: the first that fires wins, and later ones do not count the call", () => {
    const rules: FaultRule[] = [
      { action: "A", when: { times: 1 }, then: delay(1) },
      { action: "*", when: { times: 1 }, then: delay(2) },
    ];
    assert.deepEqual(play(rules, ["A", "A", "A"]), [1, 2, undefined]);
  });

  it("fire by chance, the same for the same seed", () => {
    const calls = Array.from({ length: 1000 }, () => "A");
    const run = (seed: number) =>
      play([{ action: "A", when: { probability: 0.1, seed }, then: delay(1) }], calls);
    const fired = run(7).filter((value) => value === 1).length;
    assert.ok(fired > 60 && fired < 140, String(fired));
    assert.deepEqual(run(7), run(7));
    assert.notDeepEqual(run(7), run(8));
  });

  it("that are none are refused with a sentence", () => {
    for (const wrong of [
      {},
      { action: "A" },
      { action: "A", then: {} },
      { action: "A", then: { drop: "later" } },
      { action: "A", then: delay(1), when: { nth: 0 } },
      { action: "A", then: delay(1), whem: { nth: 1 } },
    ]) {
      assert.throws(
        () => readFaultRule(wrong),
        /^Error: This is not a fault rule: .* An example: /,
        JSON.stringify(wrong),
      );
    }
  });
});
