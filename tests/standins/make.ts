import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

/** What the engine, a program or npm start by these names, and what each runs. */
const commands = {
  // Plugins: with real calls, made from Node.js, and with commands that are really run.
  "pulumi-resource-alicloud": inOneFile("alicloud"),
  "pulumi-resource-command": inOneFile("command"),
  // What a script would do to a database, it does in the simulated cloud.
  sqlcmd: inOneFile("sqlcmd"),
  // A policy pack with the packages beside it, for a language host that is too old to run one: "runtime: on-node".
  "pulumi-analyzer-policy-on-node": `exec node -e 'require("@pulumi/pulumi/cmd/run-policy-pack")' run-policy-pack "$@"`,
};

/**
 * Makes the stand-ins in a new folder for PATH: those of TypeScript as one file each, for the engine starts each of them in
 * every run, and compiling one took three times as long as all it does.
 */
export async function makeStandIns(folder: string): Promise<string> {
  const made = join(folder, "standins");
  mkdirSync(made);
  for (const [name, command] of Object.entries(commands)) {
    writeFileSync(join(made, name), `#!/bin/sh\n${command}\n`);
    chmodSync(join(made, name), 0o755);
  }
  await build({
    entryPoints: ["alicloud", "command", "sqlcmd"].map((name) => ({
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

function inOneFile(name: string): string {
  return `exec node "$(dirname "$0")/${name}.cjs" "$@"`;
}
