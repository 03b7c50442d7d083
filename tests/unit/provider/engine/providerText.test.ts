import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { providerText } from "../../../../provider/src/engine/providerText";

describe("providerText", () => {
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "provider-text-")));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const written = (path: string, content: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
    return join(folder, path);
  };
  const package_ = "node_modules/pulumi-alicloud-rds-copy";

  /** What the text gives in the folder of the program. */
  function evaluated(text: string): unknown {
    const before = process.cwd();
    process.chdir(folder);
    try {
      const exports: { handler?: () => unknown } = {};
      // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- as the engine's process does
      new Function("exports", "require", text)(exports, require);
      return exports.handler?.();
    } finally {
      process.chdir(before);
    }
  }

  it("is short and constant where the package is found by name", () => {
    written(`${package_}/provider.js`, "");
    written(`${package_}/package.json`, JSON.stringify({ exports: { "./provider": "./provider.js" } }));
    assert.equal(
      providerText("provider", folder),
      'exports.handler=()=>require("pulumi-alicloud-rds-copy/provider")',
    );
  });

  it("has no version in its path with pnpm, so that the next installation finds it", () => {
    const store = "node_modules/.pnpm/pulumi-alicloud-rds-copy@0.1.0_@pulumi+pulumi@3.270.0";
    const file = written(`${store}/${package_}/dist/far.js`, "module.exports = 'far';");
    mkdirSync(join(folder, "node_modules/.pnpm/node_modules"));
    symlinkSync(join(folder, store, package_), join(folder, "node_modules/.pnpm", package_));
    const text = providerText("restore-point", folder, file);
    assert.doesNotMatch(text, /\d+\.\d+\.\d+/);
    assert.match(text, /"\.\/node_modules\/\.pnpm\/node_modules\/pulumi-alicloud-rds-copy\/dist\/far\.js"/);
  });

  it("carries the way to the file itself where nothing is hoisted, and loads it", () => {
    const file = written("node_modules/.pnpm/x@1.0.0/node_modules/x/far.js", "module.exports = 'far';");
    const text = providerText("provider", folder, file);
    assert.match(text, /"\.\/node_modules\/\.pnpm\/x@1\.0\.0\/node_modules\/x\/far\.js"/);
  });

  it("says where it looked, in a sentence and without a stack, when the file is gone", () => {
    const text = providerText("provider", folder, join(folder, "lib/far.js")).replaceAll(
      "pulumi-alicloud-rds-copy/provider",
      "some-package/provider",
    );
    assert.throws(
      () => evaluated(text),
      (error: Error) => {
        assert.equal(error.stack, "");
        assert.match(
          error.message,
          /^some-package\/provider was not found at .*lib\/far\.js\. Install the packages of the program;/,
        );
        return true;
      },
    );
  });
});
