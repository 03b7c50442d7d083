import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type * as Esbuild from "esbuild";

/** The bundler that tsx brings. */
const { buildSync } = createRequire(require.resolve("tsx"))("esbuild") as typeof Esbuild;

/** A program that was put into one file, in a folder with Pulumi alone installed, or with the package beside it. */
describe("a program that is bundled with the package", () => {
  const packages = resolve(__dirname, "../../../node_modules");
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "bundled-"));
    link("@pulumi/pulumi");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function link(name: string): void {
    const at = join(folder, "node_modules", name);
    mkdirSync(dirname(at), { recursive: true });
    symlinkSync(join(packages, name), at);
  }

  /** What the declaration of a copy ends in. */
  function run(format: "cjs" | "esm"): string {
    const outfile = join(folder, format === "cjs" ? "index.cjs" : "index.mjs");
    buildSync({
      stdin: { contents: program, resolveDir: __dirname, loader: "js" },
      bundle: true,
      platform: "node",
      format,
      outfile,
      external: ["@pulumi/pulumi", "@alicloud/*"],
      logLevel: "silent",
    });
    const { stdout, stderr } = spawnSync(process.execPath, [outfile], { cwd: folder, encoding: "utf8" });
    return stdout + stderr;
  }

  const program = `
    import * as pulumi from "@pulumi/pulumi";
    import { DatabaseCopy } from "pulumi-alicloud-rds-copy";
    void declare();
    async function declare() {
      await pulumi.runtime.setMocks({ newResource: ({ name, inputs }) => ({ id: name, state: inputs }), call: () => ({}) });
      try {
        new DatabaseCopy("data", { sourceDbInstanceId: "rm-a", targetDbInstanceId: "rm-b", dbNames: ["orders"] });
        console.log("declared");
      } catch (error) {
        console.log(error.stack);
      }
    }`;
  const sentence =
    /pulumi-alicloud-rds-copy is bundled into the program, .* Keep it external in the bundler.*\(docs\/composition\.md, Bundled programs\)\./;

  it("is told in one sentence what to do", () => {
    const said = run("cjs");
    assert.match(said, sentence);
    assert.equal(said.trim().split("\n").length, 1, said);
  });

  it("is told the same as an ES module", () => {
    const said = run("esm");
    assert.match(said, sentence);
    assert.doesNotMatch(said, /Dynamic require/);
  });

  it("works where the package is installed beside it", () => {
    writeFileSync(join(folder, "package.json"), "{}");
    link("pulumi-alicloud-rds-copy");
    assert.equal(run("cjs").trim(), "declared");
  });
});
