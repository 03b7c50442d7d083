// The door for newcomers: runs on the system's Node with nothing installed yet. Installs the packages
// when the lock file asks for it, builds, then goes on with the Node that the lock file pins.
// No dependencies, on purpose: there are none when it starts.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, "node_modules");
const stamp = join(modules, ".installed-for");

const [task, ...args] = process.argv.slice(2);
const tasks = ["demo", "test", "build", "engine", "lint", "format"];
if (!tasks.includes(task ?? "")) {
  console.error(`usage: node scripts/run.mjs <${tasks.join("|")}> [arguments]`);
  process.exit(2);
}

installWhenNeeded();
const node = pinnedNode();
const env = { ...process.env, PATH: [dirname(node), join(modules, ".bin"), process.env.PATH].join(pathSeparator()) };
if (task !== "engine" && task !== "format") run(node, [join(modules, "typescript/bin/tsc"), "--build"], "the build");
if (task !== "build") run(node, [join(root, "scripts", `${task}.ts`), ...args]);

function installWhenNeeded() {
  const wanted = createHash("sha256").update(readFileSync(join(root, "package-lock.json"))).digest("hex");
  const installed = existsSync(stamp) ? readFileSync(stamp, "utf8") : "";
  if (installed === wanted && existsSync(pinnedNode())) return;
  console.error("Installing the packages of the lock file (npm ci), once ...");
  const npm = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (npm.status !== 0) {
    console.error("npm ci failed; its own words are above. Nothing else was done.");
    process.exit(npm.status ?? 1);
  }
  writeFileSync(stamp, wanted);
}

function pinnedNode() {
  return join(modules, "node", "bin", process.platform === "win32" ? "node.exe" : "node");
}

function pathSeparator() {
  return process.platform === "win32" ? ";" : ":";
}

function run(command, commandArgs, name = "it") {
  const child = spawnSync(command, commandArgs, { cwd: root, stdio: "inherit", env });
  if (child.error) console.error(`${name} could not be started: ${child.error.message}`);
  if (child.status !== 0) process.exit(child.status ?? 1);
}
