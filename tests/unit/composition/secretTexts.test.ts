import assert from "node:assert/strict";
import { normaliseInputs } from "../../../provider/src/lifecycle/normalise";
import { tagFindings } from "../../../provider/src/preflight/tagFindings";
import { fakeClock } from "../provider/fakeClock";
import { inputNames } from "../provider/lifecycle/badInputs";
import { veilOf } from "../../../provider/src/engine/secretTexts";

const veil = veilOf({
  secretInputs: ["dbNames", "targetDbInstanceId", "requireTargetTags"],
  sourceDbInstanceId: "rm-source",
  targetDbInstanceId: "rm-target",
  dbNames: { orders: "orders_old", "a.b": "x" },
  requireTargetTags: { env: "staging-7" },
});

describe("sentences about secrets", () => {
  it("name none of their values, neither source nor target names, and in no other case", () => {
    assert.equal(
      veil("Copies orders as Orders_Old from rm-source to rm-target (a.b, staging-7)."),
      "Copies [secret] as [secret] from rm-source to [secret] ([secret], [secret]).",
    );
  });

  it("keep every other word, also one that holds a secret name as its part", () => {
    assert.equal(
      veil("reorders; rm-target-2; environment; a-b; xylophone"),
      "reorders; rm-target-2; environment; a-b; xylophone",
    );
  });

  it("hide every name of a comma list", () => {
    const text = veilOf({ secretInputs: ["dbNames"], dbNames: "orders, crm" })("crm and orders: Running");
    assert.equal(text, "[secret] and [secret]: Running");
  });

  it("hide names that a state still records from before", () => {
    const text = veilOf({
      secretInputs: ["dbNames"],
      dbNames: { orders: "orders_new" },
      names: { orders: "orders_old" },
      databases: { orders_old: { sourceName: "orders", targetName: "orders_old", status: "Running" } },
    });
    assert.equal(text("orders_old: Running; orders_new: Running"), "[secret]: Running; [secret]: Running");
  });

  it("of an old state are hidden as well as those of the new inputs", () => {
    const both = veilOf(
      { secretInputs: ["dbNames"], dbNames: ["before"] },
      { secretInputs: ["dbNames"], dbNames: ["after"] },
    );
    assert.equal(both("before, after"), "[secret], [secret]");
  });

  it("are left as they are when nothing is a secret", () => {
    assert.equal(veilOf({ dbNames: ["orders"] })("orders"), "orders");
  });
});

/** Values of every kind that a program can give, made of a word and a number that nothing else says. */
const kinds: Readonly<Record<string, (word: string, number: number) => unknown>> = {
  text: (word) => word,
  "text with blanks": (word) => ` ${word} `,
  "text with what JSON escapes": (word) => `${word}\n"\\\t\u0001${word}`,
  "text of several names": (word) => `${word}, ${word}x ,${word}y z`,
  "text that begins like JSON": (word) => `[${word}]`,
  address: (word) => `https://${word}.example/`,
  "instance id": (word) => `rm-${word}`,
  number: (_, number) => number,
  "text of a number": (_, number) => ` ${number} `,
  duration: (_, number) => `${number}m30`,
  "boolean in place of a value": (_, number) => number % 2 === 0,
  list: (word, number) => [word, `${word}"`, number, { [word]: word }, word],
  map: (word, number) => ({ [word]: `${word}"`, [`${word}"`]: number, [`${word}'`]: [number] }),
  "map in a map": (word, number) => ({
    assumeRole: { roleArn: number, [word]: word },
    region: { [word]: 1 },
  }),
  "time to come": (_, number) => `${2000 + (number % 1000)}-03-01T10:00:00Z`,
  "time of a Date": (_, number) => new Date(Date.UTC(2000 + (number % 1000), 2, 1)).toISOString(),
  "time with an offset": (_, number) => `${2000 + (number % 1000)}-03-01T02:00:00+08:00`,
  "time with blanks, in lower case": (_, number) => ` ${2000 + (number % 1000)}-03-01 02:00:00z`,
  "time without a zone": (_, number) => `${2000 + (number % 1000)}-03-01T02:00`,
  "no time": (_, number) => `${2000 + (number % 1000)}-13-01T02:00:00Z`,
};

const inputs = [...inputNames, "misspelt"];

describe("what is wrong with a secret input", () => {
  for (const [kind, valueOf] of Object.entries(kinds))
    it(`is told alike whatever its value: ${kind}`, () => {
      for (const name of inputs) {
        const told = (
          [
            ["hushqa", 73_402],
            ["loudzk", 86_119],
          ] as const
        ).map(([word, number]) => {
          const given = {
            sourceDbInstanceId: "rm-source",
            targetDbInstanceId: "rm-target",
            dbNames: ["orders"],
            [name]: valueOf(word, number),
          };
          const { problems } = normaliseInputs(given, fakeClock());
          const hidden = veilOf({ ...given, secretInputs: [name] });
          return problems.map(({ property, reason }) => hidden(`${property} ${reason}`));
        });
        assert.deepEqual(told[0], told[1], name);
      }
    });

  it("a moment is hidden in the form that the sentences about it have", () => {
    const hidden = veilOf({ secretInputs: ["restoreTime"], restoreTime: "2026-03-01T10:00:00.750+08:00" });
    assert.equal(
      hidden("No usable full backup of rm-prod ended before 2026-03-01T02:00:00Z."),
      "No usable full backup of rm-prod ended before [secret].",
    );
  });

  it("a text with blanks around it leaves the blanks of the sentence", () => {
    const hidden = veilOf({ secretInputs: ["connection"], connection: { region: "cn-hush " } });
    assert.equal(hidden("was found in cn-hush (endpoint x)."), "was found in [secret] (endpoint x).");
  });

  it("a tag that must be there is hidden, its key too", () => {
    const requireTargetTags = { hushkey: "hush" };
    const found = tagFindings({
      plan: {
        requireTargetTags,
        targetDbInstanceId: "rm-target",
      } as unknown as Parameters<typeof tagFindings>[0]["plan"],
      target: undefined,
      targetTags: { HushKey: "other" },
    });
    const hidden = veilOf({ secretInputs: ["requireTargetTags"], requireTargetTags });
    for (const { property, text } of found) assert.doesNotMatch(hidden(`${property} ${text}`), /hush/i);
    assert.equal(found.length, 1);
  });
});
