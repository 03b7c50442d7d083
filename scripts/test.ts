import { globSync, watch } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { describeEngine, findEngine, withEngine } from "./engine/findEngine.ts";
import { root } from "./root.ts";
import { help, readArguments, type Asked } from "./test/asked.ts";
import { findChromium } from "./test/chromium.ts";
import { keepDurations, longestFirst } from "./test/durations.ts";
import { layerOf, layers, type Layer } from "./test/layers.ts";
import { fileLines, summary } from "./test/report.ts";
import { runFiles, type FileResult, type TestFile } from "./test/workers.ts";

const stopping = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stopping.abort());

const asked = understood();
if (asked === "help") console.log(help);
else if (asked.watch) await runAfterEveryChange(asked);
else process.exitCode = (await runOnce(asked)) ? 0 : 1;

function understood(): Asked | "help" {
  try {
    return readArguments(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
    process.exit(2);
  }
}

/** Runs what was asked for, and prints the counts as the last line. */
async function runOnce(asked: Asked): Promise<boolean> {
  const results: FileResult[] = [];
  let problems = 0;
  let files = filesOf(asked);
  let env: NodeJS.ProcessEnv = process.env;
  // Only the engine tests need an engine: on a new machine making one takes minutes.
  if (files.some(({ layer }) => layer === "engine")) {
    try {
      const engine = await findEngine((line) => console.log(line), process.env, stopping.signal);
      console.log(describeEngine(engine));
      env = withEngine(engine);
    } catch (error) {
      console.log(`The engine tests cannot run. ${error instanceof Error ? error.message : String(error)}`);
      problems += 1;
      files = files.filter(({ layer }) => layer !== "engine");
    }
  }
  await runFiles(longestFirst(files), {
    jobs: asked.jobs ?? Math.max(2, availableParallelism()),
    isFilled: asked.jobs === undefined,
    grep: asked.grep,
    env,
    signal: stopping.signal,
    onResult(result) {
      results.push(result);
      // Of a text most files have none.
      if (asked.grep === undefined || result.tests.length > 0) console.log(fileLines(result));
    },
  });
  if (asked.grep === undefined && !stopping.signal.aborted) keepDurations(results);
  const { text, counts } = summary(results);
  console.log(text);
  if (counts.passed + counts.failed + problems === 0) {
    console.log("No test is called so.");
    problems += 1;
  }
  if (stopping.signal.aborted) problems += 1;
  console.log(`${counts.passed} passed, ${counts.failed + problems} failed`);
  return counts.failed + problems === 0;
}

function filesOf(asked: Asked): readonly TestFile[] {
  const wanted = asked.layers.length > 0 || asked.files.length > 0 ? asked.layers : layersThatCanRun();
  const all = [
    ...asked.files,
    ...wanted.flatMap((layer) => globSync(`tests/${layer}/**/*.test.ts`, { cwd: root })),
  ];
  return all.flatMap((file) => {
    const layer = layerOf(file);
    return layer === undefined ? [] : [{ file, layer }];
  });
}

/** Tests in a browser need one; without it they are left out and that is said, and asked for by name they fail. */
function layersThatCanRun(): readonly Layer[] {
  if (findChromium() !== undefined) return layers;
  console.log("The browser tests are not run: there is no Chromium here (CHROMIUM names one).");
  return layers.filter((layer) => layer !== "browser");
}

async function runAfterEveryChange(asked: Asked): Promise<void> {
  for (;;) {
    await runOnce(asked);
    console.log("Waiting for a change; Ctrl-C ends it.");
    await nextChange();
    if (stopping.signal.aborted) return;
    const built = await execa("node", ["scripts/run.mjs", "build"], {
      cwd: root,
      stdio: "inherit",
      reject: false,
    });
    if (built.exitCode !== 0) console.log("The build failed.");
  }
}

function nextChange(): Promise<void> {
  return new Promise((resolve) => {
    const watched = ["tests", "provider/src", "simulator/src", "examples", "scripts"].map((folder) =>
      watch(join(root, folder), { recursive: true }, (_event, file) => {
        if (!/node_modules|Pulumi\..*\.yaml/.test(file ?? "")) end();
      }),
    );
    const end = () => {
      for (const watcher of watched) watcher.close();
      // Editors write several files at once.
      setTimeout(resolve, 200);
    };
    stopping.signal.addEventListener("abort", end, { once: true });
  });
}
