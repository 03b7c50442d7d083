import assert from "node:assert/strict";
import { processMemory } from "../../../../provider/src/lifecycle/memory";

const old = { targetDbInstanceId: "rm-staging", targetNames: ["orders"], generation: 0 };

describe("what a run remembers", () => {
  it("of an old state: until it is deleted, and that it was", () => {
    const memory = processMemory();
    assert.equal(memory.oldOf("urn:a"), undefined);
    assert.equal(memory.deletedOf("urn:a"), undefined);
    memory.sawOld("urn:a", "urn:a", old);
    assert.equal(memory.oldOf("urn:a"), old);
    assert.equal(memory.deletedOf("urn:a"), undefined);
    memory.deleted("urn:a", true);
    assert.equal(memory.oldOf("urn:a"), undefined);
    assert.equal(memory.deletedOf("urn:a"), old);
  });

  it("of one whose URN has changed: it is deleted under its old one", () => {
    const memory = processMemory();
    memory.sawOld("urn:new", "urn:old", old);
    memory.deleted("urn:new", true);
    assert.equal(memory.oldOf("urn:new"), old);
    memory.deleted("urn:old", true);
    assert.equal(memory.oldOf("urn:new"), undefined);
    assert.equal(memory.deletedOf("urn:new"), old);
  });

  it("of a state that was written before there were URNs in it: it is that of the new one", () => {
    const memory = processMemory();
    memory.sawOld("urn:a", undefined, old);
    memory.deleted("urn:a", true);
    assert.equal(memory.deletedOf("urn:a"), old);
  });

  it("nothing of a resource without a URN", () => {
    const memory = processMemory();
    memory.sawOld(undefined, undefined, old);
    memory.deleted(undefined, true);
    assert.equal(memory.oldOf(undefined), undefined);
    assert.equal(memory.deletedOf(undefined), undefined);
  });

  it("what was said: it is news once", () => {
    const memory = processMemory();
    assert.deepEqual([memory.isNews("a"), memory.isNews("a"), memory.isNews("b")], [true, false, true]);
  });

  it("who has declared a database first, whatever its case, and lets it be declared again by the same", () => {
    const memory = processMemory();
    assert.equal(memory.claim("rm-1", "orders", "urn:a"), undefined);
    assert.equal(memory.claim("rm-1", "orders", "urn:a"), undefined);
    assert.equal(memory.claim("rm-1", "ORDERS", "urn:b"), "urn:a");
    assert.equal(memory.claim("rm-1", "orders", "urn:c"), "urn:a");
    assert.equal(memory.claim("rm-2", "orders", "urn:b"), undefined);
    assert.equal(memory.claim("rm-1", "crm", "urn:b"), undefined);
  });
});
