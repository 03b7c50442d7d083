import assert from "node:assert/strict";
import { instanceFindings } from "../../../provider/src/preflight/instanceFindings";
import { briefs, knownOf, onlyText, sourceInstance, targetInstance } from "./known";

describe("an instance that was not found", () => {
  it("blocks, on its own input", () => {
    assert.deepEqual(briefs(instanceFindings(knownOf({ source: "not found" }), "source")), [
      "blocks instance-not-found sourceDbInstanceId InvalidDBInstanceName.NotFound",
    ]);
    assert.deepEqual(briefs(instanceFindings(knownOf({ target: "not found" }), "target")), [
      "blocks instance-not-found targetDbInstanceId InvalidDBInstanceName.NotFound",
    ]);
  });

  it("is told beside the one that was found", () => {
    const noSource = knownOf({ source: "not found", target: targetInstance() });
    assert.match(
      onlyText(instanceFindings(noSource, "source")),
      /^Instance rm-prod .*, where rm-staging is\./,
    );
    const noTarget = knownOf({ source: sourceInstance(), target: "not found" });
    assert.match(
      onlyText(instanceFindings(noTarget, "target")),
      /^Instance rm-staging .*, where rm-prod is\./,
    );
  });

  it("like the other one, makes the key or the region likelier than two wrong ids", () => {
    const neither = knownOf({ source: "not found", target: "not found" });
    assert.match(
      onlyText(instanceFindings(neither, "source")),
      /^Neither instance rm-prod nor rm-staging was found .*look at whose key it is/,
    );
    assert.match(
      onlyText(instanceFindings(neither, "target")),
      /^Neither instance rm-staging nor rm-prod was found /,
    );
  });

  it("while the other one is not known, is told without it", () => {
    const plan = { targetDbInstanceId: undefined };
    assert.match(
      onlyText(instanceFindings(knownOf({ source: "not found", plan }), "source")),
      /^Instance rm-prod was not found in region cn-hangzhou \(endpoint rds\.aliyuncs\.com\) by this key\. Check the id/,
    );
  });

  it("names whose key it was, if that can be told", () => {
    const signed = knownOf({ source: "not found", signer: "the key of the profile ci" });
    assert.match(onlyText(instanceFindings(signed, "source")), /\) by the key of the profile ci\./);
  });
});

describe("an instance in another region than the one that is spoken to", () => {
  const elsewhere = { regionId: "cn-beijing" };
  const onSource = "warns region-other sourceDbInstanceId -";
  const onTarget = "warns region-other targetDbInstanceId -";

  it("is told, and the region to set", () => {
    const findings = instanceFindings(knownOf({ source: sourceInstance(elsewhere) }), "source");
    assert.deepEqual(briefs(findings), [onSource]);
    assert.match(onlyText(findings), /Set alicloud:region or connection\.region to cn-beijing/);
  });

  it("is told once of a pair, on the source", () => {
    const both = knownOf({ source: sourceInstance(elsewhere), target: targetInstance(elsewhere) });
    assert.deepEqual(briefs(instanceFindings(both, "source")), [onSource]);
    assert.deepEqual(briefs(instanceFindings(both, "target")), []);
  });

  it("is told of a target when its source is not there with it", () => {
    const target = targetInstance(elsewhere);
    for (const source of [
      undefined,
      "not found",
      sourceInstance(),
      sourceInstance({ regionId: "" }),
    ] as const)
      assert.deepEqual(briefs(instanceFindings(knownOf({ source, target }), "target")), [onTarget]);
  });

  it("is nothing that is known of one that does not tell its region", () => {
    const nowhere = knownOf({ source: sourceInstance({ regionId: "" }) });
    assert.deepEqual(instanceFindings(nowhere, "source"), []);
  });
});
