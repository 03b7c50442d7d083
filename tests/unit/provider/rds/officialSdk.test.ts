import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { officialSdk } from "../../../../provider/src/rds/officialSdk";
import { permissions } from "../../../../provider/src/rds/permissions";

const built = resolve(__dirname, "../../../../provider/dist/sdk");

describe("the official SDK in one file", () => {
  it("has the call and the classes of every action that the provider calls", () => {
    const { Client, rds } = officialSdk();
    const classes = rds as unknown as Readonly<Record<string, unknown>>;
    const calls = Client.prototype as unknown as Readonly<Record<string, unknown>>;
    for (const action of Object.keys(permissions)) {
      assert.equal(typeof calls[`${action.charAt(0).toLowerCase()}${action.slice(1)}`], "function", action);
      for (const kind of ["Request", "Response", "ResponseBody"])
        assert.equal(typeof classes[`${action}${kind}`], "function", `${action}${kind}`);
    }
  });

  it("stands alone: every part of it loads where no other package can be reached", () => {
    const folder = mkdtempSync(join(tmpdir(), "alone-"));
    try {
      cpSync(join(built, "bundle.js"), join(folder, "bundle.js"));
      const script = `
        const sdk = require("./bundle.js");
        console.log(JSON.stringify(Object.keys(sdk).map((part) => [part, typeof sdk[part]])));`;
      const parts = execFileSync(process.execPath, ["-e", script], { cwd: folder, encoding: "utf8" });
      assert.deepEqual(Object.fromEntries(JSON.parse(parts) as [string, string][]), {
        Client: "function",
        rds: "object",
        openApi: "object",
        credentials: "object",
        external: "function",
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("comes with the licence of each package in it", () => {
    const bundle = readFileSync(join(built, "bundle.js"), "utf8");
    const licences = readFileSync(join(built, "LICENSES.txt"), "utf8");
    const packages = new Set(
      [...bundle.matchAll(/"[^"]*node_modules\/((?:@[^/"]+\/)?[^/"]+)\/[^"]*"\(/g)].map(
        ([, name = ""]) => name,
      ),
    );
    assert.ok(packages.has("@alicloud/rds20140815") && packages.size > 20, [...packages].join());
    for (const name of packages) assert.match(licences, new RegExp(`^${name} \\d[\\w.]*: \\w`, "m"));
  });
});
