import assert from "node:assert/strict";
import { listNames, listPairs, sameName, toDatabaseNames } from "../../../../provider/src/copy/databaseNames";

describe("names of databases", () => {
  it("are one map, however they were written", () => {
    const same = { orders: "orders", crm: "crm" };
    assert.deepEqual(toDatabaseNames("orders, crm ,"), same);
    assert.deepEqual(toDatabaseNames(["orders", "crm", ""]), same);
    assert.deepEqual(toDatabaseNames({ orders: "o2" }), { orders: "o2" });
  });

  it("are the same without regard to case, and only then", () => {
    assert.ok(sameName("Orders", "oRDERS"));
    assert.ok(!sameName("orders", "orders_"));
  });

  it("are listed as a sentence does", () => {
    assert.equal(listNames([]), "no database");
    assert.equal(listNames(["orders"]), "orders");
    assert.equal(listNames(["orders", "crm"]), "orders and crm");
    assert.equal(listNames(["orders", "crm", "billing"]), "orders, crm and billing");
    assert.equal(listPairs({ orders: "orders", crm: "crm2" }), "orders and crm as crm2");
  });
});
