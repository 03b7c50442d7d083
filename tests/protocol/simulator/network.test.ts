import assert from "node:assert/strict";
import { startSimulator, type Simulator } from "../../../simulator/src/index.js";
import { listOf, ProviderClient, ProviderError, refusedWith, type Body } from "./providerForm.js";

const askedVpc = {
  CidrBlock: "10.8.0.0/16",
  VpcName: "shop",
  Description: "of the shop",
  ClientToken: "TF-CreateVpc-1",
};
const tags = { "Tag.1.Key": "team", "Tag.1.Value": "shop" };
const instance = {
  ...{ Engine: "SQLServer", EngineVersion: "2019_std_ha", DBInstanceClass: "mssql.x4.medium.s2" },
  ...{
    DBInstanceStorage: 100,
    DBInstanceNetType: "Intranet",
    SecurityIPList: "127.0.0.1",
    PayType: "Postpaid",
  },
};

const isNotFound = async (call: Promise<unknown>) =>
  call.then(
    () => false,
    (error: unknown) => error instanceof ProviderError && error.status === 404,
  );
const tagsOf = (body: Body) => listOf(body, "Tags", "Tag").map((tag) => [tag["Key"], tag["Value"]]);

for (const [what, world] of [
  ["where every vSwitch exists", {}],
  ["where the world lists vSwitches", { vSwitches: [{ id: "vsw-listed" }] }],
] as const)
  describe(`simulator: a VPC and a vSwitch of the alicloud provider, ${what}`, () => {
    let sim: Simulator;
    let provider: ProviderClient;
    let vpc = "";
    let vSwitch = "";
    before(async () => {
      sim = await startSimulator({ clock: "virtual", world });
      provider = new ProviderClient(sim.url);
    });
    after(() => sim.close());

    const readVpc = () => provider.vpc("DescribeVpcAttribute", { VpcId: vpc });
    const readVSwitch = () => provider.vpc("DescribeVSwitchAttributes", { VSwitchId: vSwitch });
    const createVSwitch = (params: Record<string, string> = {}) =>
      provider.vpc("CreateVSwitch", {
        ...{ CidrBlock: "10.8.1.0/24", VpcId: vpc, VSwitchName: "shop-h", ZoneId: "cn-hangzhou-h" },
        ClientToken: "TF-CreateVSwitch-1",
        ...params,
      });

    it("a VPC is created once for its token and read back without a difference", async () => {
      vpc = String((await provider.vpc("CreateVpc", { ...askedVpc, ...tags }))["VpcId"]);
      assert.equal((await provider.vpc("CreateVpc", { ...askedVpc, ...tags }))["VpcId"], vpc);
      await provider.vpc("TagResources", { "ResourceId.1": vpc, ResourceType: "VPC", ...tags });
      const body = await readVpc();
      for (const name of ["CidrBlock", "VpcName", "Description"] as const)
        assert.equal(body[name], askedVpc[name], name);
      assert.deepEqual([body["VpcId"], body["Status"]], [vpc, "Available"]);
      assert.deepEqual(tagsOf(body), [["team", "shop"]]);
      for (const name of ["ClassicLinkEnabled", "EnabledIpv6", "IsDefault"])
        assert.equal(body[name], false, name);
    });

    it("a VPC has its system route table, without a name and a description", async () => {
      const list = await provider.vpc("DescribeRouteTableList", { VpcId: vpc });
      const [table] = listOf(list, "RouterTableList", "RouterTableListType");
      assert.deepEqual(
        [table?.["VpcId"], table?.["RouteTableType"], table?.["RouteTableName"], table?.["Description"]],
        [vpc, "System", "", ""],
      );
      assert.equal(table?.["RouterId"], (await readVpc())["VRouterId"]);
      assert.equal(table?.["RoutePropagationEnable"], true);
    });

    it("a vSwitch is created in it and read back without a difference", async () => {
      vSwitch = String((await createVSwitch())["VSwitchId"]);
      assert.equal((await createVSwitch())["VSwitchId"], vSwitch);
      const body = await readVSwitch();
      assert.deepEqual(
        [body["VSwitchId"], body["VpcId"], body["ZoneId"], body["CidrBlock"], body["VSwitchName"]],
        [vSwitch, vpc, "cn-hangzhou-h", "10.8.1.0/24", "shop-h"],
      );
      assert.deepEqual([body["Status"], body["Ipv6CidrBlock"], tagsOf(body)], ["Available", "", []]);
      assert.equal(await refusedWith(createVSwitch({ ClientToken: "2" })), "InvalidCidrBlock.Overlapped");
    });

    it("both are changed in place", async () => {
      await provider.vpc("ModifyVpcAttribute", { VpcId: vpc, VpcName: "shop-2", Description: "" });
      await provider.vpc("ModifyVSwitchAttribute", { VSwitchId: vSwitch, VSwitchName: "shop-i" });
      await provider.vpc("UnTagResources", { "ResourceId.1": vpc, ResourceType: "VPC", "TagKey.1": "team" });
      await provider.vpc("TagResources", { "ResourceId.1": vSwitch, ResourceType: "VSWITCH", ...tags });
      const [one, other] = [await readVpc(), await readVSwitch()];
      assert.deepEqual([one["VpcName"], one["Description"], tagsOf(one)], ["shop-2", "", []]);
      assert.deepEqual([other["VSwitchName"], tagsOf(other)], ["shop-i", [["team", "shop"]]]);
    });

    it("an instance is made in them, and keeps them from being deleted", async () => {
      const made = await provider.rds("CreateDBInstance", {
        ...instance,
        ...{ VSwitchId: vSwitch, VPCId: vpc, ZoneId: "cn-hangzhou-h", InstanceNetworkType: "VPC" },
      });
      const DBInstanceId = String(made["DBInstanceId"]);
      sim.advance("10m");
      const deleteVSwitch = () => provider.vpc("DeleteVSwitch", { VSwitchId: vSwitch });
      assert.equal(await refusedWith(deleteVSwitch()), "DependencyViolation");
      const deleteVpc = () => provider.vpc("DeleteVpc", { VpcId: vpc });
      assert.equal(await refusedWith(deleteVpc()), "DependencyViolation.VSwitch");
      await provider.rds("DeleteDBInstance", { DBInstanceId });
      sim.advance("10m");
      await deleteVSwitch();
      assert.ok(await isNotFound(readVSwitch()));
      await deleteVpc();
      assert.ok(await isNotFound(readVpc()));
      assert.ok(await isNotFound(deleteVpc()));
      assert.ok(await isNotFound(deleteVSwitch()));
    });
  });
