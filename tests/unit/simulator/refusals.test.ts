import assert from "node:assert/strict";
import { allRules } from "../../../simulator/src/machine.js";
import { cloud, goodCopy } from "./cloud.js";
import { copyCases, worldOf } from "./copyCases.js";
import { otherCases } from "./otherCases.js";

const provoked = new Set<string>();

describe("simulator: what calls are refused for", () => {
  for (const one of copyCases) {
    it(`copy, ${one.code}: ${one.why}`, () => {
      const rds = cloud(worldOf(one));
      const before = rds.world;
      const answer = rds.call("CopyDatabaseBetweenInstances", one.params ?? goodCopy);
      assert.deepEqual([answer.code, answer.status], [one.code, one.status]);
      assert.deepEqual([answer.body["Code"], answer.body["HostId"]], [one.code, "rds.aliyuncs.com"]);
      assert.equal(rds.world, before);
      provoked.add(answer.ruleId ?? "");
    });
  }

  for (const [index, one] of otherCases.entries()) {
    it(`${one.action}, ${one.code}: ${one.rule} (${index + 1})`, () => {
      const rds = cloud(one.world);
      const before = rds.world;
      const answer = rds.call(one.action, one.params);
      assert.deepEqual([answer.ruleId, answer.code, answer.status], [one.rule, one.code, one.status]);
      assert.equal(rds.world, before);
      provoked.add(one.rule);
    });
  }

  it("a key that is not in the world", () => {
    const answer = cloud().call("DescribeDatabases", { DBInstanceId: "rm-prod" }, "nobody");
    assert.deepEqual([answer.code, answer.status], ["InvalidAccessKeyId.NotFound", 404]);
  });

  it("every refusal that is declared for an action was provoked above", () => {
    const declared = allRules().filter((rule) => rule.kind === "refusal" && rule.action !== "gateway");
    assert.deepEqual(
      declared.map(({ id }) => id).filter((id) => !provoked.has(id)),
      [],
    );
  });
});
