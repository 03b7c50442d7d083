import assert from "node:assert/strict";
import type { Reporter } from "../../../provider/src/copy/reporter";
import { explain } from "../../../provider/src/ownership/explain";
import { explainAll, sayer } from "../../../provider/src/ownership/manySayings";
import type { Saying } from "../../../provider/src/ownership/sayings";
import { place, reason, record } from "./samples";

/** Five of each kind are said one by one. */
const numbers = [1, 2, 3, 4, 5, 6, 7];
const dropped = numbers.map((number): Saying => ({ kind: "dropped", name: `orders${number}` }));
const refused = (why: "unclaimed" | "appeared") =>
  numbers.map((number): Saying => ({ kind: "refused", name: `crm${number}`, why }));
const nameless = numbers.map((): Saying => ({ kind: "lookFailed", reason }));
const foreign: Saying = { kind: "foreign", name: "crm", why: "changed", record };

describe("what is said of many databases", () => {
  it("is said as it comes, five of a kind; debug has the others, and the end counts them", () => {
    const { said, report } = listener();
    const { say, end } = sayer(report, place);
    for (const saying of [...dropped, foreign]) say(saying);
    const sentence = (saying: Saying) => explain(saying, place);
    assert.deepEqual(said, [
      ...dropped.slice(0, 5).map((saying) => ["info", sentence(saying)]),
      ...dropped.slice(5).map((saying) => ["debug", sentence(saying)]),
      ["warn", sentence(foreign)],
    ]);
    said.length = 0;
    end();
    assert.deepEqual(said, [["info", "The same applies to 2 more on rm-staging: orders6 and orders7."]]);
    said.length = 0;
    end();
    assert.deepEqual(said, [], "once");
  });

  it("warns of the rest where it warned of the first", () => {
    const { said, report } = listener();
    const { say, end } = sayer(report, place);
    for (const number of numbers) say({ ...foreign, name: `crm${number}` });
    said.length = 0;
    end();
    assert.deepEqual(said, [["warn", "The same applies to 2 more on rm-staging: crm6 and crm7."]]);
  });

  it("is counted by kind and reason, and names nothing where there is no name", () => {
    const { said, report } = listener();
    const all = [...refused("unclaimed"), ...nameless, ...refused("appeared")];
    const few = [all.slice(0, 5), all.slice(7, 12), all.slice(14, 19)].flat();
    const rest = [all.slice(5, 7), all.slice(12, 14), all.slice(19)].flat();
    assert.deepEqual(explainAll(all, place, report), [
      ...few.map((saying) => explain(saying, place)),
      "The same applies to 2 more on rm-staging: crm6 and crm7.",
      "The same applies to 2 more on rm-staging.",
      "The same applies to 2 more on rm-staging: crm6 and crm7.",
    ]);
    assert.deepEqual(
      said,
      rest.map((saying) => ["debug", explain(saying, place)]),
    );
  });
});

function listener(): { readonly said: (readonly [string, string])[]; readonly report: Reporter } {
  const said: (readonly [string, string])[] = [];
  const to = (level: string) => (line: string) => void said.push([level, line]);
  const report: Reporter = {
    isTerminal: false,
    status: to("status"),
    info: to("info"),
    warn: to("warn"),
    debug: to("debug"),
  };
  return { said, report };
}
