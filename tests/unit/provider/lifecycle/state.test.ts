import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readState, stateOf, type CopyState } from "../../../../provider/src/lifecycle/state";

/** Saved by version 1, and read for ever: this file is never edited. */
function golden(): Record<string, unknown> {
  const file = join(__dirname, "../../../fixtures/states/version-1.json");
  return JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
}

describe("readState", () => {
  it("a state of version 1 is read as it was saved", () => {
    assert.deepEqual(readState(golden()), golden());
  });

  it("what later versions add is no obstacle", () => {
    assert.deepEqual(readState({ ...golden(), somethingNew: { deep: true } }), golden());
  });

  const { stateVersion: _version, ...unversioned } = golden();
  const { point: _point, ...pointless } =
    (golden()["databases"] as Record<string, Record<string, unknown>>)["orders"] ?? {};
  for (const [what, saved, sentence] of [
    [
      "a state without a version",
      unversioned,
      /^The state of this resource was written by a preview version .*import-file/,
    ],
    [
      "a state of a later version",
      { ...golden(), stateVersion: 2 },
      /has the version 2; this package reads up to 1\. Install a newer version/,
    ],
    ["a version that is none", { ...golden(), stateVersion: "1" }, /has the version "1"/],
    [
      "a record without its restore point",
      { ...golden(), databases: { orders: pointless } },
      /cannot be read: databases\.orders\.point/,
    ],
    [
      "a record of an unknown phase",
      { ...golden(), databases: { orders: { phase: "copied", target: "orders" } } },
      /cannot be read: databases\.orders\.phase/,
    ],
    ["a state without an owner", { ...golden(), owner: undefined }, /cannot be read: owner/],
  ] as const) {
    it(`${what} is refused with a sentence`, () => {
      assert.throws(() => readState(saved), { name: "LifecycleError", message: sentence });
    });
  }
});

describe("dataVersion", () => {
  const point = { kind: "backup", backupId: "1" } as const;
  const filled = (target: string, id: string) => ({ phase: "filled", target, id, point }) as const;
  const open = (databases: CopyState["databases"]) => ({
    sourceDbInstanceId: "rm-prod",
    targetDbInstanceId: "rm-staging",
    dbNames: {},
    owner: "o",
    foundAt: { region: "r", endpoint: "e" },
    startedAt: "",
    databases,
  });
  const first = stateOf(open({ orders: filled("orders", "aaaaaaaa"), crm: filled("crm", "aaaaaaaa") }));

  it("changes when a database is filled again, added, or claimed", () => {
    for (const databases of [
      { orders: filled("orders", "bbbbbbbb"), crm: filled("crm", "aaaaaaaa") },
      { orders: filled("orders", "aaaaaaaa"), crm: filled("crm", "aaaaaaaa"), hr: filled("hr", "aaaaaaaa") },
    ])
      assert.notEqual(stateOf(open(databases), first).dataVersion, first.dataVersion);
  });

  it("stays when a database is dropped or lost, adopted, seen in another status, or spelt in another case", () => {
    for (const databases of [
      { orders: filled("orders", "aaaaaaaa") },
      {},
      { ORDERS: { ...filled("orders", "aaaaaaaa"), status: "Foreign" } },
      { ...first.databases, hr: { phase: "adopted", target: "hr" } as const },
    ])
      assert.equal(stateOf(open(databases), first).dataVersion, first.dataVersion);
  });
});
