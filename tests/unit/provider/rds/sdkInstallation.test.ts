import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const workspace = resolve(__dirname, "../../../..");

/** Runs in a process of its own, which has loaded nothing of the SDK yet. */
function inProcess(script: string): unknown {
  const built = resolve(workspace, "provider/dist/rds/sdkInstallation.js");
  const load = `const { loadOfSdk } = require(${JSON.stringify(built)});`;
  return JSON.parse(
    execFileSync(process.execPath, ["-e", load + script], { encoding: "utf8", cwd: workspace }),
  );
}

const message = (expression: string) =>
  `(() => { try { ${expression}; return "loaded"; } catch (error) { return error.message; } })()`;

describe("the installation of the SDK", () => {
  let apart: string;

  // As pnpm with hoist=false and yarn with PnP have it: each package with what it declares, and nothing else in reach.
  before(() => {
    apart = join(mkdtempSync(join(tmpdir(), "apart-")), "node_modules");
    for (const [name, declared] of Object.entries({
      "@alicloud/openapi-core": [
        "@alicloud/credentials",
        "@alicloud/gateway-pop",
        "@alicloud/gateway-spi",
        "@darabonba/typescript",
      ],
      "@alicloud/credentials": ["httpx", "ini", "kitx"],
    })) {
      const own = join(apart, name.replace("/", "+"), "node_modules");
      mkdirSync(dirname(join(own, name)), { recursive: true });
      cpSync(join(workspace, "node_modules", name), join(own, name), { recursive: true });
      for (const other of declared) {
        mkdirSync(dirname(join(own, other)), { recursive: true });
        symlinkSync(join(workspace, "node_modules", other), join(own, other));
      }
    }
    assert.equal(readdirSync(apart).length, 2);
  });

  after(() => rmSync(dirname(apart), { recursive: true, force: true }));

  for (const name of ["@alicloud/openapi-core", "@alicloud/credentials"]) {
    it(`${name}: is loaded where it cannot reach what it does not declare`, () => {
      const file = JSON.stringify(join(apart, name.replace("/", "+"), "node_modules", name));
      const [alone, helped] = inProcess(
        `console.log(JSON.stringify([${message(`require(${file})`)}, ${message(`loadOfSdk(() => require(${file}))`)}]));`,
      ) as string[];
      assert.match(alone ?? "", /Cannot find module '(@alicloud\/tea-typescript|debug)'/);
      assert.equal(helped, "loaded");
    });
  }

  it("names what is missing in one sentence, and leaves resolving as it was", () => {
    const [said, same] = inProcess(
      `const before = module.constructor._resolveFilename;
       const said = ${message(`loadOfSdk(() => require("@alicloud/not-there"))`)};
       console.log(JSON.stringify([said, before === module.constructor._resolveFilename]));`,
    ) as [string, boolean];
    assert.match(
      said,
      /^The installation is incomplete: @alicloud\/not-there was not found, .*"npm install @alicloud\/not-there"\.$/,
    );
    assert.equal(same, true);
  });
});
