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

  it("of what is created in the place of what is deleted: under the URN that the old state has", () => {
    const memory = processMemory();
    const creation = { targetDbInstanceId: "rm-staging", targetNames: ["orders"], adoptExisting: false };
    memory.sawCreation("urn:a", creation);
    memory.sawOld("urn:new", "urn:old", old);
    memory.sawCreation("urn:new", creation);
    memory.sawCreation(undefined, creation);
    const urns = ["urn:a", "urn:old", "urn:new", undefined];
    assert.deepEqual(
      urns.map((urn) => memory.creationOf(urn)),
      [creation, creation, undefined, undefined],
    );
  });

  it("of one that was only let go: no data of it was dropped", () => {
    const memory = processMemory();
    memory.sawOld("urn:a", "urn:a", old);
    memory.deleted("urn:a", false);
    assert.deepEqual([memory.oldOf("urn:a"), memory.deletedOf("urn:a")], [undefined, undefined]);
  });

  it("what is declared at all, whatever its case", () => {
    const memory = processMemory();
    memory.claim("rm-1", "orders", "urn:a");
    const declared = [
      ["rm-1", "ORDERS"],
      ["rm-2", "orders"],
      ["rm-1", "crm"],
    ] as const;
    assert.deepEqual(
      declared.map(([target, name]) => memory.isClaimed(target, name)),
      [true, false, false],
    );
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
