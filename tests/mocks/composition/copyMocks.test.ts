import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
  DatabaseCopy,
  EnvironmentDatabases,
  type EnvironmentDatabasesArgs,
  type RestorableWindow,
  getBackups,
  getDatabases,
  getDatabasesOutput,
  getRestorableWindow,
  getRestorableWindowOutput,
} from "pulumi-alicloud-rds-copy";
import { copyMocks } from "pulumi-alicloud-rds-copy/testing";
import { valueOf } from "./valueOf";

const args = { sourceDbInstanceId: "rm-prod", targetDbInstanceId: "rm-staging" };

describe("mocks from pulumi-alicloud-rds-copy/testing", () => {
  it("give a copy the outputs of a finished one, in five lines", async () => {
    await pulumi.runtime.setMocks(copyMocks());
    const copy = new DatabaseCopy("data", { ...args, dbNames: { orders: "orders", crm: "crm_staging" } });
    assert.deepEqual(await valueOf(copy.names), { orders: "orders", crm: "crm_staging" });
    const databases = await valueOf(copy.databases);
    assert.equal(databases["crm_staging"]?.source, "crm");
    assert.equal(databases["crm_staging"]?.status, "Running");
    assert.match(await valueOf(copy.id), /^rm-staging:/);
  });

  it("know every spelling of names, and keep the restore point that was asked for", async () => {
    await pulumi.runtime.setMocks(copyMocks());
    const list = new DatabaseCopy("list", { ...args, dbNames: ["orders"], backupId: "42" });
    const text = new DatabaseCopy("text", {
      ...args,
      dbNames: "orders, crm",
      restoreTime: "2026-03-01T02:00:00Z",
    });
    assert.deepEqual(await valueOf(list.names), { orders: "orders" });
    assert.deepEqual(await valueOf(text.names), { orders: "orders", crm: "crm" });
    assert.equal((await valueOf(list.restorePoint))?.backupId, "42");
    assert.deepEqual(await valueOf(text.restorePoint), { kind: "time", restoreTime: "2026-03-01T02:00:00Z" });
    assert.notEqual(await valueOf(list.dataVersion), await valueOf(text.dataVersion));
  });

  it("give the defaults of inputs that are not given, and the normal form of those that are", async () => {
    await pulumi.runtime.setMocks(copyMocks());
    const plain = new DatabaseCopy("plain", { ...args, dbNames: ["orders"] });
    assert.deepEqual(await valueOf(plain.timeouts), { create: "2h", update: "2h", delete: "30m" });
    assert.equal(await valueOf(plain.syncUserPrivilege), false);
    assert.equal(await valueOf(plain.preflight), "enforce");
    assert.equal(await valueOf(plain.ownershipMarks), true);
    assert.equal(await valueOf(plain.adoptExisting), false);
    assert.equal(await valueOf(plain.maxBackupAge), undefined);
    const given = new DatabaseCopy("given", {
      ...args,
      dbNames: ["orders"],
      syncUserPrivilege: "YES",
      timeouts: { create: "90m" },
      restoreTime: new Date("2026-03-01T02:00:00.500Z"),
    });
    assert.deepEqual(await valueOf(given.timeouts), { create: "90m", update: "2h", delete: "30m" });
    assert.equal(await valueOf(given.syncUserPrivilege), true);
    assert.equal(await valueOf(given.restoreTime), "2026-03-01T02:00:00Z");
  });

  it("know a moment that an environment is given as a Date, now or later", async () => {
    await pulumi.runtime.setMocks(copyMocks());
    const date = new Date("2026-03-01T02:00:00Z");
    for (const [form, restoreTime] of Object.entries({
      date,
      promise: Promise.resolve(date),
      output: pulumi.output("x").apply(() => date),
      text: pulumi.secret(date.toISOString()),
    })) {
      const env = new EnvironmentDatabases(`env-${form}`, {
        sources: { shop: { dbInstanceId: "rm-shop", databases: ["orders"] } },
        targets: { qa: "rm-qa" },
        restorePoint: { restoreTime },
      });
      const restorePoint = { kind: "time", restoreTime: date.toISOString() };
      assert.deepEqual(await valueOf(env.restorePoint), restorePoint);
      const copy = env.copies["shop/qa"];
      assert.equal(copy && (await valueOf(copy.restoreTime)), "2026-03-01T02:00:00Z");
    }
  });

  it("let a test say its own outputs, and its own other resources", async () => {
    await pulumi.runtime.setMocks(
      copyMocks({
        copies: { data: { dataVersion: "second" } },
        newResource: ({ name }) => ({ id: `own-${name}`, state: {} }),
      }),
    );
    const copy = new DatabaseCopy("data", { ...args, dbNames: ["orders"] });
    const other = new Other("else");
    assert.equal(await valueOf(copy.dataVersion), "second");
    assert.equal(await valueOf(other.id), "own-else");
  });

  it("answer getBackups and getRestorableWindow without a cloud", async () => {
    await pulumi.runtime.setMocks(copyMocks({ restorableWindow: { latest: "2026-02-02T00:00:00Z" } }));
    const { latest, backups } = await getBackups({ dbInstanceId: "rm-prod" });
    assert.equal(latest?.backupId, backups[0]?.backupId);
    const window = await valueOf(getRestorableWindowOutput({ dbInstanceId: pulumi.output("rm-prod") }));
    assert.equal(window.latest, "2026-02-02T00:00:00Z");
  });

  it("answer getDatabases, for a copy and for an environment", async () => {
    await pulumi.runtime.setMocks(copyMocks());
    assert.deepEqual((await getDatabases({ dbInstanceId: "rm-prod" })).names, ["orders"]);
    await pulumi.runtime.setMocks(copyMocks({ databases: { names: ["crm", "orders"] } }));
    const { names } = getDatabasesOutput({ dbInstanceId: pulumi.output("rm-prod"), except: ["audit"] });
    const copy = new DatabaseCopy("all", { ...args, dbNames: names });
    assert.deepEqual(await valueOf(copy.names), { crm: "crm", orders: "orders" });
    const env = new EnvironmentDatabases("env-all", {
      sources: { shop: { dbInstanceId: "rm-prod", databases: names } },
      targets: { qa: "rm-qa" },
      names: "{name}_{environment}",
    });
    const called = (await valueOf(env.databases)).map(({ targetName }) => targetName);
    assert.deepEqual(called, ["crm_qa", "orders_qa"]);
  });

  it("answer what follows from what a test gives, and nothing that contradicts it", async () => {
    const which = { dbInstanceId: "rm-prod" };
    const listed = [
      { name: "crm", status: "Running" },
      { name: "new", status: "Creating" },
    ];
    await pulumi.runtime.setMocks(copyMocks({ databases: { databases: listed }, backups: { backups: [] } }));
    assert.deepEqual((await getDatabases(which)).names, ["crm"]);
    const none = await getBackups(which);
    assert.deepEqual([none.backups, none.latest], [[], undefined]);

    await pulumi.runtime.setMocks(copyMocks());
    const { latest: set } = await getBackups(which);
    assert.ok(set);
    const [failed, older] = [
      { ...set, backupId: "3", usable: false },
      { ...set, backupId: "2" },
    ];
    await pulumi.runtime.setMocks(
      copyMocks({ databases: { names: ["crm"] }, backups: { backups: [failed, older] } }),
    );
    assert.deepEqual((await getDatabases(which)).databases, [{ name: "crm", status: "Running" }]);
    assert.equal((await getBackups(which)).latest?.backupId, "2");
    await pulumi.runtime.setMocks(copyMocks({ backups: { latest: older } }));
    assert.deepEqual((await getBackups(which)).backups, [older]);
  });

  it("answer windows that fit the moments that a test gives, and moments that fit its windows", async () => {
    const asked = async (restorableWindow: Partial<RestorableWindow>) => {
      await pulumi.runtime.setMocks(copyMocks({ restorableWindow }));
      const { windows, holes, earliest, latest } = await getRestorableWindow({ dbInstanceId: "rm-prod" });
      return { spans: windows.map(({ from, to }) => `${from} ${to}`), holes, earliest, latest };
    };
    const [may, june, july, august] = ["05", "06", "07", "08"].map((month) => `2025-${month}-01T00:00:00Z`);
    assert.ok(may && june && july && august);
    assert.deepEqual(await asked({ windows: [] }), {
      spans: [],
      holes: [],
      earliest: undefined,
      latest: undefined,
    });
    const two = [
      { from: may, to: june, backupId: "1" },
      { from: july, to: august, backupId: "2" },
    ];
    const answered = await asked({ windows: two });
    assert.deepEqual(answered.holes, [{ from: june, to: july }]);
    assert.deepEqual([answered.earliest, answered.latest], [may, august]);
    assert.deepEqual((await asked({ latest: june })).spans, [`2025-05-31T00:00:00Z ${june}`]);
    assert.deepEqual((await asked({ earliest: may, latest: june })).spans, [`${may} ${june}`]);
  });

  it("work for DatabaseCopy.get", async () => {
    await pulumi.runtime.setMocks(copyMocks());
    const found = DatabaseCopy.get("found", "rm-staging:REQUEST", { dbNames: ["orders"] });
    assert.equal(await valueOf(found.id), "rm-staging:REQUEST");
    assert.deepEqual(await valueOf(found.names), { orders: "orders" });
    const later = DatabaseCopy.get("later", pulumi.output("rm-staging:REQUEST"), { dbNames: ["orders"] });
    assert.equal(await valueOf(later.id), "rm-staging:REQUEST");
  });

  it("show that get takes a target that is a secret out of the id", async () => {
    await pulumi.runtime.setMocks(copyMocks());
    const names = { dbNames: ["orders"] };
    for (const found of [
      DatabaseCopy.get("id", pulumi.secret("rm-staging:REQUEST"), names),
      DatabaseCopy.get("target", "rm-staging:REQUEST", {
        ...names,
        targetDbInstanceId: pulumi.secret("rm-staging"),
      }),
    ]) {
      assert.equal(await valueOf(found.id), "secret:REQUEST");
      assert.equal(await valueOf(found.targetDbInstanceId), "rm-staging");
      assert.equal(await pulumi.isSecret(found.targetDbInstanceId), true);
    }
  });

  it("show every copy of an environment, all of one moment", async () => {
    await pulumi.runtime.setMocks(copyMocks());
    const env = new EnvironmentDatabases("env", {
      sources: {
        shop: { dbInstanceId: "rm-shop", databases: ["orders"] },
        erp: { dbInstanceId: "rm-erp", databases: ["ledger"] },
      },
      targets: { staging: "rm-staging", qa: { dbInstanceId: pulumi.output("rm-qa"), environment: "test" } },
      names: "{name}_{environment}",
    });
    const rows = (await valueOf(env.databases)).map(
      ({ source, targetDbInstanceId, targetName, point }) =>
        [source, targetDbInstanceId, targetName, point?.restoreTime] as const,
    );
    const moment = (await valueOf(env.restorePoint))?.restoreTime;
    assert.match(moment ?? "", /Z$/);
    assert.deepEqual(rows, [
      ["erp", "rm-qa", "ledger_test", moment],
      ["shop", "rm-qa", "orders_test", moment],
      ["erp", "rm-staging", "ledger_staging", moment],
      ["shop", "rm-staging", "orders_staging", moment],
    ]);
    assert.deepEqual(Object.keys(env.copies), ["shop/staging", "shop/qa", "erp/staging", "erp/qa"]);
  });

  it("pass on what holds for every copy", async () => {
    const seen: Record<string, unknown>[] = [];
    const mocks = copyMocks();
    await pulumi.runtime.setMocks({
      ...mocks,
      newResource(resource) {
        if (resource.type.endsWith(":DatabaseCopy")) seen.push(resource.inputs as Record<string, unknown>);
        return mocks.newResource(resource);
      },
    });
    const env = new EnvironmentDatabases("env", {
      sources: { shop: { dbInstanceId: "rm-shop", databases: ["orders"] } },
      targets: { staging: "rm-staging" },
      restorePoint: { restoreTime: new Date("2026-03-01T02:00:00Z") },
      requireTargetTags: { env: "staging" },
      syncUserPrivilege: true,
    });
    await valueOf(env.databases);
    assert.deepEqual(seen[0]?.["requireTargetTags"], { env: "staging" });
    assert.equal(seen[0]?.["syncUserPrivilege"], true);
    assert.match(String(seen[0]?.["restoreTime"]), /^2026-03-01T02:00:00/);
    assert.equal(seen[0]?.["backupId"], undefined);
  });
});

