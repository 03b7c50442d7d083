import assert from "node:assert/strict";
import { readableTags } from "../../../../provider/src/copy/readableTags";
import { failures } from "../scriptedRds";

const read = (answer: Error | Record<string, string>) =>
  readableTags(
    { listTags: () => (answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)) },
    "rm-staging",
  );

describe("the tags of an instance", () => {
  it("are none where they may not be read", async () => {
    assert.deepEqual(await read({ a: "b" }), { a: "b" });
    assert.deepEqual(await read(failures.denied()), {});
    assert.deepEqual(await read(failures.refused()), {});
  });

  for (const kind of ["notFound", "busy", "throttled", "signIn", "unreachable", "unknown"] as const) {
    it(`are not none because a call was ${kind}: that would pass for no receipt`, () =>
      assert.rejects(read(failures[kind]()), { name: "RdsFailure", kind }));
  }

  it("are not none because of a defect", () => assert.rejects(read(new TypeError("a defect")), TypeError));
});
