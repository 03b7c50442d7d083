import assert from "node:assert/strict";
import { playedCloud } from "../../../player/cloud";
import { playedEngine } from "../../../player/engine";
import { company, start } from "../../../player/scenarios";
import { virtualTime } from "../../../player/virtualTime";

describe("the region of a copy", () => {
  it("is the target's own, whatever region the run was told", async () => {
    const time = virtualTime(start);
    const instances = (company.instances ?? []).map((one) => ({ ...one, region: "cn-shanghai" }));
    const engine = playedEngine(playedCloud({ ...company, instances }, time), time);
    const program = {
      data: { sourceDbInstanceId: "rm-prod", targetDbInstanceId: "rm-staging", dbNames: ["orders"] },
    };
    assert.deepEqual((await engine.up(program)).errors, []);
    assert.equal(engine.state["data"]?.outputs.region, "cn-shanghai");
    assert.equal(engine.state["data"]?.outputs.askedRegion, "cn-hangzhou");
    assert.deepEqual((await engine.preview(program)).changes, []);
  });
});
