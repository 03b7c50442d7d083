import { cpus, loadavg, totalmem } from "node:os";
import { runCli } from "../engine/harness/cli";
import { workspaceVersion } from "../engine/harness/packedFolder";

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
