import assert from "node:assert/strict";
import type { CopyPlan } from "../../../../provider/src/preflight/plan";
import type { Preflight } from "../../../../provider/src/preflight/preflight";
import { announcement } from "../../../../provider/src/lifecycle/announcement";
import type { BackupSet } from "../../../../provider/src/rds/rdsApi";

const now = Date.parse("2026-03-01T02:00:00Z");

const plan: CopyPlan = {
  sourceDbInstanceId: "rm-prod",
  targetDbInstanceId: "rm-staging",
  names: { orders: "orders" },
  moreNames: false,
  choice: { kind: "latest" },
  maxBackupAge: undefined,
  adoptExisting: false,
  ownNames: [],
  requireTargetTags: undefined,
};
const set = { backupId: "1002", endTime: "2026-02-28T18:40:00Z" } as BackupSet;

const told = (change: Partial<CopyPlan>, seen: Partial<Preflight> = {}) =>
  announcement({ ...plan, ...change }, { findings: [], ...seen }, now);

describe("the announcement of a copy", () => {
  it("says what goes from where to where, and which moment it will hold", () => {
    assert.equal(
      told({}, { set }),
      "Copies orders from rm-prod to rm-staging, as of the latest usable backup, now 1002 of 2026-02-28T18:40:00Z (7h20m old).",
    );
    assert.equal(
      told({
        names: { orders: "orders", crm: "crm2" },
        choice: { kind: "time", restoreTime: "2026-02-28T12:00:00Z" },
      }),
      "Copies orders and crm as crm2 from rm-prod to rm-staging, as of 2026-02-28T12:00:00Z.",
    );
  });

  it("names a backup that was asked for, with its age only if its end is known", () => {
    const choice = { kind: "backup", backupId: "1002" } as const;
    assert.match(told({ choice }, { set }), /as of backup 1002 of 2026-02-28T18:40:00Z \(7h20m old\)\.$/);
    assert.match(told({ choice }, { set: { ...set, endTime: "" } }), /as of backup 1002\.$/);
    assert.match(told({ choice }), /as of backup 1002\.$/);
    assert.match(told({}), /as of the latest usable backup\.$/);
  });

  it("says what is not known yet, and makes nothing up in its place", () => {
    assert.equal(
      told({ sourceDbInstanceId: undefined, targetDbInstanceId: undefined, choice: undefined }),
      "Copies orders from a source not known yet to a target not known yet, as of a moment not known yet.",
    );
    assert.match(told({ moreNames: true }), /^Copies orders and more not known yet from/);
    assert.match(told({ names: {}, moreNames: true }), /^Copies databases not known yet from/);
  });

  it("says which databases are there already and are not copied", () => {
    const names = { orders: "orders", crm: "crm2", billing: "billing" };
    assert.match(
      told({ names }, { names: { orders: "orders" } }),
      /^Copies orders from .* crm as crm2 and billing on rm-staging are there already and will not be copied\.$/,
    );
    assert.match(
      told({ names }, { names: { orders: "orders", crm: "crm2" } }),
      / billing on rm-staging is there already/,
    );
    assert.equal(told({}, { names: {} }), "orders on rm-staging is there already and will not be copied.");
  });
});
