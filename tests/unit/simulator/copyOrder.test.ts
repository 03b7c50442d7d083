import assert from "node:assert/strict";
import { copyOrder } from "../../../simulator/src/copy/order.js";
import { allRules } from "../../../simulator/src/machine.js";
import { cloud, goodCopy } from "./cloud.js";
import { worldOf, type CopyCase } from "./copyCases.js";
import { allCopyCases } from "./refusalCases.js";

const copy = "CopyDatabaseBetweenInstances";

const lines = copyOrder.map((line) => line.split(/\s+/));
const placeOf = (rule: string) =>
  lines.findIndex((ids) =>
    ids.some((id) => (id.endsWith("*") ? rule.startsWith(id.slice(0, -1)) : id === rule)),
  );
const answerTo = (one: Pick<CopyCase, "params" | "source" | "target" | "world">) =>
  cloud(worldOf(one)).call(copy, one.params ?? goodCopy);

describe("simulator: the order in which a copy is checked", () => {
  it("names every refusal of the copy, and each once", () => {
    const own = allRules().filter((rule) => rule.kind === "refusal" && rule.action === copy);
    assert.deepEqual(
      own.map(({ id }) => id).filter((id) => placeOf(id) === -1),
      [],
    );
    const named = lines.flat().filter((id) => !id.endsWith("*"));
    assert.equal(new Set(named).size, named.length);
    const known = new Set(allRules().map(({ id }) => id));
    assert.deepEqual(
      named.filter((id) => !known.has(id)),
      [],
    );
  });

  it("holds for every two reasons that can come together", () => {
    const cases = allCopyCases.map((one) => ({ one, rule: answerTo(one).ruleId ?? "" }));
    const wrong: string[] = [];
    let pairs = 0;
    for (const [index, first] of cases.entries()) {
      for (const second of cases.slice(index + 1)) {
        const both = undoEachOther(first.one, second.one) ? undefined : together(first.one, second.one);
        if (both === undefined || first.rule === second.rule) continue;
        pairs += 1;
        const rule = answerTo(both).ruleId ?? "(accepted)";
        const place = placeOf(rule);
        const earliest = Math.min(placeOf(first.rule), placeOf(second.rule));
        if (place === -1 || place > earliest)
          wrong.push(`${first.one.why} + ${second.one.why}: ${rule}, not ${lines[earliest]?.join(" or ")}`);
      }
    }
    assert.deepEqual(wrong, []);
    assert.ok(pairs > 1000, `only ${pairs} pairs`);
  });
});

type Parts = Pick<CopyCase, "params" | "source" | "target" | "world">;

/** Both spoilt parts in one copy; nothing where they contradict each other. */
function together(one: CopyCase, other: CopyCase): Parts | undefined {
  const params = merged(changedParams(one), changedParams(other));
  const source = merged(one.source ?? {}, other.source ?? {});
  const target = merged(one.target ?? {}, other.target ?? {});
  const world = merged(one.world ?? {}, other.world ?? {});
  if (params === undefined || source === undefined || target === undefined || world === undefined)
    return undefined;
  const given = Object.entries<unknown>({ ...goodCopy, ...params }).filter(([, value]) => value !== absent);
  return { params: Object.fromEntries(given) as Record<string, string>, source, target, world };
}

/** Pairs in which one takes away what the other is refused for, though they spoil different parts. */
function undoEachOther(one: CopyCase, other: CopyCase): boolean {
  const either = (first: (spoilt: CopyCase) => boolean, second: (spoilt: CopyCase) => boolean) =>
    (first(one) && second(other)) || (first(other) && second(one));
  const changes = (name: string) => (spoilt: CopyCase) => name in changedParams(spoilt);
  const point = (spoilt: CopyCase) => changes("BackupId")(spoilt) || changes("RestoreTime")(spoilt);
  const is2019 = (spoilt: CopyCase) => spoilt.why.startsWith("2019: ");
  return (
    is2019(one) !== is2019(other) ||
    either(point, (spoilt) => point(spoilt) || spoilt.source?.["backups"] !== undefined) ||
    either(changes("TargetDBInstanceId"), (spoilt) => spoilt.target !== undefined) ||
    either(
      (spoilt) => spoilt.source?.["engineVersion"] === "2019_std_sl",
      (spoilt) => spoilt.source?.["category"] !== undefined,
    ) ||
    either(
      (spoilt) => spoilt.source?.["classType"] === "s",
      (spoilt) => spoilt.target?.["classType"] === "s",
    ) ||
    either(
      ({ why }) => why === "part of a snapshot",
      ({ why }) => /snapshot|one name twice/.test(why),
    )
  );
}

const absent = Symbol("absent");

function changedParams({ params = goodCopy }: CopyCase): Record<string, unknown> {
  const good: Record<string, string> = goodCopy;
  const names = new Set([...Object.keys(good), ...Object.keys(params)]);
  return Object.fromEntries(
    [...names].filter((name) => params[name] !== good[name]).map((name) => [name, params[name] ?? absent]),
  );
}

function merged(
  one: Record<string, unknown>,
  other: Record<string, unknown>,
): Record<string, unknown> | undefined {
  const result = { ...one };
  for (const [key, value] of Object.entries(other)) {
    const before = result[key];
    if (before === undefined) result[key] = value;
    else if (isPlain(before) && isPlain(value)) {
      const inner = merged(before, value);
      if (inner === undefined) return undefined;
      result[key] = inner;
    } else if (before !== value) return undefined;
  }
  return result;
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
