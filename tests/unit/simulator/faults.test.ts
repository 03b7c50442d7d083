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

  const error = { status: 400, code: "InternalError" };
  const raw = { status: 200, body: "" };
  for (const [what, rule, sentence] of [
    ["no object", "*", "the rule must be object"],
    ["an unknown action", { action: "DescribeBackup" }, '"DescribeBackup" is no action of the simulator'],
    ["an unknown field", { action: "*", whem: {} }, "the rule has no field whem"],
    ["no branch", { then: {} }, "then must have one of error, raw, delayMs, slow, drop"],
    [
      "an unknown branch",
      { then: { dropp: "after" } },
      "then must have one of error, raw, delayMs, slow, drop",
    ],
    ["two branches", { then: { delayMs: 1, drop: "after" } }, "then must have one of error"],
    ["a field beside its branch", { then: { delayMs: 1, code: "X" } }, "then has no field code"],
    ["another drop", { then: { drop: "later" } }, "then.drop must be one of before, after, midway"],
    [
      "a status of no answer",
      { then: { error: { ...error, status: 99 } } },
      "then.error.status must be >= 200",
    ],
    ["no code", { then: { error: { status: 400 } } }, "then.error must have required property 'code'"],
    ["a delay that never ends", { then: { delayMs: 2 ** 31 } }, "then.delayMs must be <= 86400000"],
    ["a delay into the past", { then: { delayMs: -1 } }, "then.delayMs must be >= 0"],
    [
      "no speed at all",
      { then: { slow: { bytesPerSecond: 0 } } },
      "then.slow.bytesPerSecond must be >= 0.001",
    ],
    [
      "a speed of light",
      { then: { slow: { bytesPerSecond: 1e12 } } },
      "then.slow.bytesPerSecond must be <= ",
    ],
    ["another when", { when: { first: 1 } }, "when must have one of nth, times, probability"],
    ["a chance above 1", { when: { probability: 2 } }, "when.probability must be <= 1"],
    [
      "a header that is no name",
      { then: { raw: { ...raw, headers: { "not a name": "1" } } } },
      'then.raw.headers has "not a name", which HTTP cannot send',
    ],
    [
      "a header of two lines",
      { then: { raw: { ...raw, headers: { location: "a\r\nb" } } } },
      'then.raw.headers has "location", which HTTP cannot send',
    ],
    [
      "a content type of two lines",
      { then: { raw: { ...raw, contentType: "text/html\n" } } },
      'then.raw.headers has "content-type", which HTTP cannot send',
    ],
    [
      "a length that is another",
      { then: { raw: { ...raw, headers: { "Content-Length": "7" } } } },
      "then.raw.headers must not have Content-Length",
    ],
    [
      "a body where there is none",
      { then: { raw: { status: 204, body: "x" } } },
      "then.raw.body must be empty",
    ],
  ] as const) {
    it(`with ${what} are refused with one sentence about it`, () => {
      const whole: unknown = typeof rule === "object" ? { action: "*", then: delay(1), ...rule } : rule;
      assert.throws(
        () => readFaultRule(whole),
        ({ message }: Error) => {
          assert.ok(message.startsWith(`This is not a fault rule: ${sentence}`), message);
          assert.equal(message.split(". ").length, 2, message);
          return true;
        },
      );
    });
  }

  it("are taken for any action, in any case, at the edges of what can be", () => {
    for (const rule of [
      { action: "describebackups", then: delay(86_400_000) },
      { action: "AssumeRole", then: { slow: { bytesPerSecond: 0.001 } } },
      { action: "*", then: { raw: { ...raw, headers: { location: "http://127.0.0.1:9/" } } } },
    ])
      assert.equal(readFaultRule(rule), rule);
  });
});
