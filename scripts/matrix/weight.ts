import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";

/** What is added to a project that has `@pulumi/pulumi`. */
export interface Weight {
  readonly packages: number;
  readonly files: number;
  readonly bytes: number;
  /** Seconds of loading, after `@pulumi/pulumi`: in a program, and in the provider process up to its first call. */
  readonly programSeconds: number;
  readonly providerSeconds: number;
  readonly parts: readonly Part[];
}

/** Packages that come together. */
interface Part {
  readonly name: string;
  readonly packages: number;
  readonly files: number;
  readonly bytes: number;
}

interface Installed {
  readonly name: string;
  /** With its version: where npm puts it depends on what else is there. */
  readonly key: string;
  readonly files: number;
  readonly bytes: number;
}

/** Installs `@pulumi/pulumi` with npm, once alone and once with the packed package, and compares. */
export async function weigh(folder: string, packed: string): Promise<Weight> {
  const alone = await installed(join(folder, "weight-alone"), ["@pulumi/pulumi"]);
  const both = join(folder, "weight-both");
  const before = new Set(alone.map(({ key }) => key));
  const added = (await installed(both, ["@pulumi/pulumi", packed])).filter(({ key }) => !before.has(key));
  const program = "pulumi-alicloud-rds-copy";
  const isOurs = ({ name }: Installed) => name === program;
  return {
    ...sumOf(added),
    programSeconds: await loading(both, `require("${program}")`),
    providerSeconds: await loading(
      both,
      `require("${program}/provider"); require(path.join(path.dirname(require.resolve("${program}")), "rds/officialSdk")).officialSdk().Client`,
    ),
    parts: [
      { name: "this package itself", ...sumOf(added.filter(isOurs)) },
      { name: "packages that it needs", ...sumOf(added.filter((one) => !isOurs(one))) },
    ],
  };
}

function sumOf(all: readonly Installed[]): Omit<Part, "name"> {
  const sum = (of: (one: Installed) => number) => all.reduce((total, one) => total + of(one), 0);
  return { packages: all.length, files: sum(({ files }) => files), bytes: sum(({ bytes }) => bytes) };
}

async function installed(folder: string, packages: readonly string[]): Promise<readonly Installed[]> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "weight", private: true }));
  await execa("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", ...packages], {
    cwd: folder,
  });
  const lock = JSON.parse(await readFile(join(folder, "node_modules/.package-lock.json"), "utf8")) as {
    readonly packages: Readonly<Record<string, { readonly version?: string }>>;
  };
  return Promise.all(
    Object.entries(lock.packages).map(async ([path, { version = "" }]) => {
      const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
      return { name, key: `${name}@${version}`, ...(await filesIn(join(folder, path))) };
    }),
  );
}

/** The files of one package, without those that are installed in it. */
async function filesIn(folder: string): Promise<{ readonly files: number; readonly bytes: number }> {
  let files = 0;
  let bytes = 0;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name === "node_modules") continue;
      const below = await filesIn(path);
      files += below.files;
      bytes += below.bytes;
    } else if (entry.isFile()) {
      files += 1;
      bytes += (await stat(path)).size;
    }
  }
  return { files, bytes };
}

/**
 * The shortest time of fresh processes without a compile cache: other work on the machine only adds. The first reads the
 * files from the disk and does not count.
 */
async function loading(folder: string, load: string): Promise<number> {
  const program = `require("@pulumi/pulumi"); const path = require("node:path"); const began = performance.now(); ${load}; console.log(performance.now() - began); process.exit();`;
  const times: number[] = [];
  for (let round = 0; round <= 7; round += 1) {
    const env = { NODE_COMPILE_CACHE: "", NODE_OPTIONS: "" };
    const { stdout } = await execa(process.execPath, ["--eval", program], { cwd: folder, env });
    if (round > 0) times.push(Number(stdout) / 1000);
  }
  return Math.min(...times);
}
