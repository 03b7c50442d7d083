// The door for newcomers: runs on the system's Node with nothing installed yet. Installs the packages
// when the lock file asks for it, builds, then goes on with the Node that the lock file pins.
// No dependencies, on purpose: there are none when it starts.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, "node_modules");
const stamp = join(modules, ".installed-for");
const node = join(modules, "node", "bin", process.platform === "win32" ? "node.exe" : "node");

/** The tasks of `npm run`: what each does, and whether it works on what the compiler makes. */
const tasks = {
  build: { built: true, does: "compile everything" },
  test: { built: true, does: "run the tests: a layer, a file or --grep (npm test -- --help)" },
  lint: { built: true, does: "check style, layers, unused code, the API report and the packages" },
  format: { built: false, does: "write every file in its form; --check only looks" },
  api: { built: true, does: "write the report of the public symbols (docs/api); review the difference" },
  site: { built: true, does: "make the site of the public symbols in the folder site; --check only looks" },
  messages: { built: true, does: "write docs/messages.md, all that a run may say" },
  demo: { built: true, does: "show the whole life of a copy against a simulated cloud" },
  fidelity: { built: true, does: "write docs/fidelity.md, the rules of the simulator with their sources" },
  engine: { built: false, does: "find or build the Pulumi CLI that the engine tests use" },
  model: { built: false, does: "explore the model of ownership as far as it goes" },
  cuts: { built: false, does: "kill a played run at every single call" },
  storm: { built: false, does: "play lives at random, with faults, kills and other people" },
  kills: { built: true, does: "kill runs of the real CLI at many moments" },
  matrix: {
    built: true,
    does: "install and run with every package manager; --pairs, --all (docs/matrix.md)",
  },
  mutate: { built: true, does: "take rules out, and report which of them no test misses" },
  bench: { built: true, does: "measure times, calls and memory; --write makes docs/performance.md" },
};

const [task, ...args] = process.argv.slice(2);
if (task === "help") {
  for (const [name, { does }] of Object.entries(tasks)) console.log(`npm run ${name.padEnd(9)} ${does}`);
  process.exit();
}
if (task === undefined || !Object.hasOwn(tasks, task)) {
  console.error(`usage: node scripts/run.mjs <help|${Object.keys(tasks).join("|")}> [arguments]`);
  process.exit(2);
}

let child;
let stopped;
const stop = (signal) => {
  stopped = signal;
  child?.kill(signal);
};
// Ctrl-C reaches the child by itself as well, and npm passes it on once more: the child counts them as one.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => stop(signal));
// A signal to npm alone ends the shell between npm and this, and is not passed on.
const parent = process.ppid;
setInterval(() => process.ppid === parent || stopped || stop("SIGTERM"), 500).unref();

const code =
  (await installed()) || (await built()) || (task === "build" ? 0 : await run(node, [script(), ...args]));
process.exitCode = stopped && code === 0 ? 128 + constants.signals[stopped] : code;

async function installed() {
  const wanted = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted && existsSync(node)) return 0;
  console.error("Installing the packages of the lock file (npm ci), once ...");
  // Whatever ends it half-way, the next run must not take what it left for an installation.
  rmSync(stamp, { force: true });
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const failed = await run(npm, ["ci", "--no-audit", "--no-fund", "--loglevel=error"], "npm ci");
  if (failed || stopped) {
    console.error("npm ci did not finish; its own words, if any, are above. Nothing else was done.");
    return failed || 1;
  }
  if (!existsSync(node)) {
    console.error(`npm ci left no Node.js at ${node}: run it with install scripts allowed.`);
    return 1;
  }
  writeFileSync(stamp, wanted);
  return 0;
}

async function built() {
  if (!tasks[task].built) return 0;
  const failed =
    (await run(node, [join(modules, "typescript", "bin", "tsc"), "--build"])) ||
    (await run(node, [join(root, "provider/bundles/bundle.mjs")]));
  if (failed && task === "test") console.log("The build failed, so no test ran.\n0 passed, 1 failed");
  return failed;
}

function script() {
  return join(root, "scripts", `${task}.ts`);
}

/** Runs a command to its end and gives its exit code. */
function run(command, commandArgs, name = task) {
  if (stopped) return Promise.resolve(128 + constants.signals[stopped]);
  const path = [dirname(node), join(modules, ".bin"), process.env.PATH].join(delimiter);
  child = spawn(command, commandArgs, {
    cwd: root,
    // npm ci talks of its own doings: what a task prints stays free of it.
    stdio: command === node ? "inherit" : ["ignore", 2, 2],
    env: command === node ? { ...process.env, PATH: path } : process.env,
    shell: process.platform === "win32" && command !== node,
  });
  return new Promise((resolve) => {
    child.once("error", (error) => {
      console.error(`${name} could not be started: ${error.message}`);
      resolve(1);
    });
    child.once("close", (exitCode, signal) => resolve(exitCode ?? 128 + constants.signals[signal]));
  });
}