describe("mocks that answer with the inputs alone", () => {
  before(() =>
    pulumi.runtime.setMocks({
      newResource: ({ name, inputs }) => ({ id: `${name}-id`, state: inputs as object }),
      call: ({ inputs }) => inputs as Record<string, unknown>,
    }),
  );

  it("leave the outputs of a copy undefined, also with get", async () => {
    const copy = new DatabaseCopy("data", { ...args, dbNames: ["orders"] });
    assert.equal(await valueOf(copy.names), undefined);
    assert.equal(await valueOf(copy.targetDbInstanceId), "rm-staging");
    const found = DatabaseCopy.get("found", "rm-staging:X", { dbNames: ["orders"] });
    assert.equal(await valueOf(found.databases), undefined);
  });

  it("leave an environment without rows, and nothing crashes", async () => {
    const env = new EnvironmentDatabases("env", {
      sources: {
        shop: { dbInstanceId: "rm-shop", databases: ["orders"] },
        erp: { dbInstanceId: "rm-erp", databases: ["ledger"] },
      },
      targets: { staging: "rm-staging" },
    });
    assert.deepEqual(await valueOf(env.databases), []);
    assert.equal(await valueOf(env.restorePoint), undefined);
    assert.equal(typeof (await valueOf(env.dataVersion)), "string");
  });

  it("give functions empty answers", async () => {
    assert.deepEqual((await getBackups({ dbInstanceId: "rm-prod" })).backups, []);
  });
});

