import assert from "node:assert/strict";
import fc from "fast-check";
import {
  maySpeakOf,
  parseReceipt,
  receiptOf,
  receiptValue,
  type MarkedRequest,
} from "../../../../provider/src/copy/marks";

const time = "2026-11-25T06:08:33Z";

const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,20}$/);
const requestId = fc.option(
  fc.uuid().map((id) => id.toUpperCase()),
  { nil: undefined },
);

describe("a receipt", () => {
  it("comes back from its tag as it was written, and the tag is short enough", () => {
    fc.assert(
      fc.property(fc.dictionary(name, name, { minKeys: 1, maxKeys: 50 }), requestId, (names, id) => {
        const receipt = receiptOf(requestOf(names), time, id);
        const value = receiptValue(receipt);
        assert.ok(value.length <= 128, value);
        assert.deepEqual(parseReceipt(value), receipt);
      }),
    );
  });

  it("speaks of every database that its copy makes, whatever its capitals", () => {
    fc.assert(
      fc.property(fc.dictionary(name, name, { minKeys: 1, maxKeys: 50 }), (names) => {
        const receipt = receiptOf(requestOf(names), time, undefined);
        for (const target of Object.values(names)) {
          assert.ok(maySpeakOf(receipt, target.toUpperCase()));
        }
      }),
    );
  });

  it("does not speak of other databases", () => {
    const receipt = receiptOf(requestOf({ crm: "orders", billing: "billing_qa" }), time, undefined);
    assert.equal(maySpeakOf(receipt, "orders"), true);
    for (const other of ["crm", "billing", "shop"]) assert.equal(maySpeakOf(receipt, other), false, other);
  });

  it("without names may speak of anything", () => {
    const receipt = parseReceipt(`pending:01234567:${time}`);
    assert.ok(receipt);
    assert.deepEqual(receipt, { copy: "01234567", time, names: undefined });
    assert.ok(maySpeakOf(receipt, "orders"));
  });

  it("is nothing that somebody else wrote under its key", () => {
    for (const text of [undefined, "", "yes", "pending:0123:2026", `a:b:${time}`, `:01234567:${time}`]) {
      assert.equal(parseReceipt(text), undefined, text);
    }
  });
});

function requestOf(names: Readonly<Record<string, string>>): MarkedRequest {
  return {
    sourceDbInstanceId: "rm-prod",
    targetDbInstanceId: "rm-qa",
    names,
    restorePoint: { backupId: "1001" },
    syncUserPrivilege: false,
    generation: 0,
  };
}
