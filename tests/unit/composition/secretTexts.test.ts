import assert from "node:assert/strict";
import { veilOf } from "../../../provider/src/engine/secretTexts";

const veil = veilOf({
  secretInputs: ["dbNames", "targetDbInstanceId", "requireTargetTags"],
  sourceDbInstanceId: "rm-source",
  targetDbInstanceId: "rm-target",
  dbNames: { orders: "orders_old", "a.b": "x" },
  requireTargetTags: { env: "staging-7" },
});

describe("sentences about secrets", () => {
  it("name none of their values, neither source nor target names, and in no other case", () => {
    assert.equal(
      veil("Copies orders as Orders_Old from rm-source to rm-target (a.b, staging-7)."),
      "Copies [secret] as [secret] from rm-source to [secret] ([secret], [secret]).",
    );
  });

  it("keep every other word, also one that holds a secret name as its part", () => {
    assert.equal(
      veil("reorders; rm-target-2; env; a-b; xylophone"),
      "reorders; rm-target-2; env; a-b; xylophone",
    );
  });

  it("hide every name of a comma list", () => {
    const text = veilOf({ secretInputs: ["dbNames"], dbNames: "orders, crm" })("crm and orders: Running");
    assert.equal(text, "[secret] and [secret]: Running");
  });

  it("hide names that a state still records from before", () => {
    const text = veilOf({
      secretInputs: ["dbNames"],
      dbNames: { orders: "orders_new" },
      names: { orders: "orders_old" },
      databases: { orders_old: { sourceName: "orders", targetName: "orders_old", status: "Running" } },
    });
    assert.equal(text("orders_old: Running; orders_new: Running"), "[secret]: Running; [secret]: Running");
  });

  it("of an old state are hidden as well as those of the new inputs", () => {
    const both = veilOf(
      { secretInputs: ["dbNames"], dbNames: ["before"] },
      { secretInputs: ["dbNames"], dbNames: ["after"] },
    );
    assert.equal(both("before, after"), "[secret], [secret]");
  });

  it("are left as they are when nothing is a secret", () => {
    assert.equal(veilOf({ dbNames: ["orders"] })("orders"), "orders");
  });
});
