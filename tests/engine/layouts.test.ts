import assert from "node:assert/strict";
import { mkdirSync, symlinkSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { oneCopy } from "./harness/program";
import { openStage, type Stage } from "./harness/stage";
import { company } from "./harness/world";

const workspace = resolve(__dirname, "../..");

describe("engine: where the program and its packages are", () => {
  it("in a sub-folder, with node_modules only beside Pulumi.yaml", async () => {
    await using stage = await openStage({ world: company, projectFile: "main: programs/copy\n" });
    const program = `const { DatabaseCopy } = require("pulumi-alicloud-rds-copy");\n`;
    await stage.file("programs/copy/index.js", program + oneCopy({ dbNames: ["orders"] }));
    await lives(stage);
    assert.equal(
      (await stage.resource())?.inputs?.["__provider"],
      'exports.handler=()=>require("pulumi-alicloud-rds-copy/provider")',
    );
    await ends(stage);
  });

  it("as a dependency of a dependency only, the program in a sub-folder", async () => {
    const projectFile = "main: programs/copy\n";
    await using stage = await openStage({ world: company, projectFile, modules: "none" });
    const library = join(stage.folder, "node_modules/team-library");
    const link = (from: string, to: string) => {
      mkdirSync(dirname(to), { recursive: true });
      symlinkSync(from, to);
    };
    // The workspace's provider, where a package manager that nests would have put it.
    link(join(workspace, "provider"), join(library, "node_modules/pulumi-alicloud-rds-copy"));
    link(join(workspace, "node_modules/@pulumi/pulumi"), join(stage.folder, "node_modules/@pulumi/pulumi"));
    await stage.file(
      "node_modules/team-library/index.js",
      `const { DatabaseCopy } = require("pulumi-alicloud-rds-copy");\nexports.declare = () => ${oneCopy({ dbNames: ["orders"] })}`,
    );
    await stage.file("node_modules/team-library/package.json", JSON.stringify({ name: "team-library" }));
    await stage.file("programs/copy/index.js", `require("team-library").declare();`);
    await lives(stage);
    const text = String((await stage.resource())?.inputs?.["__provider"]);
    assert.ok(text.length < 600, text);
    await ends(stage);
  });
});

async function lives(stage: Stage): Promise<void> {
  const up = await stage.up();
  assert.equal(up.exitCode, 0, up.text);
  assert.deepEqual(stage.contents(), { orders: "orders-1002" });
  const refresh = await stage.refresh();
  assert.equal(refresh.exitCode, 0, refresh.text);
}

async function ends(stage: Stage): Promise<void> {
  const destroy = await stage.destroy();
  assert.equal(destroy.exitCode, 0, destroy.text);
  assert.deepEqual(stage.contents(), {});
}
