import assert from "node:assert/strict";
import type { CopyInputs } from "../../../../provider/src/lifecycle/inputs";
import { processMemory, type Memory } from "../../../../provider/src/lifecycle/memory";
import type { DatabaseRecord } from "../../../../provider/src/ownership/record";
import { stateOf, type CopyState } from "../../../../provider/src/lifecycle/state";

const inputsOf = (resourceUrn: string, names: readonly string[] = ["orders"]): CopyInputs => ({
  sourceDbInstanceId: "rm-prod",
  targetDbInstanceId: "rm-staging",
  dbNames: Object.fromEntries(names.map((name) => [name, name])),
  resourceUrn,
});

function saved(resourceUrn: string, names: readonly string[] = ["orders"]): CopyState {
  const foundAt = { region: "cn-hangzhou", endpoint: "here" };
  const inputs = inputsOf(resourceUrn, names);
  const point = { kind: "backup", backupId: "1" } as const;
  const record = (name: string): DatabaseRecord => ({
    phase: "filled",
    id: `${name} of ${resourceUrn}`,
    point,
    target: name,
  });
  const databases = Object.fromEntries(names.map((name) => [name, record(name)]));
  return stateOf({ ...inputs, foundAt, owner: `owner of ${resourceUrn}`, databases, startedAt: "" });
}

/** The URN of what is created after this state; all of them where it is not clear. */
function after(memory: Memory, state: CopyState): string | readonly string[] | undefined {
  const follower = memory.creationAfter(state);
  if (follower.kind === "unclear") return follower.urns;
  return follower.kind === "none" ? undefined : follower.inputs.resourceUrn;
}

describe("memory of a process", () => {
  it("tells a delete what is created in its place, by all the names that the resource had", () => {
    const memory = processMemory();
    memory.sawFormer("urn:new", { inputs: inputsOf("urn:middle") });
    memory.sawFormer("urn:new", { inputs: saved("urn:old", ["crm"]) });
    memory.sawCreation("urn:new", inputsOf("urn:new", ["billing"]));
    for (const urn of ["urn:new", "urn:middle", "urn:old"])
      assert.equal(after(memory, saved(urn)), "urn:new", urn);
    assert.equal(after(memory, saved("urn:other")), undefined);
  });

  it("tells by its databases a resource whose state has a name that it does not know, or that is another one's now", () => {
    const memory = processMemory();
    memory.sawCreation("urn:old", inputsOf("urn:old", ["billing"]));
    memory.sawFormer("urn:new", { inputs: inputsOf("urn:new", ["Orders"]) });
    memory.sawCreation("urn:new", inputsOf("urn:new"));
    for (const urn of ["urn:unheard", "urn:old"]) {
      assert.equal(after(memory, saved(urn)), "urn:new");
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
    assert.equal(after(memory, saved("urn:a")), undefined);
    assert.ok(memory.deletedOf("urn:a"));
  });

  it("knows by its databases what is deleted although the program declares it (destroy --run-program)", () => {
    const memory = processMemory();
    memory.sawFormer("urn:new", { inputs: inputsOf("urn:new") });
    assert.equal(after(memory, saved("urn:old")), undefined);
    assert.equal(memory.urnOf(saved("urn:old")), "urn:new");
    assert.equal(memory.urnOf(saved("urn:old", ["crm"])), "urn:old");
  });

  it("knows a resource by the state that diff was given, and takes no other one for it", () => {
    const memory = processMemory();
    const [a, b] = [saved("urn:a"), saved("urn:b")];
    memory.sawFormer("urn:new", { inputs: a, state: a });
    memory.sawCreation("urn:new", inputsOf("urn:new", ["billing"]));
    assert.equal(after(memory, a), "urn:new");
    assert.equal(memory.urnOf(a), "urn:new");
    // The same names: b was taken out of the program, and what claims its databases has a state of its own.
    assert.equal(after(memory, b), undefined);
    assert.equal(memory.urnOf(b), "urn:b");
    // A new resource has the former name of another one.
    memory.sawFormer("urn:b", { inputs: a, state: { ...a, owner: "owner of another" } });
    assert.equal(memory.urnOf(saved("urn:b", ["crm"])), undefined);
    assert.equal(after(memory, saved("urn:b", ["crm"])), undefined);
  });

  it("takes what claims a database of a state for another resource, however it is called", () => {
    const memory = processMemory();
    const claiming = { ...inputsOf("urn:b"), claim: ["orders of urn:a"] };
    memory.sawCreation("urn:b", claiming);
    assert.equal(after(memory, saved("urn:a")), undefined);
    assert.equal(memory.urnOf(saved("urn:a")), "urn:a");
    memory.sawCreation("urn:b", { ...claiming, claim: ["orders of another"] });
    assert.equal(after(memory, saved("urn:a")), "urn:b");
  });

  it("takes a state that nothing matches for the one that a creation without a former makes room for", () => {
    const memory = processMemory();
    const urn = (stack: string, name: string) => `urn:pulumi:${stack}::shop::DatabaseCopy::${name}`;
    const former = saved(urn("prod", "data"));
    const moved = inputsOf(urn("prod", "copies"), ["orders_2"]);
    memory.sawCreation(moved.resourceUrn, moved);
    assert.equal(after(memory, former), moved.resourceUrn);
    assert.equal(memory.urnOf(former), moved.resourceUrn);
    memory.sawCreation(urn("prod", "more"), inputsOf(urn("prod", "more"), ["crm"]));
    assert.deepEqual(after(memory, former), [urn("prod", "copies"), urn("prod", "more")]);
    // A renamed stack leaves the names of its resources.
    memory.sawCreation(urn("production", "data"), inputsOf(urn("production", "data"), ["orders_2"]));
    assert.equal(after(memory, former), urn("production", "data"));
    // What has a former of its own is replaced itself.
    const other = saved("urn:other", ["sales"]);
    const alone = processMemory();
    alone.sawFormer("urn:other", { inputs: other, state: other });
    alone.sawCreation("urn:other", inputsOf("urn:other", ["orders_2"]));
    assert.equal(after(alone, former), undefined);
  });

  it("knows what an operation of the same process has made, and changed since", () => {
    const memory = processMemory();
    const made = saved("urn:a", ["orders", "crm"]);
    memory.creating("urn:a");
    memory.ended("urn:a", made);
    const { crm: _taken, ...databases } = made.databases;
    for (const state of [made, { ...made, databases }]) {
      assert.equal(memory.urnOf(state), "urn:a");
      assert.equal(after(memory, state), undefined);
    }
    // It has the former name of another one, which is deleted.
    assert.equal(memory.urnOf({ ...saved("urn:a", ["sales"]), owner: made.owner }), undefined);
    const bare = { ...made, databases: {} };
    assert.deepEqual([memory.urnOf(bare), memory.urnOf({ ...bare, owner: "another" })], ["urn:a", undefined]);
  });
});
