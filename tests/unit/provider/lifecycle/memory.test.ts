import assert from "node:assert/strict";
import type { CopyInputs } from "../../../../provider/src/lifecycle/inputs";
import { processMemory } from "../../../../provider/src/lifecycle/memory";
import { stateOf, type CopyState } from "../../../../provider/src/lifecycle/state";

const inputsOf = (resourceUrn: string, names: readonly string[] = ["orders"]): CopyInputs => ({
  sourceDbInstanceId: "rm-prod",
  targetDbInstanceId: "rm-staging",
  dbNames: Object.fromEntries(names.map((name) => [name, name])),
  resourceUrn,
});

function saved(resourceUrn: string, names?: readonly string[]): CopyState {
  const foundAt = { region: "cn-hangzhou", endpoint: "here" };
  const inputs = inputsOf(resourceUrn, names);
  return stateOf({ ...inputs, foundAt, owner: "owner0000000", databases: {}, startedAt: "" });
}

describe("memory of a process", () => {
  it("tells a delete what is created in its place, by all the names that the resource had", () => {
    const memory = processMemory();
    memory.sawFormer("urn:new", { inputs: inputsOf("urn:middle") });
    memory.sawFormer("urn:new", { inputs: saved("urn:old", ["crm"]) });
    memory.sawCreation("urn:new", inputsOf("urn:new", ["billing"]));
    for (const urn of ["urn:new", "urn:middle", "urn:old"])
      assert.equal(memory.creationAfter(saved(urn))?.resourceUrn, "urn:new", urn);
    assert.equal(memory.creationAfter(saved("urn:other")), undefined);
  });

  it("tells by its databases a resource whose state has a name that it does not know, or that is another one's now", () => {
    const memory = processMemory();
    memory.sawCreation("urn:old", inputsOf("urn:old", ["billing"]));
    memory.sawFormer("urn:new", { inputs: inputsOf("urn:new", ["Orders"]) });
    memory.sawCreation("urn:new", inputsOf("urn:new"));
    for (const urn of ["urn:unheard", "urn:old"]) {
      assert.equal(memory.creationAfter(saved(urn))?.resourceUrn, "urn:new");
      assert.equal(memory.urnOf(saved(urn)), "urn:new");
    }
  });

  it("forgets a creation at its start: what is deleted after that is deleted for good", () => {
    const memory = processMemory();
    memory.sawFormer("urn:a", { inputs: inputsOf("urn:a") });
    memory.sawCreation("urn:a", inputsOf("urn:a"));
    assert.equal(memory.deletedOf("urn:a"), undefined);
    memory.deleted(saved("urn:a"));
    assert.ok(memory.deletedOf("urn:a"));
    assert.equal(memory.formerOf("urn:a"), undefined);
    memory.creating("urn:a");
    assert.equal(memory.creationAfter(saved("urn:a")), undefined);
    assert.ok(memory.deletedOf("urn:a"));
  });

  it("knows by its databases what is deleted although the program declares it (destroy --run-program)", () => {
    const memory = processMemory();
    memory.sawFormer("urn:new", { inputs: inputsOf("urn:new") });
    assert.equal(memory.creationAfter(saved("urn:old")), undefined);
    assert.equal(memory.urnOf(saved("urn:old")), "urn:new");
    assert.equal(memory.urnOf(saved("urn:old", ["crm"])), "urn:old");
  });
});
