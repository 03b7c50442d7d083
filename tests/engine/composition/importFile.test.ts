import assert from "node:assert/strict";
import { resolve } from "node:path";
import { secretsProvider } from "../harness/keyService";
import { openStage, type Stage } from "../harness/stage";
import { company, production } from "../harness/world";
import { oneCopy } from "../harness/program";

describe("engine: import-file", () => {
  it("takes existing databases under Pulumi: nothing changes, and destroy leaves them", async () => {
    await using stage = await openStage({ world: byHand });
    const written = await writeImport(stage, "orders,crm=crm_old", "--region", "cn-hangzhou");
    await stage.program(programIn(written.text));
    assert.match(written.text, /Adopted: orders and crm_old will never be overwritten or dropped/);
    await importAndKeepStill(stage);
    const { outputs, id } = (await stage.resource()) ?? {};
    assert.match(id ?? "", /^rm-staging:[0-9a-z]{8}$/);
    assert.deepEqual(outputs?.["names"], { orders: "orders", crm: "crm_old" });

    await stage.program(programIn(written.text).replace("{", '{ "backupId": "1001", '));
    const pinned = await stage.up();
    assert.equal(pinned.exitCode, 0, pinned.text);
    assert.match(
      pinned.text,
      /Nothing is copied: crm_old and orders on rm-staging were adopted and stay as they are\./,
    );
    assert.doesNotMatch(pinned.text, /Copies/);
    assert.equal((await stage.resource())?.outputs?.["restorePoint"], undefined);

    const destroy = await stage.destroy();
    assert.equal(destroy.exitCode, 0, destroy.text);
    assert.deepEqual(stage.changes(), []);
    assert.deepEqual(stage.contents(), { orders: "by-hand", crm_old: "old", other: "others" });
  });

  it("owns them if asked to: destroy drops those, and no other", async () => {
    await using stage = await openStage({ world: byHand });
    const written = await writeImport(stage, "orders", "--own");
    await stage.program(programIn(written.text));
    assert.match(written.text, /"pulumi destroy" will drop orders on rm-staging/);
    assert.match(written.text, /deletion follows the state alone/);
    await importAndKeepStill(stage);

    await stage.program(programIn(written.text).replace("{", '{ "backupId": "1001", '));
    const pinned = await stage.preview();
    assert.match(
      pinned.text,
      /Replaced because orders holds the data of an unknown restore point; backupId now asks for backup 1001\./,
    );

    const destroy = await stage.destroy();
    assert.equal(destroy.exitCode, 0, destroy.text);
    assert.deepEqual(stage.changes(), ["drop orders"]);
    assert.deepEqual(stage.contents(), { crm_old: "old", other: "others" });
  });

  it("brings back a state that was lost altogether: the records have the ids of the marks", async () => {
    await using stage = await openStage({ world: company });
    await stage.program(oneCopy({ dbNames: ["orders", "crm"] }));
    const first = await stage.up();
    assert.equal(first.exitCode, 0, first.text);
    for (const args of [
      ["stack", "rm", "--yes", "--force", "--preserve-config"],
      ["stack", "init", "--secrets-provider", secretsProvider],
    ]) {
      const run = await stage.pulumi(...args);
      assert.equal(run.exitCode, 0, run.text);
    }
    stage.changes();
    const written = await writeImport(stage, "orders,crm", "--own");
    await stage.program(programIn(written.text));
    assert.match(written.text, /orders and crm carried the mark of a DatabaseCopy already/);
    await importAndKeepStill(stage);

    const staging = stage.simulator.world().instances.find(({ id }) => id === "rm-staging");
    const [mine] = staging?.databases.filter(({ name }) => name === "orders") ?? [];
    const databases = (await stage.resource())?.outputs?.["databases"] as Record<string, { id: string }>;
    assert.match(
      mine?.description ?? "",
      new RegExp(`^pulumi-[0-9a-z]{12}-${databases["orders"]?.id ?? "-"}-b1002--`),
    );
    const destroy = await stage.destroy();
    assert.equal(destroy.exitCode, 0, destroy.text);
    assert.deepEqual([...stage.changes()].sort(), ["drop crm", "drop orders"]);
    assert.deepEqual(stage.contents(), {});
  });

  it("refuses what is not there, and says what is", async () => {
    await using stage = await openStage({ world: byHand });
    const { exitCode, text } = await cli(stage, "--databases", "orders,sales", "--protocol", "HTTP");
    assert.equal(exitCode, 1);
    assert.match(text, /Instance rm-staging has no sales; it has orders, crm_old and other\./);
    const nowhere = await cli(stage, "--databases", "orders", "--protocol", "HTTP", "--target", "rm-nowhere");
    assert.equal(nowhere.exitCode, 1);
    assert.match(
      nowhere.text,
      /^Instance rm-nowhere was not found in region \S+ \(endpoint 127[^)]*\)\. Check the id/,
    );
    const unwritten = await cli(
      stage,
      "--databases",
      "orders",
      "--protocol",
      "HTTP",
      "--file",
      "no/import.json",
    );
    assert.equal(unwritten.exitCode, 1);
    assert.match(unwritten.text, /no\/import\.json could not be written: ENOENT/);
    assert.doesNotMatch(unwritten.text, / at /);
  });
});

const byHand = {
  instances: [
    production,
    {
      id: "rm-staging",
      databases: [
        { name: "orders", content: "by-hand" },
        { name: "crm_old", content: "old" },
        { name: "other", content: "others" },
      ],
    },
  ],
};

/** The program that the command prints. */
function programIn(text: string): string {
  const [, program] = /^The program that goes with it: (.*)$/m.exec(text) ?? [];
  assert.ok(program, text);
  return program;
}

async function cli(stage: Stage, ...flags: readonly string[]) {
  const { execa } = await import("execa");
  const main = resolve(__dirname, "../../../provider/dist/cli/main.js");
  const { exitCode, all } = await execa(
    process.execPath,
    [main, "import-file", "--target", "rm-staging", "--source", "rm-prod", ...flags],
    {
      cwd: stage.folder,
      all: true,
      reject: false,
      env: {
        ALICLOUD_ACCESS_KEY: "simulated-key",
        ALICLOUD_SECRET_KEY: "simulated-secret",
        RDS_ENDPOINT: stage.simulator.endpoint,
      },
      extendEnv: false,
    },
  );
  return { exitCode, text: all };
}

async function writeImport(stage: Stage, databases: string, ...flags: readonly string[]) {
  const written = await cli(stage, "--databases", databases, "--protocol", "HTTP", ...flags);
  assert.equal(written.exitCode, 0, written.text);
  return written;
}

/** Imports, and shows that program and state agree, in preview and up. */
async function importAndKeepStill(stage: Stage): Promise<void> {
  const imported = await stage.pulumi(
    "import",
    "--file",
    "import.json",
    "--generate-code=false",
    "--yes",
    "--skip-preview",
    "--protect=false",
  );
  assert.equal(imported.exitCode, 0, imported.text);
  const up = await stage.previewedUp("--expect-no-changes");
  assert.equal(up.exitCode, 0, up.text);
  assert.deepEqual(stage.changes(), []);
}
