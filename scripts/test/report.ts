import type { FileResult, TestResult } from "./workers.ts";

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** One line of a file that has ended, with what went wrong in it below. */
export function fileLines({ file, tests, seconds, cpuSeconds, output }: FileResult): string {
  const failed = tests.filter(({ failure }) => failure !== undefined);
  const time = `${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s of a processor`;
  if (failed.length === 0) return `  ok  ${file} (${tests.length} tests, ${time})`;
  return [
    `FAIL  ${file} (${failed.length} of ${tests.length} failed, ${time})`,
    ...failed.map(({ failure }) => failure),
    ...(output.trim() === "" ? [] : ["It printed:", output.trimEnd()]),
  ].join("\n");
}

/** What a person wants to know at the end: what took how long, what failed, and how to run that alone. */
export function summary(results: readonly FileResult[]): { readonly text: string; readonly counts: Counts } {
  const tests = results.flatMap(({ file, tests }) => tests.map((test) => ({ ...test, file })));
  const failures = tests.filter(({ failure }) => failure !== undefined);
  const text = [
    "",
    "Time by layer, of all its files together:",
    ...layerLines(results),
    "",
    "The slowest:",
    ...[...tests]
      .sort(slowerFirst)
      .slice(0, 10)
      .map(({ name, milliseconds }) => `  ${seconds(milliseconds)}  ${name}`),
    ...(failures.length === 0 ? [] : ["", "Failed, each with the command that runs it alone:"]),
    ...failures.flatMap(({ name, file }) => [`  ${name}`, `    ${alone(file, name)}`]),
    "",
  ].join("\n");
  return { text, counts: { passed: tests.length - failures.length, failed: failures.length } };
}

/** A hook that failed has a name that no test has: its file is run instead. */
function alone(file: string, name: string): string {
  const isTest = !name.endsWith(file) && !/" hook (for|in) /.test(name);
  return `npm test ${file}${isTest ? ` -- --grep '${name.replaceAll("'", `'\\''`)}'` : ""}`;
}

function layerLines(results: readonly FileResult[]): string[] {
  const layers = new Map<string, { files: number; tests: number; seconds: number; cpuSeconds: number }>();
  for (const { layer, tests, seconds, cpuSeconds } of results) {
    const sum = layers.get(layer) ?? { files: 0, tests: 0, seconds: 0, cpuSeconds: 0 };
    sum.files += 1;
    sum.tests += tests.length;
    sum.seconds += seconds;
    sum.cpuSeconds += cpuSeconds;
    layers.set(layer, sum);
  }
  return [...layers].map(
    ([layer, { files, tests, seconds, cpuSeconds }]) =>
      `  ${layer.padEnd(9)} ${String(Math.round(seconds)).padStart(5)} s, ${String(Math.round(cpuSeconds)).padStart(5)} s of a processor: ${tests} tests in ${files} files`,
  );
}

const slowerFirst = (left: TestResult, right: TestResult) => right.milliseconds - left.milliseconds;

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1).padStart(6)} s`;
