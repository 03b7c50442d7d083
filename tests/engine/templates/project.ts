import { mkdirSync, symlinkSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { delimiter, join, resolve } from "node:path";
import { startSimulator, type Simulator, type WorldInput } from "alicloud-rds-simulator";
import { runCli, type CliRun } from "../harness/cli";
import { lazyModules, pathWithStandIns, template, workspaceModules } from "../harness/template";

const workspace = resolve(__dirname, "../../..");
export const templates = join(workspace, "templates");

/** A project in an empty folder of its own, beside a simulated cloud. */
export interface Project extends AsyncDisposable {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly simulator: Simulator;
  pulumi(...args: readonly string[]): Promise<CliRun>;
  /** Puts the workspace's packages in, and points the stack at the simulator. */
  install(stack: string): Promise<void>;
  contents(instanceId: string): Readonly<Record<string, string>>;
}

export async function newProject(
  parent: string,
  name: string,
  world: WorldInput,
  log?: () => void,
): Promise<Project> {
  const shared = await template();
  const simulator: Simulator = await startSimulator({ world, clock: "stepped", log });
  const [folder, backend] = [join(parent, name), join(parent, `${name}-state`)];
  for (const made of [folder, backend]) mkdirSync(made);
  const env = {
    ...shared.env,
    ...lazyModules,
    PATH: [join(workspace, "tests/standins/npm"), await pathWithStandIns()].join(delimiter),
    PULUMI_BACKEND_URL: `file://${backend}`,
    // The types are checked with those of the examples.
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    ALICLOUD_RDS_COPY_CLOCK: "simulator",
    SIMULATOR: simulator.endpoint,
    SQLCMD_CALLS: join(parent, `${name}-calls`),
    SQLCMD_REFUSES: join(parent, `${name}-refuses`),
  };
  return {
    folder,
    env,
    simulator,
    pulumi: (...args) => runCli(args, { folder, env }),
    async install(stack) {
      await rm(join(folder, "node_modules"), { recursive: true });
      symlinkSync(workspaceModules, join(folder, "node_modules"));
      const file = join(folder, `Pulumi.${stack}.yaml`);
      const cloud = [
        "alicloud:protocol: HTTP",
        `alicloud:endpoints: '[{"rds":"${simulator.endpoint}"}]'`,
        "alicloud:accessKey: simulated-key",
        "alicloud:secretKey: simulated-secret",
      ];
      await writeFile(
        file,
        `${(await readFile(file, "utf8")).trimEnd()}\n${cloud.map((line) => `  ${line}\n`).join("")}`,
      );
    },
    contents(instanceId) {
      const instance = simulator.world().instances.find(({ id }) => id === instanceId);
      return Object.fromEntries((instance?.databases ?? []).map((one) => [one.name, one.content]));
    },
    async [Symbol.asyncDispose]() {
      await simulator.close();
      for (const made of [folder, backend]) await rm(made, { recursive: true, force: true });
    },
  };
}
