import assert from "node:assert/strict";
import {
  heldPoints,
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

  it("needs none where all of several are filled, whatever was adopted looks like", () => {
    const both = { orders: "orders", crm: "crm" };
    const { status: _, ...unlooked } = orders;
    const isNeededForBoth = (crm: Records[string] | undefined) =>
      needsUpdate({ records: { orders, ...(crm ? { crm } : {}) }, isUnfinished: false, marksOn: true }, both);
    assert.equal(isNeededForBoth({ ...orders, target: "crm" }), false);
    assert.equal(isNeededForBoth({ ...unlooked, target: "crm" }), false);
    assert.equal(isNeededForBoth({ phase: "adopted", target: "crm", status: "Offline" }), false);
    assert.equal(isNeededForBoth({ ...orders, target: "crm", phase: "filling" }), true);
    assert.equal(isNeededForBoth(undefined), true);
  });

  it("needs an update for what never had a mark, unless marks are off", () => {
    const isNeededFor = (records: Records, marksOn: boolean) =>
      needsUpdate({ records, isUnfinished: false, marksOn }, { orders: "orders", crm: "crm" });
    const records: Records = { orders: { ...orders, unmarked: true }, crm: { ...orders, target: "crm" } };
    assert.equal(isNeededFor(records, true), true);
    assert.equal(isNeededFor(records, false), false);
  });

  it("holds the points of the declared copies and the kept one, and none where all names are new", () => {
    const kept = { kind: "time", restoreTime: "2026-11-27T18:30:05Z" } as const;
    const crm = { phase: "adopted", target: "crm" } as const;
    assert.deepEqual(heldPoints({ orders, crm }, kept, ["Orders", "crm", "billing"]), [point, kept]);
    assert.deepEqual(heldPoints({ orders }, undefined, ["orders"]), [point]);
    assert.deepEqual(heldPoints({ crm }, undefined, ["crm"]), []);
    assert.deepEqual(heldPoints({ orders, crm }, kept, ["billing"]), []);
    assert.deepEqual(heldPoints({}, kept, ["billing"]), [kept]);
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
    const overlap = { names: ["crm", "orders"], hadNames: ["billing", "Orders"] };
    assert.equal(problem({ retain: true, isReplaced: true, ...overlap }), "retained");
    const switchedOff = { ...allRules, refuseRetained: false };
    assert.equal(
      optionProblem({ ...options, retain: true, isReplaced: true, ...overlap }, switchedOff),
      undefined,
    );
  });
});
