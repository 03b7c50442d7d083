import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { relative, resolve } from "node:path";

const dist = resolve(__dirname, "../../../provider/dist");

/** The files that a fresh process loads which has loaded the engine's protocol, as each provider process has. */
function loadedBy(...entries: readonly string[]): string[] {
  const program = `require("@pulumi/pulumi/proto/engine_grpc_pb");
    const before = new Set(Object.keys(require.cache));
    for (const entry of ${JSON.stringify(entries)}) require(entry);
    console.log(JSON.stringify(Object.keys(require.cache).filter((file) => !before.has(file))));
    process.exit();`;
  const printed = execFileSync(process.execPath, ["--eval", program], { cwd: __dirname, encoding: "utf8" });
  return (JSON.parse(printed) as string[]).map((file) => relative(dist, file));
}

describe("what the engine's provider process loads of the package", () => {
  it("is one file, however it is named, without the SDK and without another package", () => {
    assert.deepEqual(loadedBy("pulumi-alicloud-rds-copy/provider"), ["provider.js", "process/bundle.js"]);
    assert.deepEqual(loadedBy(resolve(dist, "provider.js")), ["provider.js", "process/bundle.js"]);
  });

  it("is the same file for both providers, which share sessions and questions", () => {
    const entries = ["pulumi-alicloud-rds-copy/provider", "pulumi-alicloud-rds-copy/restore-point"];
    assert.deepEqual(loadedBy(...entries), ["provider.js", "process/bundle.js", "restorePointProvider.js"]);
  });
});
