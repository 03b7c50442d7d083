import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";

describe("importing the package into a program", () => {
  it("loads nothing but the package itself: the SDK and all that goes with it come with the first question", () => {
    const script = `
      require("@pulumi/pulumi");
      const before = new Set(Object.keys(require.cache));
      require("pulumi-alicloud-rds-copy");
      const loaded = Object.keys(require.cache).filter((file) => !before.has(file) && file.includes("node_modules"));
      console.log(JSON.stringify(loaded));`;
    const loaded = JSON.parse(
      execFileSync(process.execPath, ["-e", script], { encoding: "utf8" }),
    ) as unknown;
    assert.deepEqual(loaded, []);
  });
});
