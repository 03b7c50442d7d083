import assert from "node:assert/strict";
import { cloud, goodCopy, smallCompany } from "./cloud.js";

const orders = { DBInstanceId: "rm-prod", DBName: "orders" };
const [prod, staging] = smallCompany.instances;
const prodWith = (patch: object) => cloud({ ...smallCompany, instances: [{ ...prod, ...patch }, staging] });

describe("simulator: DeleteDatabase", () => {
  it("shows the database as Deleting, then it is gone", () => {
    const rds = cloud();
    rds.ask("DeleteDatabase", orders);
    assert.equal(rds.database("rm-prod", "orders")?.status, "Deleting");
    rds.wait(5);
    rds.ask("DescribeDatabases", { DBInstanceId: "rm-prod" });
    assert.equal(rds.database("rm-prod", "orders"), undefined);
    assert.equal(rds.instance("rm-prod").databases.length, 2);
  });

  it("is seen once as Deleting under the stepped clock", () => {
    const rds = cloud();
    rds.stepped = true;
    rds.ask("DeleteDatabase", orders);
    const listed = () => JSON.stringify(rds.ask("DescribeDatabases", { ...orders }));
    assert.match(listed(), /"DBStatus":"Deleting"/);
    assert.match(listed(), /"Database":\[\]/);
  });

  for (const [why, patch, params, code, status] of [
    ["unknown instance", {}, { DBInstanceId: "rm-x" }, "InvalidDBInstanceId.NotFound", 400],
    ["unknown database", {}, { DBName: "nope" }, "InvalidDBName.NotFound", 400],
    ["instance not running", { status: "Rebooting" }, {}, "OperationDenied.DBInstanceStatus", 403],
    ["locked instance", { lockMode: "ManualLock" }, {}, "OperationDenied.LockMode", 403],
    ["read-only instance", { type: "Readonly" }, {}, "OperationDenied.DBInstanceType", 400],
    [
      "database being made",
      { databases: [{ name: "orders", status: "Creating" }] },
      {},
      "OperationDenied.DBStatus",
      403,
    ],
    [
      "database being dropped",
      { databases: [{ name: "orders", status: "Deleting" }] },
      {},
      "OperationDenied.DBStatus",
      403,
    ],
  ] as const) {
    it(`refuses ${why}: ${code}`, () => {
      const rds = prodWith(patch);
      const answer = rds.call("DeleteDatabase", { ...orders, ...params });
      assert.deepEqual([answer.code, answer.status], [code, status]);
    });
  }
});

describe("simulator: ModifyDBDescription", () => {
  it("describes a database, also one that is being made", () => {
    const rds = cloud();
    rds.ask("CopyDatabaseBetweenInstances", goodCopy);
    rds.ask("ModifyDBDescription", {
      DBInstanceId: "rm-staging",
      DBName: "orders",
      DBDescription: "pulumi-0123456789ab-01234567",
    });
    rds.wait(120);
    const body = JSON.stringify(rds.ask("DescribeDatabases", { DBInstanceId: "rm-staging" }));
    assert.match(body, /"DBStatus":"Running","DBDescription":"pulumi-0123456789ab-01234567"/);
  });

  it("refuses texts outside the rule", () => {
    for (const text of ["x", "1st", "http://x", "a b", `a${"b".repeat(256)}`]) {
      assert.equal(cloud().call("ModifyDBDescription", { ...orders, DBDescription: text }).status, 400, text);
    }
    cloud().ask("ModifyDBDescription", { ...orders, DBDescription: "订单库" });
  });
});

describe("simulator: CheckDBNameAvailable", () => {
  for (const [name, code] of [
    ["free_name", undefined],
    ["orders", "InvalidDBName.Duplicate"],
    ["Orders", "InvalidDBName.Format"],
    ["select", "InvalidParameter.Keyword"],
  ] as const) {
    it(`${name}: ${code ?? "available"}`, () => {
      assert.equal(
        cloud().call("CheckDBNameAvailable", { DBInstanceId: "rm-prod", DBName: name }).code,
        code,
      );
    });
  }
});

