import { accessSync, constants } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { execa } from "execa";
import { buildEngine, builtEngine } from "./buildEngine.ts";
import { downloadEngine } from "./downloadEngine.ts";
import { minimumCli } from "./versions.ts";
import { atLeast } from "./atLeast.ts";

/** A Pulumi CLI that can run Node.js programs, and how it was come by. */
export interface Engine {
  /** The folder to put first on PATH. */
  readonly folder: string;
  readonly version: string;
  /** One of: on PATH, built before, downloaded, built now. */
  readonly origin: "path" | "cache" | "download" | "build";
}

/** Reports what is being tried; a build takes minutes and must not look like a hang. */
export type Report = (line: string) => void;

/**
 * Finds or makes a real Pulumi CLI: the one on PATH, a build of ours in the user's cache, the
 * official download, a build from its Go modules. Fails with one sentence that says what to install.
 */
export async function findEngine(
  report: Report,
  env: NodeJS.ProcessEnv = process.env,
  signal?: AbortSignal,
): Promise<Engine> {
  const onPath = await engineOnPath(report, env);
  if (onPath) return onPath;

  const cached = builtEngine(env);
  if (cached) return { ...cached, origin: "cache" };

  const reasons: string[] = [];
  for (const [origin, attempt] of [
    ["download", downloadEngine],
    ["build", buildEngine],
  ] as const) {
    try {
      return { ...(await attempt(report, env, signal)), origin };
    } catch (error) {
      reasons.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new Error(
    `No Pulumi CLI is at hand (${reasons.join("; ")}): install it from https://www.pulumi.com/docs/install/, ` +
      "or install Go 1.25 or later so that it can be built here.",
  );
}

/** One line for people: which engine is used and where it is. */
export function describeEngine(engine: Engine): string {
  const origin = {
    path: "found on PATH",
    cache: "built earlier, kept in the user cache",
    download: "the official download, kept in the user cache",
    build: "built from its Go modules, kept in the user cache",
  }[engine.origin];
  return `Pulumi CLI ${engine.version} (${origin}): ${join(engine.folder, "pulumi")}`;
}

/** The environment of a process that is to find this engine first. */
export function withEngine(engine: Engine, env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return { ...env, PATH: engine.folder + delimiter + (env["PATH"] ?? "") };
}

async function engineOnPath(report: Report, env: NodeJS.ProcessEnv): Promise<Engine | undefined> {
  // node_modules/.bin/pulumi is the npm package that downloads a CLI on its first run: not one at hand.
  const folders = (env["PATH"] ?? "")
    .split(delimiter)
    .filter((folder) => folder && !folder.includes("node_modules"));
  const file = folders.map((folder) => join(folder, "pulumi")).find(isExecutable);
  if (!file) return undefined;
  const found = await execa(file, ["version"], { env: { PULUMI_SKIP_UPDATE_CHECK: "true" }, reject: false });
  const version = found.stdout.trim().replace(/^v/, "");
  if (found.exitCode === 0 && atLeast(version, minimumCli))
    return { folder: dirname(file), version, origin: "path" };
  report(
    `The Pulumi CLI on PATH (${file}, ${version || "version unknown"}) is older than ${minimumCli} and is passed over.`,
  );
  return undefined;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
