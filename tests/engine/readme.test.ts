import assert from "node:assert/strict";
import { readFileSync, symlinkSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { pack } from "./harness/packedFolder";
import { openStage } from "./harness/stage";
import { folderOfProcess, template } from "./harness/template";
import { company } from "./harness/world";

const workspace = resolve(__dirname, "../..");
const readme = readFileSync(join(workspace, "README.md"), "utf8");
const [, program = "", printed = ""] = /```ts\n([^]*?)```\n\n```\n([^]*?)\n```/.exec(readme) ?? [];

/** The types of this program and of the templates are checked in tests/unit/package. */
const typesUnchecked = { PULUMI_NODEJS_TRANSPILE_ONLY: "true" };

describe("README.md", () => {
  it("opens with a program that does what it says, and prints what is printed there", async () => {
    await using stage = await openStage({ world: company, language: "TypeScript", env: typesUnchecked });
    await stage.file("package.json", JSON.stringify({ name: "somebody", main: "index.ts" }));
    await stage.file("index.ts", program);
    const up = await stage.up();
    assert.equal(up.exitCode, 0, up.text);
    assert.deepEqual(stage.changes(), ["copy crm as crm_staging, orders from backup 1002"]);
    const stack = (await stage.resources()).find(({ type }) => type === "pulumi:pulumi:Stack");
    assert.deepEqual(stack?.outputs, { names: { orders: "orders", crm: "crm_staging" } });
    const steady = (text: string) => text.replace(/\d{4}-\d\d-\d\dT[\d:]+Z \(\w+ old/g, "TIME");
    assert.ok(printed.includes("2 created"), printed);
    assert.ok(steady(up.text).includes(steady(printed)), up.text);
  });

  it("has blocks to try it that work as pasted, with a program and with a template", async () => {
    const { execa } = await import("execa");
    const shared = await template();
    const packed = await folderOfProcess("readme");
    const blocks = [...readme.matchAll(/```bash\n([^]*?)```/g)].map(([, block = ""]) => block.trim());
    assert.equal(blocks.length, 2);
    const [build = "", ...rest] = blocks.join("\n").split("\n");
    assert.equal(build, "npm run build && npm pack --silent --workspace provider --workspace simulator");
    // The build is the workspace's, which other tests are using.
    for (const folder of ["provider", "simulator"]) await pack(join(workspace, folder), packed);
    symlinkSync(join(workspace, "templates"), join(packed, "templates"));
    const port = await freePort();
    const script = rest.map((line) => `${line.replace(/8094/g, String(port))}\n`).join("");
    const { exitCode, all } = await execa("bash", ["-e", "-c", script], {
      cwd: packed,
      env: {
        ...shared.env,
        TRY: join(packed, "try-copies"),
        npm_config_prefer_offline: "true",
        ...typesUnchecked,
      },
      all: true,
      reject: false,
    });
    assert.equal(exitCode, 0, all);
    assert.match(all, /Nothing was found that stops a copy/);
    assert.match(all, /crm {3}: "crm_staging"\n {8}orders: "orders"/);
    assert.match(all, /crm {3}: "crm"\n {8}orders: "orders"/);
    assert.equal(all.match(/Resources:\n {4}- 2 deleted/g)?.length, 2, all);
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}
