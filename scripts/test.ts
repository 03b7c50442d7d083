import { describeEngine, findEngine, withEngine } from "./engine/findEngine.ts";
import { findChromium } from "./test/chromium.ts";
import { isLayer, layers, type Layer } from "./test/layers.ts";
import { runLayer, type Counts } from "./test/runLayer.ts";

// npm test [layer ...] [-- options of mocha, such as --grep "one name"]
const asked = process.argv.slice(2);
const wanted = asked.filter(isLayer);
const mochaArguments = asked.filter((argument) => !isLayer(argument));

const stopping = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stopping.abort());

let passed = 0;
let failed = 0;
for (const layer of wanted.length > 0 ? wanted : layersThatCanRun()) {
  if (stopping.signal.aborted) failed += 1;
  else add(await counted(layer));
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** Tests in a browser need one; without it they are left out and that is said, and asked for by name they fail. */
function layersThatCanRun(): readonly Layer[] {
  if (findChromium() !== undefined) return layers;
  console.log("The browser tests are not run: there is no Chromium here (CHROMIUM names one).");
  return layers.filter((layer) => layer !== "browser");
}

async function counted(layer: Layer): Promise<Counts> {
  console.log(`\n== ${layer} ==`);
  try {
    return await runLayer(layer, mochaArguments, await environmentFor(layer), stopping.signal);
  } catch (error) {
    console.log(error instanceof Error ? error.message : String(error));
    return { passed: 0, failed: 1 };
  }
}

/** Only the engine tests need an engine: on a new machine making one takes minutes. */
async function environmentFor(layer: Layer): Promise<NodeJS.ProcessEnv> {
  if (layer !== "engine") return process.env;
  const engine = await findEngine((line) => console.log(line));
  console.log(describeEngine(engine));
  return withEngine(engine);
}

function add(counts: Counts): void {
  passed += counts.passed;
  failed += counts.failed;
}
