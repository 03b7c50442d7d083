import assert from "node:assert/strict";
import { laws, product, type Law } from "../../model/product";

describe("judge over the whole product of evidence", () => {
  // In the first test, so that a mutant of the judge is one of that test and not of the loading of all files.
  let judged: ReturnType<typeof product> | undefined;
  const all = () => (judged ??= product());

  it("judges every kind of evidence there is", () => {
    assert.equal(all().total, 264_000);
    assert.deepEqual(Object.fromEntries([...all().kinds].sort()), {
      absent: 4_140,
      adopted: 51_480,
      expected: 2_460,
      needsTasks: 3_672,
      ours: 75_384,
      "theirs: copyFailed": 3_672,
      "theirs: markGone": 720,
      "theirs: otherOwner": 45_504,
      "theirs: othersIntent": 23_040,
      "theirs: unclaimed": 720,
      "theirs: unproven": 7_704,
      "theirs: unrecorded": 45_504,
    });
  });

  for (const law of Object.keys(laws) as Law[]) {
    it(laws[law], () => assert.equal(all().broken.get(law) ?? 0, 0));
  }

  it("lets less evidence turn theirs into ours only in these cases", () => {
    assert.deepEqual([...all().lessIsMore.keys()].sort(), [
      // By a record that never had a mark (L9).
      "without all our intents: copyFailed",
      "without all our intents: unproven",
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
