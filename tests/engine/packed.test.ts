import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installPacked, pack, packProvider, workspaceVersion } from "./harness/packedFolder";
import provider from "../../provider/package.json";
import { openStage, type Stage } from "./harness/stage";
import { company } from "./harness/world";

describe("engine: the packed package, installed into an empty folder", () => {
  let parent: string;
  let packed: string;

  before(async () => {
    parent = await mkdtemp(join(tmpdir(), "databasecopy-packed-"));
    packed = await packProvider(parent);
    await installPacked(packed, join(parent, "latest"), {
      "@pulumi/pulumi": await workspaceVersion("@pulumi/pulumi"),
      typescript: await workspaceVersion("typescript"),
    });
  });

  after(() => rm(parent, { recursive: true, force: true }));

  const args = `{
    sourceDbInstanceId: "rm-prod",
    targetDbInstanceId: "rm-staging",
    dbNames: { orders: "orders" },
  }`;
  const programs = {
    CommonJS: {
      "package.json": JSON.stringify({ name: "somebody", main: "index.cjs" }),
      "index.cjs": `const { DatabaseCopy } = require("pulumi-alicloud-rds-copy");
          exports.names = new DatabaseCopy("copy", ${args}).names;`,
    },
    "an ES module": {
      "package.json": JSON.stringify({ name: "somebody", type: "module", main: "index.js" }),
      "index.js": `import { DatabaseCopy } from "pulumi-alicloud-rds-copy";
          export const names = new DatabaseCopy("copy", ${args}).names;`,
    },
    TypeScript: {
      "package.json": JSON.stringify({ name: "somebody", main: "index.ts" }),
      "tsconfig.json": JSON.stringify({
        compilerOptions: { strict: true, target: "es2022", module: "nodenext", types: [] },
      }),
      "index.ts": `import { DatabaseCopy, type DatabaseCopyArgs } from "pulumi-alicloud-rds-copy";
          const args: DatabaseCopyArgs = ${args};
          export const names = new DatabaseCopy("copy", args).names;`,
    },
  };

  it("works in CommonJS, in an ES module and in TypeScript, and leaves no logic in the state", async () => {
    await using stage = await somebodysStage("latest", {});
    for (const [kind, files] of Object.entries(programs)) {
      for (const [name, content] of Object.entries(files)) await stage.file(name, content);
      // Each program declares the same copy: the first makes it, and the others find it unchanged.
      const up = await stage.up();
      assert.equal(up.exitCode, 0, `${kind}: ${up.text}`);
      assert.deepEqual(stage.changes(), kind === "CommonJS" ? ["copy orders from backup 1002"] : [], kind);
      const resources = await stage.resources();
      const stack = resources.find(({ type }) => type === "pulumi:pulumi:Stack");
      assert.deepEqual(stack?.outputs, { names: { orders: "orders" } }, kind);
      const copy = await stage.resource();
      const text = 'exports.handler=()=>require("pulumi-alicloud-rds-copy/provider")';
      assert.equal(copy?.inputs?.["__provider"], text, kind);
      assert.equal(copy.outputs?.["__provider"], text, kind);
    }
    const destroy = await stage.destroy();
    assert.equal(destroy.exitCode, 0, destroy.text);
    assert.deepEqual(stage.contents(), {});
  });

  it("works where every package has its dependencies to itself and is only that of another package, with the oldest @pulumi/pulumi that it allows", async () => {
    const library = join(parent, "team-library");
    await mkdir(library);
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
    await using stage = await somebodysStage("nested", {
      "index.js": `exports.names = require("team-library").declare().names;`,
    });
    const up = await stage.up();
    assert.equal(up.exitCode, 0, up.text);
    assert.deepEqual(stage.contents(), { orders: "orders-1002" });
    const { id = "" } = (await stage.resource()) ?? {};
    await stage.file(
      "index.js",
      `const { declare, find } = require("team-library");
       declare();
       exports.names = find(${JSON.stringify(id)}).names;`,
    );
    for (const run of [await stage.preview(), await stage.up(), await stage.refresh()])
      assert.equal(run.exitCode, 0, run.text);
    const destroy = await stage.destroy();
    assert.equal(destroy.exitCode, 0, destroy.text);
    assert.deepEqual(stage.contents(), {});
  });

  async function somebodysStage(folder: string, files: Readonly<Record<string, string>>): Promise<Stage> {
    const stage = await openStage({ world: company, modules: "none", language: "TypeScript" });
    symlinkSync(join(parent, folder, "node_modules"), join(stage.folder, "node_modules"));
    for (const [name, content] of Object.entries(files)) await stage.file(name, content);
    return stage;
  }
});
