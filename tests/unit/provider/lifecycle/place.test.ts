import assert from "node:assert/strict";
import { rdsOf } from "../../../../provider/src/lifecycle/place";
import type { CopyState } from "../../../../provider/src/lifecycle/state";
import type { ConnectionOverrides } from "../../../../provider/src/rds/connection";
import { testRun } from "./testRun";

/** Where the cloud of a recorded resource is looked for, by a run whose stack is set to cn-shanghai. */
function asked(state: Partial<CopyState>): ConnectionOverrides | undefined {
  const run = testRun();
  const overrides: (ConnectionOverrides | undefined)[] = [];
  const rds = run.rds(undefined);
  rdsOf({ region: "cn-shanghai", ...state } as CopyState, {
    ...run,
    rds: (given) => {
      overrides.push(given);
      return rds;
    },
  });
  assert.equal(overrides.length, 1);
  return overrides[0];
}

describe("the region in which a recorded resource is read and deleted", () => {
  it("is the one of the run, where that is the recorded one", () => {
    assert.equal(asked({}), undefined);
    assert.deepEqual(asked({ connection: { profile: "ops" } }), { profile: "ops" });
  });

  it("is the recorded one, where the stack is set to another by now", () => {
    assert.deepEqual(asked({ region: "cn-beijing" }), { region: "cn-beijing" });
    assert.deepEqual(asked({ region: "cn-beijing", connection: { profile: "ops" } }), {
      profile: "ops",
      region: "cn-beijing",
    });
  });

  it("is the one that was asked, where a host answered for another region than its own", () => {
    assert.equal(asked({ region: "cn-beijing", askedRegion: "cn-shanghai" }), undefined);
    assert.deepEqual(asked({ region: "cn-shanghai", askedRegion: "cn-beijing" }), { region: "cn-beijing" });
  });

  it("is the resource's own wherever it names one", () => {
    const connection = { region: "cn-beijing" };
    assert.deepEqual(asked({ region: "cn-hangzhou", connection }), connection);
  });
});
