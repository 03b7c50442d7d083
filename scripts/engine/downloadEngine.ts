import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { execa } from "execa";
import type { Report } from "./findEngine.ts";
import { cacheFolder } from "./cacheFolder.ts";

/**
 * The npm package `pulumi` fetches the official CLI on its first run. Without a way to the internet
 * that fails at once (no such host) or, behind a silent firewall, at the time-out.
 */
export async function downloadEngine(
  report: Report,
  env: NodeJS.ProcessEnv,
  signal?: AbortSignal,
): Promise<{ folder: string; version: string }> {
  const manifest = createRequire(import.meta.url).resolve("pulumi/package.json");
  const { version } = createRequire(import.meta.url)(manifest) as { version: string };
  const home = join(cacheFolder(env), "cli");
  report(`Looking for the official Pulumi CLI ${version} (npm package "pulumi") ...`);
  const began = Date.now();
  const timer = setInterval(() => {
    report(`  downloading, ${Math.round((Date.now() - began) / 1000)} s so far`);
  }, 15_000);
  const run = await execa(process.execPath, [join(dirname(manifest), "run.js"), "version"], {
    env: { ...env, PULUMI_HOME: home, PULUMI_VERSION: version, PULUMI_SKIP_UPDATE_CHECK: "true" },
    timeout: 180_000,
    ...(signal ? { cancelSignal: signal } : {}),
    reject: false,
  }).finally(() => clearInterval(timer));
  if (run.exitCode !== 0) throw new Error("the official download cannot be reached");
  return { folder: join(home, "versions", version, "bin"), version };
}
