import assert from "node:assert/strict";
import { laws, product, type Law } from "../../model/product";

describe("judge over the whole product of evidence", () => {
  const all = product();

  it("judges every kind of evidence there is", () => {
    assert.equal(all.total, 211_200);
    assert.deepEqual(Object.fromEntries([...all.kinds].sort()), {
      absent: 3_420,
      adopted: 51_480,
      expected: 1_860,
      needsTasks: 2_754,
      ours: 55_746,
      "theirs: copyFailed": 2_754,
      "theirs: markGone": 720,
      "theirs: otherOwner": 34_344,
      "theirs: othersIntent": 17_280,
      "theirs: unclaimed": 720,
      "theirs: unproven": 5_778,
      "theirs: unrecorded": 34_344,
    });
  });

  for (const law of Object.keys(laws) as Law[]) {
    it(laws[law], () => assert.equal(all.broken.get(law) ?? 0, 0));
  }

  it("lets less evidence turn theirs into ours only in these cases", () => {
    assert.deepEqual([...all.lessIsMore.keys()].sort(), [
      "without claim: unproven",
      "without others' intent: othersIntent",
      "without the mark: otherOwner",
      "without the mark: otherOwner, marks off",
      "without the mark: unrecorded",
      "without the mark: unrecorded, marks off",
      "without the newer intent: unproven",
      "without the older intent: unproven",
      "without the tasks: copyFailed",
    ]);
  });
});
