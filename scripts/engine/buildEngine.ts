import { existsSync } from "node:fs";
import { chmod, copyFile, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { execa } from "execa";
import lockfile from "proper-lockfile";
import { atLeast } from "./atLeast.ts";
import { cacheFolder } from "./cacheFolder.ts";
import type { Report } from "./findEngine.ts";
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
 * appears by a rename.
 */
export async function buildEngine(
  report: Report,
  env: NodeJS.ProcessEnv,
): Promise<{ folder: string; version: string }> {
  await requireGo(env);
  const folder = engineFolder(env);
  const parent = dirname(folder);
  await mkdir(parent, { recursive: true });
  const release = await lockfile.lock(folder, {
    realpath: false,
    stale: 30_000,
    update: 10_000,
    retries: { retries: 3600, factor: 1, minTimeout: 1000, maxTimeout: 1000 },
  });
  try {
    const meanwhile = builtEngine(env);
    if (meanwhile) return meanwhile;
    await removeLeftovers(parent);
    report(
      `Building the Pulumi engine ${engineVersions.cli} from its Go modules: about five minutes on two cores, once. ` +
        `It is kept in ${folder}.`,
    );
    const work = await mkdtemp(join(parent, "building-"));
    const out = join(work, "out");
    await goBuild(report, env, join(work, "cli"), out, {
      module: "github.com/pulumi/pulumi/pkg/v3",
      version: engineVersions.cli,
      command: "cmd/pulumi",
      flags: `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${engineVersions.cli}`,
    });
    await goBuild(report, env, join(work, "host"), out, {
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
  report: Report,
  env: NodeJS.ProcessEnv,
  work: string,
  out: string,
  { module, version, command, flags }: GoCommand,
): Promise<void> {
  const started = Date.now();
  const go = (args: string[]) =>
    execa("go", args, { cwd: work, env: { ...env, CGO_ENABLED: "0", GOFLAGS: "-mod=mod" } });
  await mkdir(work, { recursive: true });
  await mkdir(out, { recursive: true });
  await writeFile(join(work, "go.mod"), `module build\n\ngo ${engineVersions.minimumGo}\n`);
  await go(["get", `${module}/${command}@v${version}`]);
  await go(["build", "-trimpath", "-ldflags", flags, "-o", out + "/", `${module}/${command}`]);
  report(`  ${command.split("/").at(-1) ?? command} built in ${Math.round((Date.now() - started) / 1000)} s`);
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
