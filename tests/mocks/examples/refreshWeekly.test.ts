import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { copyMocks } from "pulumi-alicloud-rds-copy/testing";
import { valueOf } from "../composition/valueOf";
import { configure, refuseNetwork } from "./underMocks";

describe("examples/refresh-weekly under mocks", () => {
  refuseNetwork();

  it("names the databases after the week", async () => {
    await pulumi.runtime.setMocks(copyMocks());
    configure({ production: "rm-prod", staging: "rm-staging", week: "2026w48" });
    const { databases } = await import("../../../examples/refresh-weekly/index.js");
    assert.deepEqual(await valueOf(databases), { orders: "orders_2026w48", crm: "crm_2026w48" });
  });
});
