import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

/** What is started by these names, and the folder of its program. */
const programs = {
  // Plugins: with real calls, made from Node.js, and with commands that are really run.
  "pulumi-resource-alicloud": "alicloud",
  "pulumi-resource-command": "command",
  // What a script would do to a database, it does in the simulated cloud.
  sqlcmd: "sqlcmd",
};

/** A policy pack with the packages beside it, for a language host that is too old to run one: "runtime: on-node". */
const policies = `exec node -e 'require("@pulumi/pulumi/cmd/run-policy-pack")' run-policy-pack "$@"`;

/**
 * Makes the stand-ins in a new folder for PATH: those of TypeScript as one file each, for the engine starts each of them in
 * every run, and compiling one took three times as long as all it does.
 */
export async function makeStandIns(folder: string): Promise<string> {
  const made = join(folder, "standins");
  mkdirSync(made);
  const command = (name: string, line: string) =>
    writeFileSync(join(made, name), `#!/bin/sh\n${line}\n`, { mode: 0o755 });
  for (const [name, program] of Object.entries(programs))
    command(name, `exec node "$(dirname "$0")/${program}.cjs" "$@"`);
  command("pulumi-analyzer-policy-on-node", policies);
  await build({
    entryPoints: Object.values(programs).map((name) => ({
      in: join(__dirname, name, "main.ts"),
      out: name,
    })),
    outdir: made,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    logLevel: "error",
  });
  return made;
}
