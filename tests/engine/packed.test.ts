import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { installPacked, pack, packProvider } from "./harness/packedFolder";
import provider from "../../provider/package.json";
import { openStage } from "./harness/stage";
import { folderOfProcess } from "./harness/template";
import { company } from "./harness/world";

/** The README's blocks are the test of a plain installation, and the templates that of one in TypeScript. */
describe("engine: the packed package, installed into an empty folder", () => {
  let parent: string;

  before(async () => {
    parent = await folderOfProcess("packed");
  });

  const args = `{
    sourceDbInstanceId: "rm-prod",
    targetDbInstanceId: "rm-staging",
    dbNames: { orders: "orders" },
  }`;

  it("works in an ES module where every package has its dependencies to itself and is only that of another package, with the oldest @pulumi/pulumi that it allows", async () => {
    const library = join(parent, "team-library");
    await mkdir(library);
    const packed = await packProvider(parent);
    const dependencies = { "pulumi-alicloud-rds-copy": `file:${packed}` };
    await writeFile(
      join(library, "package.json"),
      JSON.stringify({ name: "team-library", version: "1.0.0", dependencies }),
    );
    await writeFile(
      join(library, "index.js"),
      `const { DatabaseCopy } = require("pulumi-alicloud-rds-copy");
       exports.declare = () => new DatabaseCopy("copy", ${args});
       exports.find = (id) => DatabaseCopy.get("found", id, { dbNames: ["orders"] });`,
    );
    const { peerDependencies } = provider as { peerDependencies: Record<string, string> };
    const [, oldest = ""] = /^>=(\S+) /.exec(peerDependencies["@pulumi/pulumi"] ?? "") ?? [];
    const beside = { "@pulumi/pulumi": oldest };
    await installPacked(await pack(library, parent), join(parent, "nested"), beside, "nested");
    await using stage = await openStage({ world: company, modules: "none", language: "TypeScript" });
    symlinkSync(join(parent, "nested", "node_modules"), join(stage.folder, "node_modules"));
    await stage.file("package.json", JSON.stringify({ name: "somebody", type: "module", main: "index.js" }));
    await stage.file(
      "index.js",
      `import { declare } from "team-library";
       export const names = declare().names;`,
    );
    const up = await stage.up();
    assert.equal(up.exitCode, 0, up.text);
    assert.deepEqual(stage.contents(), { orders: "orders-1002" });
    const copy = await stage.resource();
    await stage.file(
      "index.js",
      `import { declare, find } from "team-library";
       declare();
       export const names = find(${JSON.stringify(copy?.id)}).names;`,
    );
    const again = await stage.up("--refresh");
    assert.equal(again.exitCode, 0, again.text);
    const destroy = await stage.destroy();
    assert.equal(destroy.exitCode, 0, destroy.text);
    assert.deepEqual(stage.contents(), {});
  });
});
