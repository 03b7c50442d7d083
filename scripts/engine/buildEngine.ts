import { existsSync } from "node:fs";
import { chmod, copyFile, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { execa } from "execa";
import lockfile from "proper-lockfile";
import { atLeast } from "./atLeast.ts";
import { cacheFolder } from "./cacheFolder.ts";
import type { Report } from "./findEngine.ts";
import { runGo, startProgress, type GoOptions } from "./goCommand.ts";
import { engineVersions } from "./versions.ts";

/** What a whole engine consists of: found beside `pulumi`, the hosts count as bundled. */
const binaries = ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"] as const;

/** The engine that an earlier build left in the cache, if it is whole. */
export function builtEngine(env: NodeJS.ProcessEnv): { folder: string; version: string } | undefined {
  const folder = engineFolder(env);
  const whole = binaries.every((name) => existsSync(join(folder, name)));
  return whole ? { folder, version: engineVersions.cli } : undefined;
}

/**
 * Builds the CLI and the Node.js language host from their Go modules.
 *
 * Two builds at once: the second waits for the first and takes its result. A killed build: its lock
 * goes stale by itself, and what it left is never taken for an engine, since the finished folder only
 * appears by a rename. What Go has fetched and compiled by then is in its own caches, and is not done again.
 *
 * @throws Error with a sentence about why it cannot be built
 */
export async function buildEngine(
  report: Report,
  env: NodeJS.ProcessEnv,
  signal?: AbortSignal,
  everyMs = 15_000,
): Promise<{ folder: string; version: string }> {
  await requireGo(env);
  const folder = engineFolder(env);
  const parent = dirname(folder);
  await mkdir(parent, { recursive: true });
  const waiting = setInterval(() => {
    report("  Another build of the engine is under way, or was killed a moment ago: waiting for it.");
  }, everyMs);
  const release = await lockfile
    .lock(folder, {
      realpath: false,
      stale: 30_000,
      update: 10_000,
      retries: { retries: 3600, factor: 1, minTimeout: 1000, maxTimeout: 1000 },
    })
    .finally(() => clearInterval(waiting));
  try {
    const meanwhile = builtEngine(env);
    if (meanwhile) return meanwhile;
    await removeLeftovers(parent);
    report(
      `Building the Pulumi engine ${engineVersions.cli} from its Go modules: about five minutes on two cores, once. ` +
        `It is kept in ${folder}. Stopped on the way, it goes on where it was.`,
    );
    const work = await mkdtemp(join(parent, "building-"));
    const out = join(work, "out");
    using progress = startProgress(report, everyMs);
    const go = { env, report, progress, signal };
    await goBuild({ ...go, folder: join(work, "cli") }, out, {
      module: "github.com/pulumi/pulumi/pkg/v3",
      version: engineVersions.cli,
      command: "cmd/pulumi",
      flags: `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${engineVersions.cli}`,
    });
    await goBuild({ ...go, folder: join(work, "host") }, out, {
      module: "github.com/pulumi/pulumi/sdk/v3",
      version: engineVersions.nodeLanguageHost,
      command: "nodejs/cmd/pulumi-language-nodejs",
      flags: "-s -w",
    });
    const script = "pulumi-resource-pulumi-nodejs";
    const sdk = dirname(createRequire(import.meta.url).resolve("@pulumi/pulumi/package.json"));
    await copyFile(join(sdk, script), join(out, script));
    await chmod(join(out, script), 0o755);
    await rm(folder, { recursive: true, force: true });
    await rename(out, folder);
    await rm(work, { recursive: true, force: true });
    return { folder, version: engineVersions.cli };
  } finally {
    await release();
  }
}

interface GoCommand {
  readonly module: string;
  readonly version: string;
  readonly command: string;
  readonly flags: string;
}

/** Each binary gets a module of its own: their SDK versions differ, and replace directives rule out `go install`. */
async function goBuild(
  go: GoOptions,
  out: string,
  { module, version, command, flags }: GoCommand,
): Promise<void> {
  const started = Date.now();
  const name = command.split("/").at(-1) ?? command;
  await mkdir(go.folder, { recursive: true });
  await mkdir(out, { recursive: true });
  await writeFile(join(go.folder, "go.mod"), `module build\n\ngo ${engineVersions.minimumGo}\n`);
  const target = `${module}/${command}`;
  // -x: a line for each file that is asked for.
  await runGo(
    ["get", "-x", `${target}@v${version}`],
    (files) => `${name}: ${files} requests for modules`,
    go,
  );
  const packages = (await runGo(["list", "-deps", target], () => `${name}: counting its packages`, go)).split(
    "\n",
  );
  // -v: a line for each package that is compiled; the others are in Go's cache.
  await runGo(
    ["build", "-v", "-trimpath", "-ldflags", flags, "-o", `${out}/`, target],
    (compiled) => `${name}: ${compiled} packages compiled, ${packages.length} at most`,
    go,
  );
  go.report(`  ${name} built in ${Math.round((Date.now() - started) / 1000)} s`);
}

async function requireGo(env: NodeJS.ProcessEnv): Promise<void> {
  const found = await execa("go", ["env", "GOVERSION"], { env, reject: false });
  const version = found.stdout?.trim().replace(/^go/, "") ?? "";
  if (found.exitCode !== 0) throw new Error("Go is not installed");
  if (!atLeast(version, engineVersions.minimumGo)) {
    throw new Error(`Go ${version} is older than ${engineVersions.minimumGo}`);
  }
}

/** Half-made folders of builds that were killed. Only called under the lock, so none is in use. */
async function removeLeftovers(parent: string): Promise<void> {
  for (const entry of await readdir(parent)) {
    const path = join(parent, entry);
    if (entry.startsWith("building-") && (await stat(path)).isDirectory()) {
      await rm(path, { recursive: true, force: true });
    }
  }
}

function engineFolder(env: NodeJS.ProcessEnv): string {
  const { cli, nodeLanguageHost } = engineVersions;
  const key = `pulumi-${cli}-nodejs-${nodeLanguageHost}-${process.platform}-${process.arch}`;
  return join(cacheFolder(env), "engine", key);
}
