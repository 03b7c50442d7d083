import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { root } from "./root.ts";

// All speak, even where one finds something. What stands in a file takes as long as all the rest.
await Promise.all([judge("eslint", [".", ...process.argv.slice(2)]), judgeStructure()]);

async function judgeStructure(): Promise<void> {
  // Which file may import which (.dependency-cruiser.cjs),
  await judge("depcruise", ["provider/src", "simulator/src"]);
  // which exports and dependencies nobody uses (knip.jsonc),
  await judge("knip", ["--no-progress"]);
  // and whether the reviewed report of the public symbols is theirs, and each has its documentation.
  await judge("node", ["scripts/api.ts", "--check"]);
  // Its site also wants the members of unnamed types documented, and links that lead somewhere.
  await judge("node", ["scripts/site.ts", "--check"]);
  for (const folder of ["provider", "simulator"]) await judgePackage(folder);
}

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
  // In one piece: others speak at the same time.
  const { exitCode, all } = await execa(command, args, { stdin: "ignore", all: true, reject: false });
  if (all !== "") console.log(all);
  if (exitCode === 0) return;
  console.error(`${command} found something.`);
  process.exitCode = 1;
}
