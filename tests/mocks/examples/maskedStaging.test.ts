import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { copyMocks } from "pulumi-alicloud-rds-copy/testing";
import { valueOf } from "../composition/valueOf";
import { answering, configure, refuseNetwork } from "./underMocks";

describe("examples/masked-staging under mocks", () => {
  refuseNetwork();

  it("masks every database that is copied, when the data is new, and grants after that", async () => {
    const declared: { readonly name: string; readonly inputs: Readonly<Record<string, unknown>> }[] = [];
    await pulumi.runtime.setMocks(
      copyMocks({
        copies: { "staging-data": { dataVersion: "second" } },
        newResource: (resource) => {
          declared.push({
            name: resource.name,
            inputs: resource.inputs as Readonly<Record<string, unknown>>,
          });
          return answering({ connectionString: "host" })(resource);
        },
      }),
    );
    configure({
      production: "rm-prod",
      staging: "rm-staging",
      maskingUser: "masker",
      maskingPassword: "secret",
      testers: "testers",
    });
    const { databases, granted } = await import("../../../examples/masked-staging/index.js");
    assert.deepEqual(await valueOf(granted), Object.values(await valueOf(databases)));
    const masks = declared.filter(({ name }) => name.startsWith("mask-"));
    assert.deepEqual(
      masks.map(({ name, inputs }) => [name, inputs["triggers"]]).sort(),
      ["mask-crm", "mask-orders"].map((name) => [name, ["second"]]),
    );
    assert.equal(declared.at(-1)?.name, "testers-may-read");
  });
});
