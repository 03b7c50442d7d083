import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { copyMocks } from "pulumi-alicloud-rds-copy/testing";
import { valueOf } from "../composition/valueOf";
import { configure, refuseNetwork } from "./underMocks";

describe("examples/quickstart under mocks", () => {
  refuseNetwork();

  it("calls the copy of crm crm_staging", async () => {
    await pulumi.runtime.setMocks(copyMocks());
    configure({ source: "rm-prod", target: "rm-staging" });
    const { databases } = await import("../../../examples/quickstart/index.js");
    assert.deepEqual(await valueOf(databases), { orders: "orders", crm: "crm_staging" });
  });
});
