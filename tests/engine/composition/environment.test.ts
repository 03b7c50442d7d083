import assert from "node:assert/strict";
import { openStage, type Stage } from "../harness/stage";
import { ago, backup, company } from "../harness/world";

describe("engine: EnvironmentDatabases", () => {
  it("fills one target from three sources, all of one moment that lies in all of their windows", async () => {
    await using stage = await openStage({ world: threeSources });
    await stage.program(
      environment(`{ sources, targets: { staging: "rm-staging" }, names: "{name}_{environment}" }`),
    );
    const up = await stage.previewedUp();
    assert.equal(up.exitCode, 0, up.text);

    const { restorePoint, databases } = await outputs(stage);
    // The end of the shop's first stretch of logs: the others reach further, and its second follows no backup.
    const moment = endOfShopsLogs;
    assert.deepEqual(restorePoint, { kind: "time", restoreTime: moment });
    assert.deepEqual([...stage.changes()].sort(), [
      `copy content as cms as of ${moment}`,
      `copy ledger as ledger_staging as of ${moment}`,
      `copy orders as orders_staging as of ${moment}`,
    ]);
    assert.deepEqual(
      databases.map(({ source, sourceName, target, targetName, targetDbInstanceId }) => [
        source,
        sourceName,
        target,
        targetName,
        targetDbInstanceId,
      ]),
      [
        ["web", "content", "staging", "cms", "rm-staging"],
        ["erp", "ledger", "staging", "ledger_staging", "rm-staging"],
        ["shop", "orders", "staging", "orders_staging", "rm-staging"],
      ],
    );
    const again = await stage.preview("--expect-no-changes");
    assert.equal(again.exitCode, 0, again.text);
  });

  it("says which windows there are when no moment is in all of them, and copies nothing", async () => {
    const [shop, ...others] = threeSources.instances;
    const late = {
      ...shop,
      id: "rm-shop",
      logs: [{ from: ago(2.5), to: ago(1) }],
      backups: [backup("s", 2, {})],
    };
    await using stage = await openStage({ world: { instances: [late, ...others] } });
    await stage.program(environment(`{ sources, targets: { staging: "rm-staging" } }`));
    for (const run of [await stage.preview(), await stage.up()]) {
      assert.notEqual(run.exitCode, 0);
      assert.match(run.text, /There is no moment that rm-erp, rm-shop and rm-web can all be restored to/);
      assert.match(run.text, /rm-erp from \S+Z to \S+Z; rm-shop from \S+Z to \S+Z; rm-web from \S+Z to \S+Z/);
    }
    assert.deepEqual(stage.changes(), []);
  });

  it("fills several targets from one backup, keeps it when there is a newer one, and moves on when asked", async () => {
    const world = { instances: [...(company.instances ?? []), { id: "rm-qa" }] };
    await using stage = await openStage({ world });
    const program = (more: string) =>
      environment(`{ sources: { prod: { dbInstanceId: "rm-prod", databases: ["orders"] } },
        targets: { staging: "rm-staging", qa: { dbInstanceId: "rm-qa", environment: "test" } },
        names: "{name}_{environment}" ${more} }`) +
      `
      const { getBackupsOutput, getRestorableWindow } = require("pulumi-alicloud-rds-copy");
      exports.latest = getBackupsOutput({ dbInstanceId: pulumi.output("rm-prod") }).apply(({ latest }) => latest.backupId);
      exports.window = getRestorableWindow({ dbInstanceId: "rm-prod" }).then(({ earliest }) => earliest);`;
    await stage.program(program(""));
    const first = await stage.up();
    assert.equal(first.exitCode, 0, first.text);
    // The program itself asks as the stack's resources do: by the stack's keys, the secret one without a warning.
    assert.doesNotMatch(first.text, /warning/);
    const { latest, window } = await outputs(stage);
    assert.equal(latest, "1002");
    assert.match(window ?? "", /Z$/);
    assert.deepEqual([...stage.changes()].sort(), [
      "copy orders as orders_staging from backup 1002",
      "copy orders as orders_test from backup 1002",
    ]);

    const grown = stage.simulator.world();
    stage.simulator.setWorld({
      ...grown,
      instances: grown.instances.map((instance) =>
        instance.id === "rm-prod"
          ? { ...instance, backups: [...instance.backups, newerBackup(instance)] }
          : instance,
      ),
    });
    const still = await stage.preview("--expect-no-changes");
    assert.equal(still.exitCode, 0, still.text);
    await stage.program(program(`, refresh: "2026w48"`));
    const refill = await stage.up();
    assert.equal(refill.exitCode, 0, refill.text);
    assert.deepEqual([...stage.changes()].sort(), [
      "copy orders as orders_staging from backup 1003",
      "copy orders as orders_test from backup 1003",
      "drop orders_staging",
      "drop orders_test",
    ]);
  });

  it("takes along copies that stood alone before, and does not fill them anew", async () => {
    await using stage = await openStage({ world: company });
    await stage.program(`new DatabaseCopy("old-copy", {
      sourceDbInstanceId: "rm-prod", targetDbInstanceId: "rm-staging", dbNames: ["orders"], backupId: "1002" });`);
    await stage.up();
    stage.changes();
    await stage.program(
      environment(
        `{ sources: { prod: { dbInstanceId: "rm-prod", databases: ["orders"] } }, targets: { staging: "rm-staging" },
        restorePoint: { backupId: "1002" }, formerNames: { "prod/staging": "old-copy" } }`,
        "{ protect: true }",
      ),
    );
    const up = await stage.up();
    assert.equal(up.exitCode, 0, up.text);
    assert.deepEqual(stage.changes(), []);
    const child = await stage.resource("env-prod-staging");
    assert.match(child?.urn ?? "", /EnvironmentDatabases\$pulumi-nodejs:dynamic/);
    // An option on the component holds for its copies, as on any component.
    const destroy = await stage.destroy();
    assert.notEqual(destroy.exitCode, 0);
    assert.match(destroy.text, /protected/);
    assert.deepEqual(stage.changes(), []);
  });

  it("takes its copies along when it, or a key of its own, gets another name", async () => {
    await using stage = await openStage({ world: company });
    const program = (name: string, args: string, options: string) => `
      const { EnvironmentDatabases } = require("pulumi-alicloud-rds-copy");
      new EnvironmentDatabases("${name}", { sources: { prod: { dbInstanceId: "rm-prod", databases: ["orders"] } }, ${args} }, ${options});`;
    await stage.program(program("env", `targets: { staging: "rm-staging" }`, "{}"));
    const first = await stage.up();
    assert.equal(first.exitCode, 0, first.text);
    assert.equal(stage.changes().length, 1);
    const renamed = `{ aliases: [{ name: "env" }] }`;
    for (const [args, options, child] of [
      [`targets: { staging: "rm-staging" }`, renamed, "environment-prod-staging"],
      [
        `targets: { stage: "rm-staging" }, formerNames: { "prod/stage": "environment-prod-staging" }`,
        "{}",
        "environment-prod-stage",
      ],
    ] as const) {
      await stage.program(program("environment", args, options));
      const up = await stage.up();
      assert.equal(up.exitCode, 0, up.text);
      assert.deepEqual(stage.changes(), []);
      assert.ok(await stage.resource(child));
    }
  });

  it("hands its copies to the transforms of its options, as any component does", async () => {
    await using stage = await openStage({ world: company });
    await stage.program(
      environment(
        `{ sources: { prod: { dbInstanceId: "rm-prod", databases: ["orders"] } }, targets: { staging: "rm-staging" } }`,
        `{ transforms: [({ type, props, opts }) => type.endsWith(":DatabaseCopy")
            ? { props: { ...props, dbNames: { orders: "orders_transformed" } }, opts: { ...opts, protect: true } } : undefined] }`,
      ),
    );
    const up = await stage.up();
    assert.equal(up.exitCode, 0, up.text);
    assert.deepEqual(stage.changes(), ["copy orders as orders_transformed from backup 1002"]);
    const destroy = await stage.destroy();
    assert.notEqual(destroy.exitCode, 0);
    assert.match(destroy.text, /protected/);
    assert.deepEqual(stage.contents(), { orders_transformed: "orders-1002" });
  });

  it("refuses a target that does not carry the tags", async () => {
    await using stage = await openStage({ world: company });
    await stage.program(
      environment(`{ sources: { prod: { dbInstanceId: "rm-prod", databases: ["orders"] } }, targets: { staging: "rm-staging" },
        requireTargetTags: { env: "staging" } }`),
    );
    const up = await stage.up();
    assert.notEqual(up.exitCode, 0);
    assert.match(up.text, /requireTargetTags/);
    assert.deepEqual(stage.changes(), []);
  });

  it("refuses an input that is none, as its copies do", async () => {
    await using stage = await openStage({ world: company });
    await stage.program(
      environment(`{ sources: { prod: { dbInstanceId: "rm-prod", databases: ["orders"] } }, targets: { staging: "rm-staging" },
        requireTargetTag: { env: "staging" } }`),
    );
    const up = await stage.up();
    assert.notEqual(up.exitCode, 0);
    assert.match(up.text, /requireTargetTag is not an input; did you mean requireTargetTags\?/);
    assert.deepEqual(stage.changes(), []);
  });
});

