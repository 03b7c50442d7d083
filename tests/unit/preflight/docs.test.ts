import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { findingCodes } from "../../../provider/src/preflight/finding";
import { ramAction, rdsActions } from "../../../provider/src/rds/permissions";

describe("docs/preflight.md", () => {
  const text = readFileSync(join(__dirname, "../../../docs/preflight.md"), "utf8");

  it("has every finding with its severity, and no other", () => {
    const rows = [...text.matchAll(/^\| `([a-z-]+)` \| (\w+) \|/gm)].map(([, code, severity]) => [
      code,
      severity,
    ]);
    assert.deepEqual(Object.fromEntries(rows), findingCodes);
  });

  it("has every permission, and no other", () => {
    const named = new Set([...text.matchAll(/`(rds:\w+)`/g)].map(([, action]) => action));
    assert.deepEqual([...named].sort(), rdsActions.map(ramAction).sort());
  });
});
