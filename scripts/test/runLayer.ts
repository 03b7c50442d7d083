import { globSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { root } from "../root.ts";
import { jobs, timeouts, type Layer } from "./layers.ts";

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** Runs the test files of one layer and counts from mocha's own results. A crash counts as one failure. */
export async function runLayer(
  layer: Layer,
  mochaArguments: readonly string[],
  env: NodeJS.ProcessEnv,
  cancelSignal: AbortSignal,
): Promise<Counts> {
  const files = globSync(`tests/${layer}/**/*.test.ts`, { cwd: root });
  if (files.length === 0) {
    console.log(`No test file in tests/${layer}.`);
    return { passed: 0, failed: 1 };
  }
  const scratch = await mkdtemp(join(tmpdir(), "databasecopy-counts-"));
  const countsFile = join(scratch, "counts.json");
  try {
    const mocha = await execa(
      process.execPath,
      [
        "--import",
        "tsx",
        join(root, "node_modules/mocha/bin/mocha.js"),
        ...options,
        "--timeout",
        String(timeouts[layer]),
        ...(jobs[layer] === undefined ? [] : ["--parallel", "--jobs", String(jobs[layer])]),
        ...mochaArguments,
        ...files.sort(),
      ],
      {
        cwd: root,
        env: { ...env, TEST_COUNTS_FILE: countsFile },
        stdio: "inherit",
        reject: false,
        cancelSignal,
        // Long enough for a test to end its own processes.
        forceKillAfterDelay: 20_000,
      },
    );
    const counts = await countsOf(countsFile);
    if (counts && (mocha.exitCode === 0) === (counts.failed === 0)) return counts;
    console.log(
      `The ${layer} tests ended before their end (${mocha.shortMessage ?? "no result was written"}).`,
    );
    return { passed: counts?.passed ?? 0, failed: (counts?.failed ?? 0) + 1 };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** A forgotten `.only` or `.skip` would make a passing run mean less than it says. */
const options = [
  "--reporter",
  join(root, "scripts/test/countingReporter.cjs"),
  "--forbid-only",
  "--forbid-pending",
];

async function countsOf(file: string): Promise<Counts | undefined> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as Counts;
  } catch {
    return undefined;
  }
}
