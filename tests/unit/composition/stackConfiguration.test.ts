import assert from "node:assert/strict";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { stackConfiguration } from "../../../provider/src/cli/stackConfiguration";

/** Puts a stand-in for the CLI first on PATH. */
async function withPulumi(script: string, work: () => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "databasecopy-cli-"));
  const path = process.env["PATH"];
  try {
    await writeFile(join(folder, "pulumi"), `#!${process.execPath}\n${script}`);
    await chmod(join(folder, "pulumi"), 0o755);
    process.env["PATH"] = `${folder}${delimiter}${path ?? ""}`;
    await work();
  } finally {
    process.env["PATH"] = path;
    await rm(folder, { recursive: true, force: true });
  }
}

describe("the configuration of a stack, for import-file", () => {
  it("is what the CLI tells of it: texts, secrets and objects", async () => {
    const told = {
      "alicloud:region": { value: "cn-shanghai", secret: false },
      "alicloud:secretKey": { value: "hush", secret: true },
      "alicloud:assumeRole": { value: '{"roleArn":"a"}', objectValue: { roleArn: "a" }, secret: false },
    };
    const script = `
      const asked = process.argv.slice(2).join(" ");
      if (!asked.startsWith("config --json --show-secrets --stack dev")) process.exit(1);
      console.log(${JSON.stringify(JSON.stringify(told))});`;
    await withPulumi(script, async () => {
      const configured = await stackConfiguration("dev");
      assert.equal(configured("region"), "cn-shanghai");
      assert.equal(configured("secretKey"), "hush");
      assert.equal(configured("assumeRole"), '{"roleArn":"a"}');
      assert.equal(configured("profile"), undefined);
    });
  });

  it("fails with what the CLI said", async () => {
    await withPulumi(`console.error("error: no stack named 'nope' found"); process.exit(255);`, async () => {
      await assert.rejects(
        stackConfiguration("nope"),
        /stack nope could not be read\. pulumi said: error: no stack named/,
      );
    });
  });

  it("says that there is no CLI, or that it said nothing", async () => {
    const path = process.env["PATH"];
    const empty = await mkdtemp(join(tmpdir(), "databasecopy-cli-"));
    process.env["PATH"] = empty;
    try {
      await assert.rejects(
        stackConfiguration("dev"),
        /stack dev could not be read\. There is no command pulumi on PATH: install the Pulumi CLI, or leave --stack out/,
      );
    } finally {
      process.env["PATH"] = path;
      await rm(empty, { recursive: true });
    }
    await withPulumi("process.exit(3);", async () => {
      await assert.rejects(stackConfiguration("dev"), /pulumi ended with exit code 3 and said nothing\./);
    });
    await withPulumi('process.kill(process.pid, "SIGKILL");', async () => {
      await assert.rejects(stackConfiguration("dev"), /pulumi ended with the signal SIGKILL/);
    });
  });
});
