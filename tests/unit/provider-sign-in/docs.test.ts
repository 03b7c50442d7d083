import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { placesOf, settingNames } from "../../../provider/src/rds/signIn/settings";

describe("docs/sign-in.md", () => {
  const text = readFileSync(join(__dirname, "../../../docs/sign-in.md"), "utf8");
  const [, whoSigns = [], everyKey = []] = text.split(/^## /m).map(rowsOf);
  const measuredCases = Array.from({ length: 31 }, (_, index) => index + 1);

  it("has every measured case of who signs, and each is played in the provider process", () => {
    // The last two are about the region, which is a key of its own.
    assert.deepEqual(numbersIn(whoSigns), measuredCases.slice(0, 29));
    const tests = readFileSync(join(__dirname, "../../protocol/sign-in/measured.test.ts"), "utf8");
    const played = [...tests.matchAll(/["`](\d+)(?=[:,])/g)].map(([, number]) => Number(number));
    assert.deepEqual(sorted(played), measuredCases);
  });

  it("has every key of @pulumi/alicloud, and a reason for each that is not read", () => {
    const keys = configurationKeys();
    assert.ok(keys.length > 20, keys.join());
    for (const key of keys) {
      const rows = everyKey.filter(([named = ""]) => named.includes(`\`${key}\``));
      assert.ok(rows.length > 0, key);
      for (const [, , , here = ""] of rows) {
        assert.match(here, /^(the same|not read: \w)/, key);
      }
    }
  });

  it("has every place where a setting is looked for", () => {
    const named = new Set([...text.matchAll(/`([^`]+)`/g)].map(([, name]) => name));
    for (const name of settingNames) {
      for (const place of placesOf(name).split(", ")) {
        assert.ok(named.has(place.replace(/^alicloud:/, "")), place);
      }
    }
  });
});

/** The cells of the first table of a section. */
function rowsOf(section: string): string[][] {
  return section
    .split("\n")
    .filter((line) => line.startsWith("|") && !/^[|\s:-]*$/.test(line))
    .slice(1)
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** `1-3, 5` is 1, 2, 3 and 5. */
function numbersIn(rows: readonly (readonly string[])[]): number[] {
  const spans = rows.flatMap(([numbers = ""]) => numbers.split(", ").filter(Boolean));
  return sorted(
    spans.flatMap((span) => {
      const [from = 0, to = from] = span.split("-").map(Number);
      return Array.from({ length: to - from + 1 }, (_, index) => from + index);
    }),
  );
}

function sorted(numbers: readonly number[]): number[] {
  return [...new Set(numbers)].sort((left, right) => left - right);
}

/** As the provider's own package declares them. */
function configurationKeys(): string[] {
  const packageFile = createRequire(__filename).resolve("@pulumi/alicloud/package.json");
  const declared = readFileSync(join(packageFile, "../config/vars.d.ts"), "utf8");
  return [...declared.matchAll(/^export declare const (\w+):/gm)].map(([, key]) => key ?? "");
}
