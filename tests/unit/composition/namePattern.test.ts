import assert from "node:assert/strict";
import { patternedNames, patternProblem } from "../../../provider/src/program/namePattern";

const words = { environment: "QA", source: "shop", target: "qa1" };

describe("names by a pattern", () => {
  it("fill in every placeholder, for a list and for a comma list", () => {
    assert.deepEqual(patternedNames(["orders", "crm"], "{name}_{environment}_{source}_{target}", words), {
      orders: "orders_qa_shop_qa1",
      crm: "crm_qa_shop_qa1",
    });
    assert.deepEqual(patternedNames("orders, crm", "{target}-{name}", words), {
      orders: "qa1-orders",
      crm: "qa1-crm",
    });
  });

  it("are in lower case where the pattern changes them, and as they were where it does not", () => {
    assert.deepEqual(patternedNames(["Orders"], "{name}_{environment}", words), { Orders: "orders_qa" });
    assert.deepEqual(patternedNames(["Orders"], "{name}", words), { Orders: "Orders" });
  });

  it("leave alone what a map says", () => {
    assert.deepEqual(patternedNames({ orders: "Mine" }, "{name}_{environment}", words), { orders: "Mine" });
  });

  it("are not made of a list that holds anything but names", () => {
    const sentence =
      /holds names only, and \{\} is none\. For another name on the target write \{ orders: "orders_2026" \}/;
    assert.throws(() => patternedNames(["crm", {}], "{name}", words), sentence);
  });

  it("keep text that only looks like a replacement pattern", () => {
    assert.deepEqual(patternedNames(["a$&b"], "{name}_x", words), { "a$&b": "a$&b_x" });
  });

  it("are refused with a sentence: unknown placeholders, and patterns without the name", () => {
    assert.match(patternProblem("{name}_{env}") ?? "", /holds \{env\}; known are \{name\}, \{environment\}/);
    assert.match(patternProblem("{environment}") ?? "", /lacks \{name\}/);
    assert.equal(patternProblem("{name}_{environment}"), undefined);
  });
});
