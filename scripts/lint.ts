import { execa } from "execa";

/** ESLint judges what stands in a file, dependency-cruiser which file may import which (.dependency-cruiser.cjs). */
const judges: readonly (readonly [command: string, ...args: string[]])[] = [
  ["eslint", ".", ...process.argv.slice(2)],
  ["depcruise", "provider/src", "simulator/src"],
];

// Both speak, even where the first one finds something.
for (const [command, ...args] of judges) {
  const { exitCode } = await execa(command, args, { stdio: "inherit", reject: false });
  if (exitCode !== 0) process.exitCode = 1;
}
