import assert from "node:assert/strict";
import {
  holdsOtherData,
  needsUpdate,
  optionProblem,
  type Options,
} from "../../../provider/src/ownership/change";
import type { Records } from "../../../provider/src/ownership/record";
import { allRules } from "../../../provider/src/ownership/rules";

const point = { kind: "backup", backupId: "2" } as const;
const orders = {
  phase: "filled",
  id: "orders00",
  point,
  target: "orders",
  source: "orders",
  status: "Running",
} as const;
const names = { orders: "orders" };
const latest = { kind: "latest" } as const;

describe("change", () => {
  const isNeeded = (records: Records, isUnfinished = false) =>
    needsUpdate({ records, isUnfinished, marksOn: true }, names);

  it("needs an update for a missing, filling, undeclared or foreign database, one that is out of order, and after an unfinished run", () => {
    assert.equal(isNeeded({ orders }), false);
    assert.equal(isNeeded({ Orders: orders }), false);
    assert.equal(isNeeded({ orders: { phase: "adopted", target: "orders" } }), false);
    assert.equal(isNeeded({ orders }, true), true);
    assert.equal(isNeeded({}), true);
    assert.equal(isNeeded({ orders: { ...orders, phase: "filling" } }), true);
    assert.equal(isNeeded({ orders, crm: { ...orders, target: "crm" } }), true);
    assert.equal(isNeeded({ orders: { ...orders, status: "Foreign" } }), true);
    assert.equal(isNeeded({ orders: { ...orders, status: "Offline" } }), true);
  });

  it("is a replacement for another restore point or another source, never for what was adopted or claimed", () => {
    assert.deepEqual(holdsOtherData({ orders }, names, latest), []);
    assert.deepEqual(holdsOtherData({ orders }, names, { kind: "backup", backupId: "2" }), []);
    assert.deepEqual(holdsOtherData({ orders }, names, { kind: "backup", backupId: "1" }), ["orders"]);
    assert.deepEqual(holdsOtherData({ orders }, { old_orders: "orders" }, latest), ["orders"]);
    assert.deepEqual(holdsOtherData({ orders: { ...orders, otherSource: "0000" } }, names, latest), [
      "orders",
    ]);
    const { source: _, ...claimed } = orders;
    assert.deepEqual(holdsOtherData({ orders: claimed }, { old_orders: "orders" }, latest), []);
    assert.deepEqual(
      holdsOtherData({ orders: { phase: "adopted", target: "orders" } }, names, {
        kind: "backup",
        backupId: "1",
      }),
      [],
    );
    assert.deepEqual(holdsOtherData({}, names, { kind: "backup", backupId: "1" }), []);
  });

  it("refuses options that contradict each other", () => {
    const options: Options = {
      adopt: false,
      marksOn: true,
      isReplaced: false,
      createFirst: false,
      retain: false,
      names: ["orders"],
      hadNames: ["Orders"],
    };
    const problem = (more: Partial<Options>) => optionProblem({ ...options, ...more }, allRules);
    assert.equal(problem({}), undefined);
    assert.equal(problem({ adopt: true, marksOn: false }), "adoptNeedsMarks");
    assert.equal(problem({ createFirst: true }), undefined);
    assert.equal(problem({ createFirst: true, isReplaced: true }), "createFirst");
    assert.equal(problem({ retain: true }), undefined);
    assert.equal(problem({ retain: true, isReplaced: true }), "retained");
    assert.equal(problem({ retain: true, isReplaced: true, names: ["crm"] }), undefined);
  });
});
