import assert from "node:assert/strict";
import { findingText, isBlocking } from "../../../provider/src/preflight/finding";

describe("a finding as people see it", () => {
  const about = { property: "dbNames", text: "Something stands against it." };

  it("that blocks: the cloud would answer so", () => {
    const finding = { ...about, code: "database-count", apiCode: "DBCountLimitExceeded" } as const;
    assert.equal(
      findingText(finding),
      "[database-count] Something stands against it. (the cloud would answer DBCountLimitExceeded)",
    );
    assert.equal(isBlocking(finding), true);
  });

  it("that only warns, or could not be found out: the cloud may answer so", () => {
    for (const code of ["backup-archived", "encryption-unclear"] as const) {
      const finding = { ...about, code, apiCode: "SomeCode" };
      assert.equal(
        findingText(finding),
        `[${code}] Something stands against it. (the cloud may answer SomeCode)`,
      );
      assert.equal(isBlocking(finding), false);
    }
  });

  it("without a code of the cloud: nothing about an answer", () => {
    assert.equal(
      findingText({ ...about, code: "backup-too-old" }),
      "[backup-too-old] Something stands against it.",
    );
  });
});
