import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { copyMocks } from "pulumi-alicloud-rds-copy/testing";
import { valueOf } from "../composition/valueOf";
import { configure, refuseNetwork } from "./underMocks";

describe("examples/fan-out under mocks", () => {
  refuseNetwork();

  it("puts both databases on the instance of every team", async () => {
    await pulumi.runtime.setMocks(copyMocks());
    configure({ production: "rm-prod", teams: JSON.stringify({ red: "rm-red", blue: "rm-blue" }) });
    const { whatIsWhere } = await import("../../../examples/fan-out/index.js");
    assert.deepEqual(await valueOf(whatIsWhere), [
      "blue: crm on rm-blue",
      "blue: orders on rm-blue",
      "red: crm on rm-red",
      "red: orders on rm-red",
    ]);
  });
});
