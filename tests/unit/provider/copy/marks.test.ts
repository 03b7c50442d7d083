import assert from "node:assert/strict";
import fc from "fast-check";
import {
  copyHash,
  isMark,
  isReceiptKey,
  markOf,
  markPrefix,
  maySpeakOf,
  parseReceipt,
  receiptKey,
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
    assert.equal(parseReceipt(`a:pending:01234567:${time}`), undefined);
    assert.equal(parseReceipt(`pending:01234567:${time} and more`), undefined);
  });

  it("tells the names of up to twelve databases, and no more than that there are others", () => {
    const many = (count: number) =>
      requestOf(
        Object.fromEntries(Array.from({ length: count }, (_, index) => [`db${index}`, `db${index}`])),
      );
    assert.equal(receiptOf(many(12), time, undefined).names?.length, 12);
    const more = receiptOf(many(13), time, undefined);
    assert.equal(more.names, undefined);
    assert.match(receiptValue(more), /:\*$/);
  });

  it("is known by its key, which is of one resource", () => {
    assert.ok(isReceiptKey(receiptKey("urn:a")));
    assert.ok(receiptKey("urn:a").length <= 64);
    assert.notEqual(receiptKey("urn:a"), receiptKey("urn:b"));
    assert.ok(!isReceiptKey("env") && !isReceiptKey(""));
  });
});

describe("a mark", () => {
  const request = requestOf({ orders: "orders", crm: "crm2" });

  it("is of one database of a copy, of one resource, and a description that the service takes", () => {
    const mark = markOf("urn:a", request, "orders");
    assert.ok(isMark(mark) && mark.startsWith(markPrefix("urn:a")));
    assert.match(mark, /^[a-z][a-z0-9_-]+$/);
    assert.equal(markOf("urn:a", requestOf({ orders: "orders" }), "orders"), mark);
    assert.notEqual(markOf("urn:a", request, "crm"), mark);
    assert.notEqual(markOf("urn:a", requestOf({ orders: "orders_2" }), "orders"), mark);
    assert.ok(!markOf("urn:b", request, "orders").startsWith(markPrefix("urn:a")));
  });

  it("is nothing that only holds one", () => {
    const mark = markOf("urn:a", request, "orders");
    for (const text of [`${mark}0`, `a${mark}`, ` ${mark}`, mark.toUpperCase(), mark.slice(0, -1), ""])
      assert.ok(!isMark(text), text);
  });

  it("tells every part of a request from another, but not the order of its names", () => {
    const hash = copyHash(request);
    assert.equal(copyHash(requestOf({ crm: "crm2", orders: "orders" })), hash);
    for (const change of [
      { sourceDbInstanceId: "rm-other" },
      { targetDbInstanceId: "rm-other" },
      { names: { orders: "orders", crm: "crm3" } },
      { restorePoint: { backupId: "1002" } },
      { restorePoint: { restoreTime: time } },
      { syncUserPrivilege: true },
      { generation: 1 },
    ]) {
      assert.notEqual(copyHash({ ...request, ...change }), hash, JSON.stringify(change));
    }
  });

  it("and a receipt are written for ever: a later version knows those of this one", () => {
    assert.equal(markOf("urn:a", request, "crm"), "pulumi-558181ea170c-c1921f47");
    assert.equal(receiptKey("urn:a"), "pulumi-database-copy:558181ea170c");
    assert.equal(
      receiptValue(receiptOf(request, time, undefined)),
      "pending:7298f2c9:2026-11-25T06:08:33Z:1c16.a88a",
    );
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
