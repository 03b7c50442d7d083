import { randomUUID } from "node:crypto";
import { mapOf, textOf, textsOf, type Properties, type ResourceKind } from "../resourceKind";

/**
 * `command.local.Command`: runs `create`, and `update` (or else `create` again) when an input changed; a change of
 * `triggers` replaces it, which runs `create` of the new one and then `delete` of the old one.
 */
export const localCommand: ResourceKind = {
  replaceOn: ["triggers"],
  create: async (inputs) => ({ id: `command${randomUUID()}`, outputs: await run("create", inputs, inputs) }),
  read: (_id, recorded) => Promise.resolve(recorded),
  update: (_id, recorded, inputs) => run(inputs["update"] ? "update" : "create", inputs, recorded),
  async delete(_id, recorded) {
    if (recorded["delete"]) await run("delete", recorded, recorded);
  },
};

async function run(step: string, inputs: Properties, before: Properties): Promise<Properties> {
  // An ES module: tests are CommonJS.
  const { execa } = await import("execa");
  const interpreter = textsOf(inputs, "interpreter");
  const [shell = "/bin/sh", ...options] = interpreter.length > 0 ? interpreter : ["/bin/sh", "-c"];
  const { exitCode, stdout, stderr } = await execa(shell, [...options, textOf(inputs, step)], {
    cwd: textOf(inputs, "dir") || process.cwd(),
    input: textOf(inputs, "stdin"),
    env: {
      ...mapOf(inputs, "environment"),
      PULUMI_COMMAND_STDOUT: textOf(before, "stdout"),
      PULUMI_COMMAND_STDERR: textOf(before, "stderr"),
    },
    reject: false,
  });
  if (exitCode !== 0)
    throw new Error(`exit status ${exitCode ?? "none"}: running "${textOf(inputs, step)}":\n${stderr}`);
  return { ...inputs, stdout, stderr };
}
