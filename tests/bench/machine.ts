import { readFile } from "node:fs/promises";
import { cpus, loadavg, totalmem } from "node:os";
import { join } from "node:path";
import { runCli } from "../engine/harness/cli";
import { workspaceModules } from "../engine/harness/template";

export interface Machine {
  /** One line for people. */
  readonly text: string;
  /** How many processes wanted a core, on average over the last minute. */
  readonly load: number;
  readonly cores: number;
}

export async function describeMachine(): Promise<Machine> {
  const { text } = await runCli(["version"], {
    folder: __dirname,
    env: { PULUMI_SKIP_UPDATE_CHECK: "true" },
  });
  const all = cpus();
  const parts = [
    `${all.length} cores (${all[0]?.model ?? "unknown"})`,
    `${Math.round(totalmem() / 2 ** 30)} GiB`,
    `${process.platform} ${process.arch}`,
    `Node.js ${process.version}`,
    `Pulumi CLI ${text.trim()}`,
    `@pulumi/pulumi ${await workspaceVersion("@pulumi/pulumi")}`,
    `@alicloud/rds20140815 ${await workspaceVersion("@alicloud/rds20140815")}`,
  ];
  return { text: parts.join(", "), load: loadavg()[0] ?? 0, cores: all.length };
}

/** The version of a package that the workspace uses. */
async function workspaceVersion(name: string): Promise<string> {
  const manifest = await readFile(join(workspaceModules, name, "package.json"), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}
