import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

/** Packs the provider as npm would publish it, and installs it into an empty folder as its user would. */
export async function packedFolder(parent: string): Promise<string> {
  const { execa } = await import("execa");
  const folder = join(parent, "installed");
  await mkdir(folder, { recursive: true });
  // Its build is the workspace's, which other tests are using: not made anew here.
  const packed = await execa("npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", parent], {
    cwd: join(workspace, "provider"),
  });
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "somebody", private: true }));
  const versions = await Promise.all(["@pulumi/pulumi", "typescript"].map(installedVersion));
  await execa(
    "npm",
    [
      "install",
      join(parent, packed.stdout.trim()),
      ...versions,
      "--prefer-offline",
      "--no-audit",
      "--no-fund",
    ],
    { cwd: folder },
  );
  return folder;
}

const workspace = resolve(__dirname, "../../..");

async function installedVersion(name: string): Promise<string> {
  const manifest = await readFile(join(workspace, "node_modules", name, "package.json"), "utf8");
  return `${name}@${(JSON.parse(manifest) as { version: string }).version}`;
}
