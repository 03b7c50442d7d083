import assert from "node:assert/strict";
import { readFileSync, symlinkSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startCli, type RunningCli } from "../harness/cli";
import { folderOfProcess, workspaceModules } from "../harness/template";
import { production } from "../harness/world";
import { newProject, templates } from "./project";

/** The commands of a job of the workflow, without what only a runner does. */
function commandsOf(job: string): readonly { readonly command: string; readonly mayFail: boolean }[] {
  const workflow = readFileSync(
    join(templates, "preview-branch/.github/workflows/preview-branch.yml"),
    "utf8",
  );
  const steps = workflow.split(`\n  ${job}:\n`)[1]?.split(/\n {2}\S/)[0] ?? "";
  return [...steps.matchAll(/- run: (.*)(\n {8}continue-on-error: true)?/g)]
    .map(([, command = "", mayFail]) => ({ command, mayFail: mayFail !== undefined }))
    .filter(({ command }) => command !== "npm ci");
}

describe("engine: the workflow of the template preview-branch", () => {
  it("cleans up after a killed run: the databases are dropped and the stack is removed", async () => {
    const { execa } = await import("execa");
    const parent = await folderOfProcess("workflow");
    let running: RunningCli | undefined;
    const world = { instances: [production, { id: "rm-previews", tags: { env: "preview" } }] };
    await using project = await newProject(parent, "preview-branch", world, () => {
      const called = project.simulator
        .journal()
        .some(({ action }) => action === "CopyDatabaseBetweenInstances");
      if (called) running?.killAll();
      if (called) running = undefined;
    });
    const { folder, simulator } = project;
    const made = await project.pulumi(
      ...["new", join(templates, "preview-branch"), "--yes", "--generate-only", "--name", "shop"],
    );
    assert.equal(made.exitCode, 0, made.text);
    symlinkSync(workspaceModules, join(folder, "node_modules"));
    // Of the simulator; the workflow names the region and the instances.
    const endpoints = JSON.stringify([{ rds: simulator.endpoint }]);
    const projectFile = await readFile(join(folder, "Pulumi.yaml"), "utf8");
    const cloud = `config:\n  alicloud:protocol:\n    value: HTTP\n  alicloud:endpoints:\n    value: '${endpoints}'\n`;
    assert.match(projectFile, /^config:\n/m);
    await writeFile(join(folder, "Pulumi.yaml"), projectFile.replace("config:\n", cloud));
    const env = {
      ...project.env,
      STACK: "pr-7",
      MASKED: "rm-prod",
      PREVIEWS: "rm-previews",
      DATABASES: "orders,crm",
      ALICLOUD_ACCESS_KEY: "simulated-key",
      ALICLOUD_SECRET_KEY: "simulated-secret",
    };
    const run = async (command: string) => {
      const { exitCode, all } = await execa("bash", ["-c", command], {
        cwd: folder,
        env,
        all: true,
        reject: false,
      });
      return { exitCode, text: `${command}\n${all}` };
    };

    const fill = commandsOf("fill");
    assert.equal(fill.at(-1)?.command, "pulumi up --yes");
    for (const { command } of fill.slice(0, -1)) {
      const { exitCode, text } = await run(command);
      assert.equal(exitCode, 0, text);
    }
    const up = await startCli(["up", "--yes"], { folder, env });
    running = up;
    const { exitCode: killed, text } = await up.ended;
    assert.notEqual(killed, 0, text);
    assert.equal(Object.keys(project.contents("rm-previews")).length, 2);

    // Another checkout, without what the first job wrote.
    await rm(join(folder, "Pulumi.pr-7.yaml"));
    for (const { command, mayFail } of commandsOf("clean-up")) {
      const { exitCode, text } = await run(command);
      assert.ok(exitCode === 0 || mayFail, text);
    }
    assert.deepEqual(project.contents("rm-previews"), {});
    const { text: stacks } = await run("pulumi stack ls --json");
    assert.match(stacks, /\[\]/);
  });
});
