import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

/** Packs the provider as npm would publish it; gives the file. */
export function packProvider(folder: string): Promise<string> {
  return pack(join(workspace, "provider"), folder);
}

/** Packs any package of the disk; gives the file. */
export async function pack(from: string, folder: string): Promise<string> {
  const { execa } = await import("execa");
  // Its build is the workspace's, which other tests are using: not made anew here.
  const { stdout } = await execa(
    "npm",
    ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder],
    { cwd: from },
  );
  return join(folder, stdout.trim());
}

/** Installs a packed package into an empty folder, as its user would, and other packages beside it. */
export async function installPacked(
  packed: string,
  folder: string,
  beside: Readonly<Record<string, string>>,
  strategy: "hoisted" | "nested" = "hoisted",
): Promise<void> {
  const { execa } = await import("execa");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "somebody", private: true }));
  await execa(
    "npm",
    [
      "install",
      packed,
      ...Object.entries(beside).map(([name, version]) => `${name}@${version}`),
      `--install-strategy=${strategy}`,
      "--prefer-offline",
      "--no-audit",
      "--no-fund",
    ],
    { cwd: folder },
  );
}

const workspace = resolve(__dirname, "../../..");
