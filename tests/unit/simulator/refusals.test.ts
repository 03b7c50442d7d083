import assert from "node:assert/strict";
import { allRules } from "../../../simulator/src/machine.js";
import { cloud } from "./cloud.js";
import { refusalCases } from "./refusalCases.js";

const provoked = new Set<string>();

describe("simulator: what calls are refused for, in the machine", () => {
  for (const one of refusalCases) {
    it(one.name, () => {
      const rds = cloud(one.world);
      const before = rds.world;
      const answer = rds.call(one.action, one.params);
      assert.deepEqual([answer.code, answer.status], [one.code, one.status]);
      assert.deepEqual([answer.body["Code"], answer.body["HostId"]], [one.code, "rds.aliyuncs.com"]);
      if (one.rule !== undefined) assert.equal(answer.ruleId, one.rule);
      assert.equal(rds.world, before);
      provoked.add(answer.ruleId ?? "");
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
