import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { secretsProvider } from "./keyService";
import type { Stage } from "./stage";
import { stackName } from "./template";

/** Makes another stack of the stage's project, with the same configuration. */
export async function makeStack(stage: Stage, name: string): Promise<void> {
  const { exitCode, text } = await stage.bare("stack", "init", name, "--secrets-provider", secretsProvider);
  if (exitCode !== 0) throw new Error(`pulumi stack init ${name} failed:\n${text}`);
  const file = (stack: string) => join(stage.folder, `Pulumi.${stack}.yaml`);
  await copyFile(file(stackName), file(name));
}
