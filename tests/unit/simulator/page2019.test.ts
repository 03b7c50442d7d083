import assert from "node:assert/strict";
import { allRules } from "../../../simulator/src/machine.js";
import { cloud, goodCopy } from "./cloud.js";
import { worldOf, type CopyCase } from "./copyCases.js";
import { allowedVersionPairs, copy2019 } from "./copyRareCases.js";

const copy = "CopyDatabaseBetweenInstances";
const both2016 = {
  source: { engineVersion: "2016_std_ha" },
  target: { engineVersion: "2016_ent_ha" },
  world: { service: { apiPage: "2019" } },
} satisfies Partial<CopyCase>;

describe("simulator: copies by the 2019 page", () => {
  it("take a comma list, keep the names and answer with the source's id", () => {
    const rds = cloud(worldOf(both2016));
    const body = rds.ask(copy, { ...copy2019, DbNames: "orders, crm" });
    assert.deepEqual(Object.keys(body), ["RequestId", "DBInstanceId"]);
    assert.equal(body["DBInstanceId"], "rm-prod");
    assert.deepEqual(
      rds.instance("rm-staging").databases.map(({ name }) => name),
      ["orders", "crm"],
    );
  });

  it("take the JSON map that the revisions of April and May show, new names included", () => {
    const rds = cloud(worldOf(both2016));
    rds.ask(copy, { ...copy2019, DbNames: '{"orders":"orders","crm":"customers"}' });
    assert.deepEqual(
      rds.instance("rm-staging").databases.map(({ name }) => name),
      ["orders", "customers"],
    );
  });

  it("are documented in both forms, each by the revisions that show it", () => {
    const dates = (id: string) => allRules().find((rule) => rule.id === id)?.source.date;
    assert.equal(dates("copy.2019.comma-list"), "2019-03-13");
    assert.equal(dates("copy.2019.name-map"), "2019-05-23");
  });

  it("are of now, where neither a set nor a moment is named", () => {
    const rds = cloud(worldOf(both2016));
    rds.ask(copy, copy2019);
    rds.wait(3600);
    rds.ask("DescribeTasks", { DBInstanceId: "rm-staging" });
    assert.equal(rds.database("rm-staging", "orders")?.content, "orders-march");
  });

  it("are of the set or the moment that is named", () => {
    for (const [point, content] of [
      [{ BackupId: "102" }, "orders-february"],
      [{ RestoreTime: "2026-02-28T19:00:00Z" }, "orders-february"],
      [{ RestoreTime: "2026-02-28T17:00:00Z" }, "orders-january"],
    ] as const) {
      const rds = cloud(worldOf(both2016));
      rds.ask(copy, { ...copy2019, DbNames: "orders", ...point });
      rds.wait(3600);
      rds.ask("DescribeTasks", { DBInstanceId: "rm-staging" });
      assert.equal(rds.database("rm-staging", "orders")?.content, content);
    }
  });

  it("do not need a set at all, and not the full recovery model", () => {
    cloud(worldOf({ ...both2016, source: { ...both2016.source, backups: [], recoveryModel: "Simple" } })).ask(
      copy,
      copy2019,
    );
  });

  it("do not ask for categories, and take any name that the source has", () => {
    const source = { ...both2016.source, category: "Basic", databases: [{ name: "Orders Of 2019" }] };
    const target = { ...both2016.target, category: "HighAvailability" };
    const rds = cloud(worldOf({ ...both2016, source, target }));
    rds.ask(copy, { ...copy2019, DbNames: "Orders Of 2019" });
    assert.ok(rds.database("rm-staging", "Orders Of 2019"));
  });

  it("are refused for space in the page's own words, whatever the seed", () => {
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const target = { ...both2016.target, storageGiB: 20 };
      const { body, status } = cloud(
        worldOf({ ...both2016, target, world: { ...both2016.world, seed } }),
      ).call(copy, copy2019);
      assert.equal(status, 403);
      assert.deepEqual(Object.keys(body), ["RequestId", "HostId", "Code", "Message"]);
      assert.equal(body["Code"], "StorageLimitExceeded");
      assert.equal(body["Message"], "Exceeding the allowed Storage of DB instance.");
    }
  });

  for (const [from, to] of [
    ["2012_std_ha", "2012_ent_ha"],
    ["2016_ent_ha", "2016_std_ha"],
  ] as const) {
    it(`go from ${from} to ${to}`, () => {
      const sides = { source: { engineVersion: from }, target: { engineVersion: to } };
      cloud(worldOf({ ...both2016, ...sides })).ask(copy, copy2019);
    });
  }
});

describe("simulator: versions between which a copy goes, by the pages of today", () => {
  for (const pair of allowedVersionPairs) {
    it(pair.why, () => {
      cloud(worldOf(pair)).ask(copy, goodCopy);
    });
  }
});