describe("simulator: tags", () => {
  const base = { RegionId: "cn-hangzhou", ResourceType: "INSTANCE", "ResourceId.1": "rm-prod" };
  const tagged = () => prodWith({ tags: { env: "prod", team: "shop" } });

  it("sets, overwrites, lists and takes off", () => {
    const rds = tagged();
    rds.ask("TagResources", {
      ...base,
      "Tag.1.Key": "env",
      "Tag.1.Value": "live",
      "Tag.2.Key": "pulumi-database-copy:0123456789ab",
    });
    assert.deepEqual(rds.instance("rm-prod").tags, {
      env: "live",
      team: "shop",
      "pulumi-database-copy:0123456789ab": "",
    });
    const rows = () =>
      (rds.ask("ListTagResources", base)["TagResources"] as { TagResource: object[] }).TagResource;
    assert.deepEqual(rows()[0], {
      ResourceId: "rm-prod",
      ResourceType: "ALIYUN::RDS::INSTANCE",
      TagKey: "env",
      TagValue: "live",
    });
    rds.ask("UntagResources", { ...base, "TagKey.1": "env", "TagKey.2": "absent" });
    assert.deepEqual(Object.keys(rds.instance("rm-prod").tags), [
      "team",
      "pulumi-database-copy:0123456789ab",
    ]);
    rds.ask("UnTagResources", { ...base, All: "true" });
    assert.deepEqual(rds.instance("rm-prod").tags, {});
  });

  it("lists by tag", () => {
    const rds = tagged();
    const all = { RegionId: "cn-hangzhou", ResourceType: "INSTANCE" };
    const count = (filter: object) =>
      (rds.ask("ListTagResources", { ...all, ...filter })["TagResources"] as { TagResource: object[] })
        .TagResource.length;
    assert.equal(count({ "Tag.1.Key": "env" }), 2);
    assert.equal(count({ "Tag.1.Key": "env", "Tag.1.Value": "x" }), 0);
    assert.equal(count({ "ResourceId.1": "rm-unknown" }), 0);
  });

  for (const [why, action, params, status] of [
    ["no resource", "TagResources", { "ResourceId.1": undefined, "Tag.1.Key": "a" }, 400],
    ["unknown resource", "TagResources", { "ResourceId.1": "rm-x", "Tag.1.Key": "a" }, 400],
    ["other region", "TagResources", { RegionId: "cn-beijing", "Tag.1.Key": "a" }, 400],
    ["other type", "TagResources", { ResourceType: "DB", "Tag.1.Key": "a" }, 400],
    ["no tag", "TagResources", {}, 400],
    ["reserved key", "TagResources", { "Tag.1.Key": "aliyun-x" }, 400],
    ["long key", "TagResources", { "Tag.1.Key": "k".repeat(65) }, 400],
    ["long value", "TagResources", { "Tag.1.Key": "k", "Tag.1.Value": "v".repeat(129) }, 400],
    ["no key to take off", "UntagResources", {}, 400],
    ["nothing to list", "ListTagResources", { "ResourceId.1": undefined }, 400],
  ] as const) {
    it(`${action} refuses: ${why}`, () => {
      const rds = tagged();
      const before = rds.world;
      const given = Object.entries({ ...base, ...params }).filter(
        (entry): entry is [string, string] => entry[1] !== undefined,
      );
      assert.equal(rds.call(action, Object.fromEntries(given)).status, status);
      assert.equal(rds.world, before);
    });
  }

  it("takes 20 tags on an instance and no more", () => {
    const rds = tagged();
    const tags = (from: number, to: number) =>
      Object.fromEntries(
        Array.from({ length: to - from + 1 }, (_, index) => [`Tag.${index + 1}.Key`, `k${from + index}`]),
      );
    rds.ask("TagResources", { ...base, ...tags(1, 18) });
    assert.equal(rds.call("TagResources", { ...base, ...tags(19, 19) }).code, "NumberExceed.Tags");
    rds.ask("TagResources", { ...base, ...tags(18, 18) });
  });
});
