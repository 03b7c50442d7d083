import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import lockfile from "proper-lockfile";
import { cacheFolder } from "../../scripts/engine/cacheFolder.js";
import { run } from "./command.js";

/** How a client in another language is made ready, from its own registry. */
export interface Recipe {
  /** What it is called in tests and in the cache. */
  readonly name: string;
  /** The program that must be on PATH. */
  readonly needs: string;
  /** Exact versions of what is installed; a change installs anew. */
  readonly packages: readonly string[];
  /** Fills an empty folder. */
  install(folder: string): Promise<void>;
}

/**
 * The folder of a client in the user's cache, installed on first use. A folder that is there is whole: it
 * appears by a rename, under a lock.
 *
 * @throws Error with a sentence if its language is missing or its registry does not have it
 */
export async function installed(recipe: Recipe): Promise<string> {
  await requireProgram(recipe);
  const key = createHash("sha256").update(recipe.packages.join("\n")).digest("hex").slice(0, 12);
  const folder = join(cacheFolder(process.env), "clients", `${recipe.name}-${process.platform}-${key}`);
  if (existsSync(folder)) return folder;
  await mkdir(dirname(folder), { recursive: true });
  const release = await lockfile.lock(folder, {
    realpath: false,
    stale: 30_000,
    update: 10_000,
    retries: { retries: 600, factor: 1, minTimeout: 1000, maxTimeout: 1000 },
  });
  try {
    if (existsSync(folder)) return folder;
    const work = await mkdtemp(join(dirname(folder), "installing-"));
    try {
      await recipe.install(work);
      await rename(work, folder);
    } catch (error) {
      await rm(work, { recursive: true, force: true });
      throw new Error(`${recipe.packages.join(", ")} cannot be installed: ${lastLines(error)}`);
    }
    return folder;
  } finally {
    await release();
  }
}

/** A build of one source file; kept until the file changes. */
export async function built(
  folder: string,
  source: string,
  build: (target: string) => Promise<void>,
): Promise<string> {
  const key = createHash("sha256")
    .update(await readFile(source))
    .digest("hex")
    .slice(0, 12);
  const target = join(folder, `built-${key}`);
  if (existsSync(target)) return target;
  const work = await mkdtemp(join(folder, "building-"));
  await build(work);
  await rename(work, target).catch(async (error: unknown) => {
    // Somebody else was as quick: theirs is as good.
    await rm(work, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  });
  return target;
}

async function requireProgram({ name, needs }: Recipe): Promise<void> {
  await run(needs, [needs === "go" ? "version" : "--version"]).catch(() => {
    throw new Error(`"${needs}" is not on PATH, so the client ${name} was not tried.`);
  });
}

const lastLines = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n").slice(-6).join("\n");
