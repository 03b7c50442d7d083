import assert from "node:assert/strict";
import type { ResourceValidationPolicy } from "@pulumi/policy";
import { DatabaseCopy } from "pulumi-alicloud-rds-copy";
import { productionIsOnlyASource, targetTagsAreRequired } from "../../../examples/policy/rules";
import { refuseNetwork } from "./underMocks";

describe("the rules of examples/policy, as functions", () => {
  refuseNetwork();

  it("know production by its ids, and mind only the target", () => {
    const production = { production: ["rm-prod"] };
    assert.deepEqual(said(productionIsOnlyASource, { targetDbInstanceId: "rm-prod" }, production), [
      "rm-prod is production: nothing is ever copied onto it.",
    ]);
    const fromProduction = { sourceDbInstanceId: "rm-prod", targetDbInstanceId: "rm-staging" };
    assert.deepEqual(said(productionIsOnlyASource, fromProduction, production), []);
  });

  it("want at least one tag to look for", () => {
    assert.deepEqual(said(targetTagsAreRequired, { requireTargetTags: { env: "staging" } }), []);
    for (const props of [{}, { requireTargetTags: {} }])
      assert.match(said(targetTagsAreRequired, props).join(), /^Say requireTargetTags/);
  });

  it("mind no resource of another kind", () => {
    const instance = "alicloud:rds/instance:Instance";
    assert.throws(() => said(targetTagsAreRequired, {}, {}, instance), /not applicable/);
  });
});

/** What a rule reports of a resource. */
function said(
  rule: ResourceValidationPolicy,
  props: object,
  config: object = {},
  type = "pulumi-nodejs:dynamic/databaseCopy:DatabaseCopy",
): string[] {
  const reports: string[] = [];
  const validate = rule.validateResource;
  assert.ok(typeof validate === "function");
  const isDatabaseCopy = DatabaseCopy.isInstance({ __pulumiType: type });
  const args = {
    type,
    props,
    isType: () => isDatabaseCopy,
    getConfig: () => config,
    notApplicable: () => {
      throw new Error("not applicable");
    },
  };
  void validate(args as never, (message) => reports.push(message));
  return reports;
}
