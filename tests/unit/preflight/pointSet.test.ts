import assert from "node:assert/strict";
import { backupsHolding } from "../../../provider/src/preflight/pointSet";
import { pointSet } from "../../../provider/src/preflight/pointSet";
import type { RestorePointChoice } from "../../../provider/src/copy/restorePoint";
import { at, backupSet, knownOf } from "./known";

const sets = [
  backupSet({ backupId: "b-1", endTime: at("02:30"), databases: ["orders"] }),
  backupSet({ backupId: "b-2", endTime: at("03:30"), databases: ["crm"] }),
  backupSet({ backupId: "b-3", endTime: at("04:30"), status: "Failed", databases: ["billing"] }),
];
const latest: RestorePointChoice = { kind: "latest" };
const named = (backupId: string): RestorePointChoice => ({ kind: "backup", backupId });
const moment = (time: string): RestorePointChoice => ({ kind: "time", restoreTime: at(time) });

describe("the set that a copy would be made from", () => {
  const choices: readonly (readonly [string, RestorePointChoice, readonly string[], string | undefined])[] = [
    ["is the named one", named("b-1"), [], "b-1"],
    ["is the named one, whatever it holds", named("b-1"), ["crm"], "b-1"],
    ["is the named one, also where it failed", named("b-3"), [], "b-3"],
    ["is none where the named one is not there", named("b-9"), [], undefined],
    ["is the newest usable one", latest, [], "b-2"],
    ["is the newest one that holds what is wanted", latest, ["orders"], "b-1"],
    ["is none where no usable one holds what is wanted", latest, ["billing"], undefined],
    ["is the newest usable one before the moment", moment("12:00"), [], "b-2"],
    ["is the one that ended at the moment exactly", moment("03:30"), [], "b-2"],
    ["is the one before, a second earlier", moment("03:29:59"), [], "b-1"],
    ["is none before all of them", moment("02:29:59"), [], undefined],
    ["is for a moment whichever the chain begins with", moment("12:00"), ["orders"], "b-2"],
  ];
  for (const [what, choice, sources, expected] of choices)
    it(what, () => {
      assert.equal(pointSet(choice, sets, sources)?.backupId, expected);
    });
});

describe("whether a backup is known to hold a database", () => {
  const holds = (choice: RestorePointChoice | undefined, name: string, backups = sets) =>
    backupsHolding(knownOf({ plan: { choice }, backups }), name);

  it("is any usable one's to tell when the latest is wanted", () => {
    assert.equal(holds(latest, "crm"), true);
    assert.equal(holds(latest, "orders"), true);
    assert.equal(holds(latest, "billing"), false);
  });

  it("is the named one's to tell alone", () => {
    assert.equal(holds(named("b-1"), "orders"), true);
    assert.equal(holds(named("b-1"), "crm"), false);
    assert.equal(holds(named("b-3"), "billing"), true);
    assert.equal(holds(named("b-9"), "orders"), false);
  });

  it("is the one's to tell that a moment begins with", () => {
    assert.equal(holds(moment("12:00"), "crm"), true);
    assert.equal(holds(moment("12:00"), "orders"), false);
  });

  it("does not hang on the case of the name", () => {
    assert.equal(holds(named("b-1"), "Orders"), true);
  });

  it("is not known of sets that do not tell what they hold", () => {
    assert.equal(holds(latest, "orders", [backupSet()]), false);
    assert.equal(holds(named("b-1"), "orders", [backupSet()]), false);
  });

  it("is not known without the backups, or the choice", () => {
    assert.equal(backupsHolding(knownOf(), "orders"), false);
    assert.equal(holds(undefined, "orders"), false);
    assert.equal(backupsHolding(knownOf({ plan: { choice: undefined } }), "orders"), false);
  });
});
