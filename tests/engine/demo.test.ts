import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

describe("npm run demo", () => {
  let scratch: string;

  beforeEach(async () => {
    scratch = await mkdtemp(join(tmpdir(), "databasecopy-demo-test-"));
  });

  afterEach(() => rm(scratch, { recursive: true, force: true }));

  it("tells the whole story on the real CLI, in plain text when piped, and leaves nothing behind", async () => {
    const { exitCode, text } = await runDemo(scratch);
    assert.equal(exitCode, 0, text);
    for (const passage of [
      /Not real: the cloud/,
      /\$ pulumi preview\n/,
      /Copies crm as crm_staging and orders as of .* from rm-prod to rm-staging/,
      /\$ pulumi up --yes --skip-preview\n/,
      /\d+% · (crm_staging|orders) \d+\w* · \d of 2 done/,
      /crm_staging +Running +crm of last night/,
      /\$ pulumi refresh --yes --skip-preview\n/,
      /Database crm_staging on rm-staging no longer exists/,
      /Copies crm as crm_staging as of backup .* from rm-prod to rm-staging/,
      /without a time zone\. Write 2026-11-01T02:00:00Z if you mean UTC/,
      /\$ pulumi destroy --yes --skip-preview\n/,
      /2 CopyDatabaseBetweenInstances\n/,
      /2 DeleteDatabase\n/,
      /pulumi config set source rm-\.\.\./,
    ])
      assert.match(text, passage);
    assert.match(
      text.slice(text.indexOf("$ pulumi destroy")),
      /rm-staging\n +notes +Running +made by hand\n\n/,
    );
    assert.doesNotMatch(text, /\u001b/);
    assert.deepEqual(await readdir(scratch), []);
  });

  it("stopped in the middle of a copy, leaves no folder and no process", async () => {
    const { default: pidtree } = await import("pidtree");
    let descendants: number[] = [];
    const { exitCode, text } = await runDemo(scratch, async (shown, stop, pid) => {
      if (!/\$ pulumi up[^]*of 2 done/.test(shown) || descendants.length > 0) return;
      descendants = await pidtree(pid);
      stop();
    });
    assert.equal(exitCode, 130, text);
    assert.match(text, /Stopped; nothing is left behind/);
    assert.ok(descendants.length >= 3, "the CLI and its two hosts were running");
    assert.deepEqual(descendants.filter(isAlive), []);
    assert.deepEqual(await readdir(scratch), []);
  });
});

/** Runs the demo with temporary folders of its own; the listener may stop it as Ctrl-C does. */
async function runDemo(
  temporary: string,
  listen: (shown: string, stop: () => void, pid: number) => Promise<void> = () => Promise.resolve(),
): Promise<{ exitCode: number | null; text: string }> {
  const root = resolve(__dirname, "../..");
  const child = spawn(process.execPath, [join(root, "scripts/demo.ts")], {
    env: { ...process.env, TMPDIR: temporary, FORCE_COLOR: undefined },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (part: string) => {
      text += part;
      void listen(text, () => child.kill("SIGINT"), child.pid ?? 0);
    });
  }
  const [exitCode] = (await once(child, "close")) as [number | null];
  return { exitCode, text };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