const minute = (time: string) => `${time.slice(0, 16)}:00`;

const source = (id: string, database: string, logs: { from: string; to: string }[]) => ({
  id,
  databases: [{ name: database, contentSince: ago(30) }],
  backups: [backup(`of-${id}`, 20, { [database]: "from-backup" })],
  logs,
});

const endOfShopsLogs = `${minute(ago(6))}Z`;

const threeSources = {
  instances: [
    source("rm-shop", "orders", [
      { from: ago(21), to: endOfShopsLogs },
      { from: ago(4), to: ago(0.5) },
    ]),
    source("rm-erp", "ledger", [{ from: ago(21), to: ago(0.5) }]),
    source("rm-web", "content", [{ from: ago(21), to: ago(3) }]),
    { id: "rm-staging" },
  ],
} as const;

function environment(args: string, options = "{}"): string {
  return `
    const { EnvironmentDatabases } = require("pulumi-alicloud-rds-copy");
    const sources = {
      shop: { dbInstanceId: "rm-shop", databases: ["orders"] },
      erp: { dbInstanceId: "rm-erp", databases: "ledger" },
      web: { dbInstanceId: "rm-web", databases: { content: "cms" } },
    };
    const env = new EnvironmentDatabases("env", ${args}, ${options});
    exports.databases = env.databases;
    exports.restorePoint = env.restorePoint;
    exports.dataVersion = env.dataVersion;`;
}

interface Outputs {
  readonly latest?: string;
  readonly window?: string;
  readonly restorePoint: unknown;
  readonly databases: readonly Readonly<Record<string, string>>[];
}

async function outputs(stage: Stage): Promise<Outputs> {
  const stack = (await stage.resources()).find(({ type }) => type === "pulumi:pulumi:Stack");
  return stack?.outputs as unknown as Outputs;
}

function newerBackup(instance: { readonly backups: readonly object[] }) {
  return { ...instance.backups[0], ...backup("1003", 1, { orders: "orders-1003" }) } as never;
}
