import assert from "node:assert/strict";
import { targetIn, withoutTarget } from "../../../../provider/src/copy/resourceId";

describe("the id of a resource", () => {
  it("begins with its target", () => {
    assert.equal(targetIn("rm-staging:R-1"), "rm-staging");
    assert.equal(targetIn("rm-staging"), "rm-staging");
    assert.equal(targetIn("rm-secret:R-1"), "rm-secret");
  });

  it("can do without it, and then tells of none", () => {
    const id = withoutTarget("rm-staging:R-1");
    assert.equal(id, "secret:R-1");
    assert.equal(targetIn(id), undefined);
  });

  it("loses no more than the target, and nothing when it has none any more", () => {
    assert.equal(withoutTarget("rm-staging:R:1"), "secret:R:1");
    assert.equal(withoutTarget("secret:R-1"), "secret:R-1");
    assert.equal(withoutTarget("rm-staging"), "secret");
  });
});