describe("an environment that cannot be meant is refused in the program", () => {
  before(() => pulumi.runtime.setMocks(copyMocks()));
  const two = {
    shop: { dbInstanceId: "rm-shop", databases: ["orders"] },
    erp: { dbInstanceId: "rm-erp", databases: ["ledger"] },
  };
  const one = { shop: { dbInstanceId: "rm-shop", databases: ["orders"] } };
  const targets = { staging: "rm-staging" };
  const alike = { ...two, erp: { dbInstanceId: "rm-erp", databases: { ledger: "Orders_Test" } } };
  const bothTargets = { ...targets, qa: { dbInstanceId: "rm-qa", environment: "test" } };

  for (const [what, wrong, sentence] of [
    ["no source", { sources: {}, targets }, /sources names no instance/],
    ["no target", { sources: two, targets: {} }, /targets names no instance/],
    [
      "one backup for two sources",
      { sources: two, targets, restorePoint: { backupId: "1" } },
      /a backup is of one instance, and there are 2 sources \(shop and erp\)/,
    ],
    [
      "two sources with one name on a target",
      { sources: alike, targets: bothTargets, names: "{name}_{environment}" },
      /shop and erp would both make orders_test on qa\. Put \{source\} into names, or give a map of names/,
    ],
    [
      "an unknown placeholder",
      { sources: two, targets, names: "{name}-{envirnoment}" },
      /holds \{envirnoment\}/,
    ],
    [
      "a former name of nothing",
      { sources: two, targets, formerNames: { "shop/qa": "x" } },
      /shop\/qa; known are shop\/staging and erp\/staging/,
    ],
    [
      "a backup beside the restore point",
      { sources: one, targets, backupId: "1001" },
      /backupId is an input of a single copy\. Here it belongs into restorePoint: \{ backupId: "\.\.\." \}\./,
    ],
    [
      "a time beside the restore point",
      { sources: one, targets, restoreTime: "2026-03-01T00:00:00Z" },
      /restoreTime is .* belongs into restorePoint: \{ restoreTime/,
    ],
    ["names beside the source", { sources: one, targets, dbNames: ["x"] }, /dbNames is .* into the source/],
    [
      "a source beside the sources",
      { sources: one, targets, sourceDbInstanceId: "rm-a" },
      /into sources: \{/,
    ],
    [
      "a target beside the targets",
      { sources: one, targets, targetDbInstanceId: "rm-a" },
      /into targets: \{/,
    ],
    ["no sources", { targets }, /sources must be an object with an instance for each key/],
    ["no targets", { sources: one }, /targets must be an object with an instance for each key/],
    ["targets as a list", { sources: one, targets: ["rm-a"] }, /targets must be an object/],
    ["sources that are known later", { sources: pulumi.output(one), targets }, /sources must be an object/],
    [
      "a source that is not there",
      { sources: { shop: undefined }, targets },
      /sources\.shop names no instance/,
    ],
    [
      "no databases",
      { sources: { shop: { dbInstanceId: "rm-a" } }, targets },
      /sources\.shop names no databases/,
    ],
    [
      "a target that is not there",
      { sources: one, targets: { qa: undefined } },
      /targets\.qa names no instance/,
    ],
    ["a target without its id", { sources: one, targets: { qa: {} } }, /targets\.qa names no instance/],
    ["a pattern that is no text", { sources: one, targets, names: 5 }, /names must be a text/],
    [
      "databases that are a number",
      { sources: { shop: { dbInstanceId: "rm-a", databases: 5 } }, targets },
      /of the type number/,
    ],
    [
      "an empty restore point",
      { sources: one, targets, restorePoint: {} },
      /restorePoint must be "latestBackup"/,
    ],
    [
      "a restore point of another name",
      { sources: one, targets, restorePoint: "latest" },
      /restorePoint must be/,
    ],
  ] as const) {
    it(what, () => {
      const make = () => new EnvironmentDatabases("env", wrong as unknown as EnvironmentDatabasesArgs);
      assert.throws(make, (error) => pulumi.RunError.isInstance(error) && sentence.test(error.message));
    });
  }
});

class Other extends pulumi.CustomResource {
  constructor(name: string) {
    super("some:other:Resource", name, {});
  }
}
