import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";

/** Runs in a process of its own: others in this one load the SDK as it comes. */
function inProcess(script: string): unknown {
  const built = resolve(__dirname, "../../../../provider/dist/rds/sdkModules.js");
  const text = execFileSync(
    process.execPath,
    ["-e", `const { loadSdk } = require(${JSON.stringify(built)});${script}`],
    {
      encoding: "utf8",
      cwd: resolve(__dirname, "../../../../provider"),
    },
  );
  return JSON.parse(text);
}

describe("the SDK's modules", () => {
  it("are loaded at their first use, and not for actions that nobody calls", () => {
    const seen = inProcess(`
      const { Client, rds } = loadSdk();
      const modelsLoaded = () => Object.keys(require.cache).filter((file) => /dist.models/.test(file) && /rds20140815/.test(file)).length;
      const before = modelsLoaded();
      const request = new rds.DescribeBackupsRequest({ DBInstanceId: "rm-x" });
      console.log(JSON.stringify([before, modelsLoaded(), request.DBInstanceId, typeof Client.prototype.describeBackups]));`);
    assert.deepEqual(seen, [0, 1, "rm-x", "function"]);
  });

  it("are whole for everyone else in the process, before and after", () => {
    const seen = inProcess(`
      const ours = loadSdk();
      const theirs = require("@alicloud/rds20140815");
      console.log(JSON.stringify(["CreateRCDiskRequest" in theirs, typeof theirs.default, ours.rds.DescribeBackupsRequest === theirs.DescribeBackupsRequest]));`);
    assert.deepEqual(seen, [true, "function", true]);
  });

  it("are found for every action that the provider calls, and every one of its client", () => {
    const seen = inProcess(`
      const { Client, rds } = loadSdk();
      const source = require("node:fs").readFileSync(require.resolve("@alicloud/rds20140815"), "utf8");
      const names = new Set([...source.matchAll(/\\$_model\\.(\\w+)/g)].map(([, name]) => name));
      console.log(JSON.stringify([names.size > 400, [...names].filter((name) => typeof rds[name] !== "function")]));`);
    assert.deepEqual(seen, [true, []]);
  });

  it("are those that the process has loaded already", () => {
    const seen = inProcess(`
      const theirs = require("@alicloud/rds20140815");
      const { Client, rds } = loadSdk();
      console.log(JSON.stringify([Client === theirs.default, rds === theirs]));`);
    assert.deepEqual(seen, [true, true]);
  });
});
