import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../root.ts";

/** A throw-away home for one demo: the quickstart, a file backend and the engine's own folder. */
export interface StageFolder {
  readonly project: string;
  readonly env: NodeJS.ProcessEnv;
  remove(): void;
}

export function makeStageFolder(): StageFolder {
  const folder = mkdtempSync(join(tmpdir(), "databasecopy-demo-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", remove);
  const project = join(folder, "quickstart");
  const state = join(folder, "state");
  const temporary = join(folder, "tmp");
  for (const made of [project, state, temporary]) mkdirSync(made);
  // A copy, because the CLI writes the stack's settings beside Pulumi.yaml.
  cpSync(join(root, "Pulumi.yaml"), join(project, "Pulumi.yaml"));
  cpSync(join(root, "examples/quickstart"), join(project, "examples/quickstart"), {
    recursive: true,
    filter: (file) => !file.includes("node_modules"),
  });
  symlinkSync(join(root, "node_modules"), join(project, "node_modules"));
  return {
    project,
    env: {
      // The language host leaves its pipes behind.
      TMPDIR: temporary,
      PULUMI_HOME: join(folder, "home"),
      PULUMI_BACKEND_URL: `file://${state}`,
      PULUMI_CONFIG_PASSPHRASE: "demo",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      // The engine would fetch a plugin for every provider package that the workspace holds, used or not.
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      NODE_COMPILE_CACHE: join(folder, "compiled"),
      // The example's types are checked with the workspace: here that would be a sixth of all work.
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    },
    remove,
  };
}
