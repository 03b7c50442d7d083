import assert from "node:assert/strict";
import { tagFindings } from "../../../provider/src/preflight/tagFindings";
import { briefs, knownOf, onlyText, targetInstance, type KnownParts } from "./known";

const findingsOf = ({ plan, ...parts }: KnownParts) =>
  tagFindings(
    knownOf({ target: targetInstance(), plan: { requireTargetTags: { env: "staging" }, ...plan }, ...parts }),
  );
const lacking = (key: string) => `blocks target-tags-missing requireTargetTags.${key} -`;

describe("the tags that a target must carry", () => {
  it("are carried, the key in any case and the value as it is", () => {
    assert.deepEqual(findingsOf({ targetTags: { team: "shop", env: "staging" } }), []);
    assert.deepEqual(findingsOf({ targetTags: { ENV: "staging" } }), []);
    assert.deepEqual(
      findingsOf({ plan: { requireTargetTags: { Env: "staging" } }, targetTags: { env: "staging" } }),
      [],
    );
    assert.deepEqual(briefs(findingsOf({ targetTags: { env: "Staging" } })), [lacking("env")]);
  });

  it("are lacking, with what is there instead", () => {
    const without = findingsOf({ targetTags: { team: "staging" } });
    assert.deepEqual(briefs(without), [lacking("env")]);
    assert.match(
      onlyText(without),
      /^Instance rm-staging must carry the tag env=staging to be filled, and carries no such tag\./,
    );
    assert.match(onlyText(findingsOf({ targetTags: { Env: "prod" } })), /and carries Env=prod instead\./);
  });

  it("are told one by one", () => {
    const plan = { requireTargetTags: { env: "staging", team: "shop", tier: "" } };
    assert.deepEqual(briefs(findingsOf({ plan, targetTags: { team: "shop" } })), [
      lacking("env"),
      lacking("tier"),
    ]);
    assert.deepEqual(findingsOf({ plan, targetTags: { team: "shop", tier: "", env: "staging" } }), []);
  });

  it("are not known where they could not be read, whether or not the instance could", () => {
    for (const target of [targetInstance(), undefined]) {
      const findings = findingsOf({ target, targetTags: undefined });
      assert.deepEqual(briefs(findings), ["unchecked target-tags-unknown requireTargetTags -"]);
      assert.match(onlyText(findings), /^Whether rm-staging carries .* rds:ListTagResources/);
    }
  });

  it("do not matter where none are asked for, or there is no instance to carry them", () => {
    assert.deepEqual(findingsOf({ plan: { requireTargetTags: undefined } }), []);
    assert.deepEqual(findingsOf({ plan: { requireTargetTags: {} }, targetTags: {} }), []);
    assert.deepEqual(findingsOf({ plan: { targetDbInstanceId: undefined }, targetTags: {} }), []);
    assert.deepEqual(findingsOf({ target: "not found", targetTags: {} }), []);
  });
});
