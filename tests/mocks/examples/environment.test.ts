import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { copyMocks } from "pulumi-alicloud-rds-copy/testing";
import { valueOf } from "../composition/valueOf";
import { answering, configure, refuseNetwork } from "./underMocks";

describe("examples/environment under mocks", () => {
  refuseNetwork();

  it("says where the server is, and how the databases are called", async () => {
    await pulumi.runtime.setMocks(copyMocks({ newResource: answering({ connectionString: "host" }) }));
    configure({ production: "rm-prod", vswitchId: "vsw-1", shopPassword: "secret" });
    const { server, databases } = await import("../../../examples/environment/index.js");
    assert.equal(await valueOf(server), "host");
    assert.deepEqual(await valueOf(databases), { orders: "orders", crm: "crm" });
  });
});
