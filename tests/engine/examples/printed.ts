import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

/**
 * What the README of an example shows of its runs was printed by them: every line, in whatever order. Moments, durations and
 * folders are others in every run, and resources that Pulumi makes side by side are ready in another order.
 */
export function assertShownIsPrinted(example: string, ...runs: readonly string[]): void {
  const readme = readFileSync(resolve(__dirname, "../../../examples", example, "README.md"), "utf8");
  const shown = [...readme.matchAll(/^```\w*\n([^]*?)^```$/gm)]
    .map(([, block = ""]) => block)
    .filter((block) => /^ *(Outputs|Resources|Policies):/m.test(block))
    .flatMap((block) => block.split(/^\$ .*\n/m).filter((run) => run.trim() !== ""));
  assert.equal(shown.length, runs.length, `runs shown by the README of ${example}`);
  for (const [index, run] of runs.entries()) {
    const printed = linesOf(run);
    for (const line of linesOf(shown[index] ?? "").filter((one) => one.trim() !== "..."))
      assert.ok(
        printed.includes(line),
        `${JSON.stringify(line)} of the README of ${example} is not in:\n${run}`,
      );
  }
}

function linesOf(text: string): string[] {
  const steady = text
    .replace(/\d{4}-\d\d-\d\dT[\d:]+Z([ ,(]+\w+ old)?/g, "MOMENT")
    .replace(/ took \w+\./g, " took TIME.")
    .replace(/\([\d.]+m?s\)/g, "(TIME)")
    .replace(/\(local: [^)]+\)/g, "(local: FOLDER)");
  return steady
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "");
}
