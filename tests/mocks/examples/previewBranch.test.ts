import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { copyMocks } from "pulumi-alicloud-rds-copy/testing";
import { valueOf } from "../composition/valueOf";
import { configure, refuseNetwork } from "./underMocks";

describe("examples/preview-branch under mocks", () => {
  refuseNetwork();

  it("names the databases after the stack", async () => {
    await pulumi.runtime.setMocks(copyMocks(), "databasecopy-preview-branch", "pr-12");
    configure({ masked: "rm-masked", previews: "rm-previews" });
    const { databases } = await import("../../../examples/preview-branch/index.js");
    assert.deepEqual(await valueOf(databases), { orders: "orders_pr_12", crm: "crm_pr_12" });
  });
});
