import assert from "node:assert/strict";
import { countCopies, operationsAtATime } from "../../../../provider/src/lifecycle/manyCopies";

describe("more copies than Pulumi runs at a time", () => {
  it("the number is that of PULUMI_PARALLEL, else four per processor", () => {
    assert.equal(operationsAtATime({ PULUMI_PARALLEL: "20" }, 2), 20);
    for (const text of ["", "0", "-1", "many", "1e99"])
      assert.equal(operationsAtATime({ PULUMI_PARALLEL: text }, 2), 8, text);
    assert.equal(operationsAtATime({}, 4), 16);
  });

  it("is told once, with the first copy that waits, and a copy that is foreseen twice counts once", () => {
    const copies = countCopies(2);
    const hints = ["a", "a", "b", "b", "c", "c", "d"].map((urn) => copies.foresees(urn));
    assert.deepEqual(
      hints.map((hint) => hint !== undefined),
      [false, false, false, false, true, false, false],
    );
    assert.match(hints[4] ?? "", /\(2 operations\).*--parallel/);
  });
});
