import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packedFolder } from "./harness/packedFolder";
import { openStage } from "./harness/stage";
import { company } from "./harness/world";

describe("engine: the packed package, installed into an empty folder", () => {
  let parent: string;
  let installed: string;

  before(async () => {
    parent = await mkdtemp(join(tmpdir(), "databasecopy-packed-"));
    installed = await packedFolder(parent);
  });

  after(() => rm(parent, { recursive: true, force: true }));

  const args = `{
    sourceDbInstanceId: "rm-prod",
    targetDbInstanceId: "rm-staging",
    dbNames: { orders: "orders" },
  }`;
  const programs = {
    CommonJS: {
      files: {
        "package.json": JSON.stringify({ name: "somebody", main: "index.cjs" }),
        "index.cjs": `const { DatabaseCopy } = require("pulumi-alicloud-rds-copy");
          exports.names = new DatabaseCopy("copy", ${args}).names;`,
      },
    },
    "an ES module": {
      files: {
        "package.json": JSON.stringify({ name: "somebody", type: "module", main: "index.js" }),
        "index.js": `import { DatabaseCopy } from "pulumi-alicloud-rds-copy";
          export const names = new DatabaseCopy("copy", ${args}).names;`,
      },
    },
    TypeScript: {
      files: {
        "package.json": JSON.stringify({ name: "somebody", main: "index.ts" }),
        "tsconfig.json": JSON.stringify({
          compilerOptions: { strict: true, target: "es2022", module: "nodenext", types: [] },
        }),
        "index.ts": `import { DatabaseCopy, type DatabaseCopyArgs } from "pulumi-alicloud-rds-copy";
          const args: DatabaseCopyArgs = ${args};
          export const names = new DatabaseCopy("copy", args).names;`,
      },
    },
  };

  for (const [kind, { files }] of Object.entries(programs)) {
    it(`works in ${kind}, and leaves no logic in the state`, async () => {
      await using stage = await openStage({ world: company, modules: "none" });
      symlinkSync(join(installed, "node_modules"), join(stage.folder, "node_modules"));
      for (const [name, content] of Object.entries(files)) await stage.file(name, content);

      const up = await stage.up();
      assert.equal(up.exitCode, 0, up.text);
      assert.deepEqual(stage.contents(), { orders: "orders-1002" });
      const resources = await stage.resources();
      const stack = resources.find(({ type }) => type === "pulumi:pulumi:Stack");
      assert.deepEqual(stack?.outputs, { names: { orders: "orders" } });
      const copy = await stage.resource();
      assert.equal(
        copy?.inputs?.["__provider"],
        'exports.handler=()=>require("pulumi-alicloud-rds-copy/provider")',
      );
      assert.equal(copy.outputs?.["__provider"], copy.inputs["__provider"]);

      const destroy = await stage.destroy();
      assert.equal(destroy.exitCode, 0, destroy.text);
      assert.deepEqual(stage.contents(), {});
    });
  }
});
