import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { root } from "./root.ts";

/** What judges the sources, each by a command of its own. */
const judges: readonly (readonly [command: string, ...args: string[]])[] = [
  // What stands in a file,
  ["eslint", ".", ...process.argv.slice(2)],
  // which file may import which (.dependency-cruiser.cjs),
  ["depcruise", "provider/src", "simulator/src"],
  // which exports and dependencies nobody uses (knip.jsonc),
  ["knip", "--no-progress"],
  // and whether the reviewed report of the public symbols is theirs, and each has its documentation.
  ["node", "scripts/api.ts", "--check"],
];

// All speak, even where the first one finds something.
for (const [command, ...args] of judges) await judge(command, args);
for (const folder of ["provider", "simulator"]) await judgePackage(folder);

/** What npm would publish: whether its entries, and the types of each, are found by every kind of resolution. */
async function judgePackage(folder: string): Promise<void> {
  const packed = join(root, "node_modules", ".cache", "packed");
  await rm(packed, { recursive: true, force: true });
  await mkdir(packed, { recursive: true });
  // Without scripts: the build is there, and others may be using it.
  const { stdout } = await execa(
    "npm",
    ["pack", "--ignore-scripts", "--silent", "--pack-destination", packed],
    {
      cwd: join(root, folder),
    },
  );
  const file = join(packed, stdout.trim());
  await judge("publint", ["--strict", file]);
  await judge("attw", ["--quiet", file]);
}

async function judge(command: string, args: readonly string[]): Promise<void> {
  const { exitCode } = await execa(command, args, { stdio: "inherit", reject: false });
  if (exitCode === 0) return;
  console.error(`${command} found something.`);
  process.exitCode = 1;
}
