import assert from "node:assert/strict";
import { markPrefix, receiptOf, type MarkedRequest } from "../../../../provider/src/copy/marks";
import { warnOfStrays, type StraysOptions } from "../../../../provider/src/lifecycle/strays";
import type { DatabaseFacts } from "../../../../provider/src/rds/rdsApi";
import { testRun, type TestRun } from "./testRun";

const urn = "urn:pulumi:prod::shop::DatabaseCopy::data";
const inputs = { resourceUrn: urn, targetDbInstanceId: "rm-target", dbNames: { orders: "orders" } };
const ownMark = `${markPrefix(urn)}0123abcd`;
const othersMark = `${markPrefix("urn:of:another")}0123abcd`;
const there = (name: string, description = ownMark): DatabaseFacts => ({
  name,
  status: "Running",
  description,
});

const request: MarkedRequest = {
  sourceDbInstanceId: "rm-prod",
  targetDbInstanceId: "rm-target",
  names: { crm: "crm" },
  restorePoint: { backupId: "1001" },
  syncUserPrivilege: false,
  generation: 0,
};
const receipt = receiptOf(request, "2026-03-01T02:00:00Z", "R-1");

function said(options: Partial<StraysOptions>, prepare?: (run: TestRun) => void): readonly string[] {
  const run = testRun();
  prepare?.(run);
  const all = { inputs, listed: [there("orders"), there("crm")], ...options };
  warnOfStrays(all, run);
  warnOfStrays(all, run);
  return run.said;
}

describe("what a resource seems to have made that nobody tells of", () => {
  it("is what carries its mark: said once, with what to do", () => {
    assert.deepEqual(said({}), [
      "warn: crm on rm-target is not declared, and the state does not tell of it (in the description: the mark of this resource). " +
        'A run that was cut off or could not be recorded made it before the program was changed, or "retainOnDelete" kept it. ' +
        "It is left as it is: declare it again to have it taken up, or drop it yourself.",
    ]);
    assert.match(
      said({ inputs: { ...inputs, dbNames: {} } }).join(),
      /^warn: orders and crm on rm-target are not declared/,
    );
  });

  it("is nothing that is known, whatever its case, and nothing of others", () => {
    const crm = { sourceName: "crm", targetName: "crm", status: "Running", origin: "copied" } as const;
    const inCapitals = { ...inputs, dbNames: { orders: "ORDERS" } };
    assert.deepEqual(said({ inputs: inCapitals, recorded: { Crm: crm } }), []);
    assert.deepEqual(said({ listed: [there("crm", ""), there("billing", othersMark)] }), []);
  });

  it("is what a receipt may speak of, unless it carries a mark", () => {
    const listed = [there("crm", ""), there("billing", "")];
    assert.match(
      said({ listed, receipt }).join(),
      /^warn: crm on rm-target is not declared.*\(on the instance: the receipt/,
    );
    assert.deepEqual(said({ listed: [there("crm", othersMark)], receipt }), []);
    assert.deepEqual(said({ listed: [there("crm", "")], receipt: { ...receipt, names: undefined } }), []);
  });

  it("is nothing that another resource of the run declares, or the original of a replacement", () => {
    assert.deepEqual(
      said({}, ({ memory }) => void memory.claim("rm-target", "CRM", "urn:of:another")),
      [],
    );
    assert.equal(said({}, ({ memory }) => void memory.claim("rm-other", "crm", "urn:of:another")).length, 1);
    const old = { targetDbInstanceId: "rm-target", targetNames: ["crm"], generation: 0 };
    assert.deepEqual(
      said({}, ({ memory }) => memory.sawOld(urn, urn, old)),
      [],
    );
  });

  it("is not looked for without marks, without a URN, and where original and replacement stand side by side", () => {
    assert.deepEqual(said({ inputs: { ...inputs, ownershipMarks: false } }), []);
    const { resourceUrn: _, ...nameless } = inputs;
    assert.deepEqual(said({ inputs: nameless }), []);
    assert.deepEqual(said({ inputs: { ...inputs, createFirst: true } }), []);
  });
});
