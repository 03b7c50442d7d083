import assert from "node:assert/strict";
import { cloud, goodCopy, smallCompany } from "./cloud.js";
import { names, worldOf, type CopyCase } from "./copyCases.js";

const copy = "CopyDatabaseBetweenInstances";

describe("simulator: what comes close to a rare refusal and is none", () => {
  const fine: Omit<CopyCase, "code" | "status">[] = [
    { why: "a region of the wire", params: { ...goodCopy, RegionId: "cn-hangzhou" } },
    { why: "a finance region", params: { ...goodCopy, RegionId: "cn-shanghai-finance-1" } },
    {
      why: "the caller as owner",
      params: { ...goodCopy, OwnerId: "1000000000000001", OwnerAccount: "1000000000000001" },
    },
    { why: "a range", params: { ...goodCopy, StartTime: "2026-02-28T18:00Z", EndTime: "2026-02-28T18:01Z" } },
    { why: "OSS", params: { ...goodCopy, BackupLocation: "OSS" } },
    { why: "shared to shared", source: { classType: "s" }, target: { classType: "s" } },
    { why: "dedicated to general", source: { classType: "d" } },
    { why: "general to dedicated", target: { classType: "h" } },
    { why: "another database fails", world: { copy: { refuseDatabases: { crm: "" } } } },
    { why: "a slow login that is not asked for", world: { copy: { slowLogins: ["app"] } } },
    {
      why: "a slow login of another database",
      params: { ...names('{"crm":"crm"}'), SyncUserPrivilege: "YES" },
      world: { copy: { slowLogins: ["app"] } },
    },
    { why: "both abroad", source: { region: "us-east-1" }, target: { region: "us-east-1" } },
  ];
  for (const one of fine) {
    it(one.why, () => {
      cloud(worldOf(one)).ask(copy, one.params ?? goodCopy);
    });
  }

  it("another region of the same site is another code", () => {
    const rds = cloud(worldOf({ source: { region: "us-east-1" }, target: { region: "eu-central-1" } }));
    assert.equal(rds.call(copy, goodCopy).code, "InvalidInstancesRegion.Malformed");
  });

  it("copies run up to the capacity, and again when one has ended", () => {
    const rds = cloud({ ...smallCompany, copy: { atMost: 1, secondsPerGiB: 0, minimumSeconds: 60 } });
    rds.ask(copy, goodCopy);
    assert.equal(rds.call(copy, names('{"crm":"crm"}')).code, "InsufficientResourceCapacity");
    rds.wait(60);
    rds.ask(copy, names('{"crm":"crm"}'));
  });

  it("a region of the world is one, however it is spelt", () => {
    const rds = cloud({ instances: [{ id: "rm-a", region: "Region7" }] });
    assert.equal(rds.call("DescribeDBInstances", { RegionId: "Region7" }).status, 200);
    assert.equal(rds.call("DescribeDBInstances", { RegionId: "Region8" }).code, "InvalidRegionId.NotFound");
  });
});
