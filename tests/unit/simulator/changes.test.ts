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

  it("leaves a task of its own, running and ended", () => {
    const rds = cloud();
    rds.ask("DeleteDatabase", orders);
    const range = { FromStartTime: "2026-03-01T00:00:00Z", ToStartTime: "2026-03-02T00:00:00Z" };
    const rows = () =>
      (rds.ask("DescribeHistoryTasks", range)["Items"] as Record<string, unknown>[]).map(
        ({ TaskType, Status, TaskDetail }) => [TaskType, Status, TaskDetail],
      );
    assert.deepEqual(rows(), [["DeleteDatabase", "Running", '{"database":"orders"}']]);
    assert.match(
      JSON.stringify(rds.ask("DescribeTasks", { DBInstanceId: "rm-prod" })),
      /"TaskAction":"DeleteDatabase"/,
    );
    rds.wait(5);
    assert.deepEqual(rows(), [["DeleteDatabase", "Succeed", '{"database":"orders"}']]);
  });

  it("does not show on the instance's status as a copy may", () => {
    const rds = cloud({ ...smallCompany, copy: { targetStatus: "Restoring" } });
    rds.ask("DeleteDatabase", orders);
    rds.ask("DeleteDatabase", { ...orders, DBName: "crm" });
  });
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

  it("takes 2 to 256 characters, Chinese ones too", () => {
    for (const DBDescription of ["ab", "订单库", `a${"b".repeat(255)}`]) {
      cloud().ask("ModifyDBDescription", { ...orders, DBDescription });
    }
  });
});

describe("simulator: CheckDBNameAvailable", () => {
  it("says nothing but the request id of a name that is free", () => {
    const body = cloud().ask("CheckDBNameAvailable", { DBInstanceId: "rm-prod", DBName: "free_name" });
    assert.deepEqual(Object.keys(body), ["RequestId"]);
  });
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

  it("lists own instances of the region only, 50 tags to a page", () => {
    const tags = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, ""]));
    const rds = cloud({
      accounts: [{}, { accountId: "2", accessKeyId: "other-key" }],
      instances: [
        { id: "rm-a", tags: { own: "1", ...tags(19) } },
        { id: "rm-b", tags: { own: "1", ...tags(19) } },
        { id: "rm-c", tags: { own: "1", ...tags(19) } },
        { id: "rm-d", tags: { own: "1" }, region: "cn-beijing" },
        { id: "rm-e", tags: { own: "1" }, accountId: "2" },
      ],
    });
    const page = (NextToken: string) =>
      rds.ask("ListTagResources", {
        RegionId: "cn-hangzhou",
        ResourceType: "INSTANCE",
        "Tag.1.Key": "own",
        NextToken,
      });
    const count = (body: Record<string, unknown>) =>
      (body["TagResources"] as { TagResource: object[] }).TagResource.length;
    const first = page("");
    const second = page(String(first["NextToken"]));
    assert.deepEqual(
      [count(first), first["NextToken"], count(second), second["NextToken"]],
      [50, "50", 10, ""],
    );
  });

  it("takes keys of 64 and values of 128 characters, 50 instances, 20 tags in a call", () => {
    const many = cloud({ instances: Array.from({ length: 50 }, (_, index) => ({ id: `rm-${index}` })) });
    const ids = Object.fromEntries(
      Array.from({ length: 50 }, (_, index) => [`ResourceId.${index + 1}`, `rm-${index}`]),
    );
    const tags = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`Tag.${index + 1}.Key`, String(index).padStart(64, "k")]),
    );
    many.ask("TagResources", { ...base, ...ids, ...tags, "Tag.1.Value": "v".repeat(128) });
    assert.equal(Object.keys(many.instance("rm-49").tags).length, 20);
  });

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
