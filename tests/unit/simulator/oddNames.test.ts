import assert from "node:assert/strict";
import { cloud } from "./cloud.js";

const prod = { DBInstanceId: "rm-prod" };
const tagging = { RegionId: "cn-hangzhou", ResourceType: "INSTANCE" };
const tagProd = { ...tagging, "ResourceId.1": "rm-prod" };

/** Names that every object of the language has something for. */
describe("simulator: names that mean something to the language", () => {
  for (const name of ["constructor", "valueof", "__proto__", "toString"]) {
    it(`${name} as a tag is a tag like any other`, () => {
      const rds = cloud();
      const found = () => rds.ask("ListTagResources", { ...tagging, "Tag.1.Key": name })["TagResources"];
      const listed = (tags: string) =>
        rds.ask("DescribeDBInstances", { RegionId: "cn-hangzhou", Tags: tags })["TotalRecordCount"];
      assert.deepEqual(found(), { TagResource: [] });
      assert.equal(listed(`{"${name}":""}`), 0);
      rds.ask("TagResources", { ...tagProd, "Tag.1.Key": name, "Tag.1.Value": "x" });
      assert.equal(JSON.stringify(found()).match(/"TagValue":"x"/g)?.length, 1);
      assert.equal(listed(`{"${name}":""}`), 1);
      rds.ask("UntagResources", { ...tagProd, "TagKey.1": name });
      assert.deepEqual(found(), { TagResource: [] });
    });
  }

  for (const name of ["constructor", "valueof"]) {
    it(`${name} as an account, a database and a whitelist`, () => {
      const rds = cloud();
      rds.ask("ModifySecurityIps", {
        ...prod,
        SecurityIps: "10.0.0.1",
        DBInstanceIPArrayName: name,
        ModifyMode: "Append",
      });
      assert.equal(new Map(Object.entries(rds.instance("rm-prod").ipArrays)).get(name), "10.0.0.1");
      rds.ask("CreateAccount", { ...prod, AccountName: name, AccountPassword: "Example-1-password" });
      rds.ask("CreateDatabase", { ...prod, DBName: name });
      rds.wait(10);
      const account = { ...prod, AccountName: name };
      assert.match(JSON.stringify(rds.ask("DescribeAccounts", account)), /"DatabasePrivilege":\[\]/);
      const before = rds.world;
      rds.ask("RevokeAccountPrivilege", { ...account, DBName: name });
      assert.equal(rds.world, before);
      rds.ask("GrantAccountPrivilege", { ...account, DBName: name, AccountPrivilege: "ReadOnly" });
      assert.match(JSON.stringify(rds.ask("DescribeAccounts", account)), /"AccountPrivilege":"ReadOnly"/);
      rds.ask("CreateBackup", prod);
      rds.wait(60);
      rds.ask("DescribeBackups", prod);
      assert.equal(Object.hasOwn(rds.instance("rm-prod").backups.at(-1)?.databases ?? {}, name), true);
    });
  }
});
