import assert from "node:assert/strict";
import { diff } from "../../../../provider/src/lifecycle/diff";
import type { PartialInputs } from "../../../../provider/src/lifecycle/inputs";
import { normaliseInputs } from "../../../../provider/src/lifecycle/normalise";
import { planChange, type Plan } from "../../../../provider/src/lifecycle/plan";
import { shapeInputs } from "../../../../provider/src/lifecycle/shape";
import type { CopyState, DatabaseState } from "../../../../provider/src/lifecycle/state";
import { unknown } from "../../../../provider/src/lifecycle/unknown";
import { fakeClock } from "../fakeClock";
import { testRun } from "./testRun";

const used = { kind: "backup", backupId: "7", backupTime: "2026-02-28T18:30:00Z" } as const;
const newer = { kind: "backup", backupId: "8", backupTime: "2026-03-01T01:30:00Z" } as const;
const time = { kind: "time", restoreTime: "2026-02-28T12:00:00Z" } as const;

function database(sourceName: string, targetName: string, facts: Partial<DatabaseState> = {}): DatabaseState {
  return { sourceName, targetName, status: "Running", origin: "copied", restorePoint: used, ...facts };
}

const orders = database("orders", "orders");
const crm = database("crm", "crm_staging");

/** As `create` leaves it: everything runs, from the latest backup. */
const complete: CopyState = {
  sourceDbInstanceId: "rm-source",
  targetDbInstanceId: "rm-target",
  dbNames: { orders: "orders", crm: "crm_staging" },
  syncUserPrivilege: false,
  adoptExisting: false,
  preflight: "enforce",
  ownershipMarks: true,
  timeouts: { create: "2h", update: "2h", delete: "30m" },
  resourceUrn: "urn:pulumi:dev::app::type::name",
  names: { orders: "orders", crm: "crm_staging" },
  databases: { orders, crm_staging: crm },
  restorePoint: used,
  dataVersion: "REQ-1",
  requestId: "REQ-1",
  region: "cn-shanghai",
  startedAt: "2026-03-01T01:00:00Z",
  completedAt: "2026-03-01T01:20:00Z",
};

/** As a program writes it. */
const given = {
  sourceDbInstanceId: "rm-source",
  targetDbInstanceId: "rm-target",
  dbNames: { orders: "orders", crm: "crm_staging" },
  resourceUrn: "urn:pulumi:dev::app::type::name",
};

interface Row {
  readonly what: string;
  readonly old?: Partial<CopyState>;
  readonly wanted?: Readonly<Record<string, unknown>>;
  readonly place?: Parameters<typeof testRun>[1];
  readonly plan: Plan;
  /** What a preview is told, for an update. */
  readonly said?: readonly string[];
}

const nothing: Plan = { kind: "nothing" };
const record: Plan = { kind: "record", notes: [] };
const undecided: Plan = { kind: "undecided" };
const change = (fill: Record<string, string>, ...drop: string[]): Plan => ({ kind: "change", fill, drop });
const replace = (property: string, ...reasons: string[]): Plan => ({
  kind: "replace",
  properties: [property],
  reasons,
});
const stays = (of: string): Plan => ({
  kind: "record",
  notes: [`The data stays as it was copied, from ${of}: the changed pin names no other moment.`],
});
const withBoth = (facts: Partial<DatabaseState>): Partial<CopyState> => ({
  databases: { orders: { ...orders, ...facts }, crm_staging: { ...crm, ...facts } },
});
const withOrders = (facts: Partial<DatabaseState>): Partial<CopyState> => ({
  databases: { orders: { ...orders, ...facts }, crm_staging: crm },
});
const list: Partial<CopyState> = {
  dbNames: { orders: "orders", crm: "crm" },
  databases: { orders, crm: database("crm", "crm") },
};

const rows: readonly Row[] = [
  { what: "nothing changed", plan: nothing },

  // Spelling.
  {
    what: "a map in another order",
    wanted: { dbNames: { crm: "crm_staging", orders: "orders" } },
    plan: nothing,
  },
  {
    what: "a list for a map of the same names",
    old: list,
    wanted: { dbNames: ["orders", "crm"] },
    plan: nothing,
  },
  { what: "a list in another order", old: list, wanted: { dbNames: ["crm", "orders"] }, plan: nothing },
  { what: "a comma list for a map", old: list, wanted: { dbNames: "crm, orders" }, plan: nothing },
  {
    what: "defaults that are spelt out",
    wanted: {
      adoptExisting: false,
      syncUserPrivilege: "NO",
      ownershipMarks: true,
      timeouts: { create: "2h" },
      connection: {},
    },
    plan: nothing,
  },
  { what: "another provider text", wanted: { __provider: "another text" }, plan: nothing },
  { what: "another URN", wanted: { resourceUrn: "urn:pulumi:prod::app::type::name" }, plan: nothing },
  {
    what: "another case of a target name, which is the same database",
    old: {
      dbNames: { orders: "ORDERS", crm: "crm_staging" },
      databases: { ORDERS: orders, crm_staging: crm },
    },
    plan: record,
  },
  {
    what: "another case of a source name",
    wanted: { dbNames: { Orders: "orders", crm: "crm_staging" } },
    plan: record,
  },
  {
    what: "the same moment in another zone",
    old: { restoreTime: time.restoreTime, ...withBoth({ restorePoint: time }) },
    wanted: { restoreTime: "2026-02-28T20:00:00.000+08:00" },
    plan: nothing,
  },

  // Names.
  {
    what: "a database added",
    wanted: { dbNames: { orders: "orders", crm: "crm_staging", hr: "hr" } },
    plan: change({ hr: "hr" }),
  },
  {
    what: "a database removed",
    said: [
      "info: An update drops what is no longer declared, after everything else runs: crm_staging on rm-target.",
    ],
    wanted: { dbNames: { orders: "orders" } },
    plan: change({}, "crm_staging"),
  },
  {
    what: "a target name changed",
    said: [
      "info: An update drops what is no longer declared, after everything else runs: orders on rm-target.",
    ],
    wanted: { dbNames: { orders: "orders_w48", crm: "crm_staging" } },
    plan: change({ orders: "orders_w48" }, "orders"),
  },
  {
    what: "all target names changed",
    said: [
      "info: An update drops what is no longer declared, after everything else runs: orders and crm_staging on rm-target.",
    ],
    wanted: { dbNames: { orders: "o2", crm: "c2" } },
    plan: change({ orders: "o2", crm: "c2" }, "orders", "crm_staging"),
  },
  {
    what: "an adopted database removed",
    old: withOrders({ origin: "adopted" }),
    wanted: { dbNames: { crm: "crm_staging" } },
    plan: change({}, "orders"),
  },
  {
    what: "a name left behind by an earlier run",
    said: [
      "info: An update drops what is no longer declared, after everything else runs: old_orders on rm-target.",
    ],
    old: { databases: { orders, crm_staging: crm, old_orders: database("orders", "old_orders") } },
    plan: change({}, "old_orders"),
  },
  {
    what: "another source under the same target name",
    wanted: { dbNames: { hr: "orders", crm: "crm_staging" } },
    plan: replace("dbNames", "orders holds the data of orders and is to hold that of hr"),
  },
  {
    what: "two sources that change places",
    wanted: { dbNames: { crm: "orders", orders: "crm_staging" } },
    plan: replace(
      "dbNames",
      "orders holds the data of orders and is to hold that of crm",
      "crm_staging holds the data of crm and is to hold that of orders",
    ),
  },
  {
    what: "another source under the name of an adopted one",
    old: withOrders({ origin: "adopted" }),
    wanted: { dbNames: { hr: "orders", crm: "crm_staging" } },
    plan: record,
  },

  // What was found.
  ...["Missing", "Requested", "Creating", "Deleting", "Cold", "SomethingNew"].map((status) => ({
    what: `a database recorded as ${status}`,
    old: withOrders({ status }),
    plan: change({ orders: "orders" }),
    said: [
      status === "Missing"
        ? "info: An update copies what is missing on rm-target again: orders."
        : `info: An update finishes what is not done on rm-target: orders (${status}).`,
    ],
  })),
  {
    what: "an adopted database that is missing",
    said: ["info: An update copies what is missing on rm-target again: orders."],
    old: withOrders({ status: "Missing", origin: "adopted" }),
    plan: change({ orders: "orders" }),
  },
  { what: "a secret that was none", wanted: { secretInputs: ["backupId"] }, plan: record },
  { what: "a foreign database in place of ours", old: withOrders({ status: "Foreign" }), plan: nothing },
  {
    what: "a missing one beside one added and one removed",
    said: [
      "info: An update copies what is missing on rm-target again: orders.",
      "info: An update drops what is no longer declared, after everything else runs: crm_staging on rm-target.",
    ],
    old: withOrders({ status: "Missing" }),
    wanted: { dbNames: { orders: "orders", hr: "hr" } },
    plan: change({ orders: "orders", hr: "hr" }, "crm_staging"),
  },

  // Where.
  {
    what: "another source",
    wanted: { sourceDbInstanceId: "rm-other" },
    plan: replace("sourceDbInstanceId", "the source changes from rm-source to rm-other"),
  },
  {
    what: "another target",
    wanted: { targetDbInstanceId: "rm-other" },
    plan: replace("targetDbInstanceId", "the target changes from rm-target to rm-other"),
  },
  {
    what: "another region in the stack's configuration",
    place: { region: "cn-beijing" },
    plan: replace("connection", "the region changes from cn-shanghai to cn-beijing"),
  },
  {
    what: "another region in the environment",
    place: { region: "cn-beijing", regionSource: "environment" },
    plan: replace("connection", "the region changes from cn-shanghai to cn-beijing"),
  },
  {
    what: "a region that nobody names any more",
    place: { region: "cn-beijing", regionSource: "default" },
    plan: nothing,
  },
  {
    what: "the region that the copy was asked for in, where the target's own is another",
    old: { askedRegion: "cn-beijing" },
    place: { region: "cn-beijing" },
    plan: nothing,
  },
  {
    what: "another region for this resource",
    wanted: { connection: { region: "cn-beijing" } },
    plan: replace("connection", "the region changes from cn-shanghai to cn-beijing"),
  },
  {
    what: "the same region, named for this resource",
    wanted: { connection: { region: "cn-shanghai" } },
    plan: record,
  },
  {
    what: "an endpoint",
    wanted: { connection: { endpoint: "rds.example:8443" } },
    plan: replace("connection", "connection.endpoint changes from none to rds.example:8443"),
  },
  {
    what: "another endpoint",
    old: { connection: { endpoint: "one.example" } },
    wanted: { connection: { endpoint: "two.example" } },
    plan: replace("connection", "connection.endpoint changes from one.example to two.example"),
  },
  {
    what: "an endpoint removed",
    old: { connection: { endpoint: "one.example" } },
    plan: replace("connection", "connection.endpoint changes from one.example to none"),
  },
  {
    what: "another way to sign in",
    wanted: { connection: { profile: "work", protocol: "HTTPS" } },
    plan: record,
  },

  // Users and rights.
  {
    what: "users and rights asked for",
    wanted: { syncUserPrivilege: "YES" },
    plan: replace("syncUserPrivilege", "syncUserPrivilege changes from false to true"),
  },
  {
    what: "users and rights no longer asked for",
    old: { syncUserPrivilege: true },
    plan: replace("syncUserPrivilege", "syncUserPrivilege changes from true to false"),
  },
  {
    what: "YES for true",
    old: { syncUserPrivilege: true },
    wanted: { syncUserPrivilege: "YES" },
    plan: nothing,
  },

  // Pins.
  { what: "a backup pin removed", old: { backupId: "7" }, plan: stays("backup 7 of 2026-02-28T18:30:00Z") },
  {
    what: "a time pin removed",
    old: { restoreTime: time.restoreTime, restorePoint: time, ...withBoth({ restorePoint: time }) },
    plan: stays("the moment 2026-02-28T12:00:00Z"),
  },
  {
    what: "a pin set to the backup that was used",
    wanted: { backupId: "7" },
    plan: stays("backup 7 of 2026-02-28T18:30:00Z"),
  },
  {
    what: "a pin set to the moment of the backup that was used",
    wanted: { restoreTime: "2026-03-01T02:30:00+08:00" },
    plan: stays("backup 7 of 2026-02-28T18:30:00Z"),
  },
  {
    what: "a backup pin changed to the moment of that backup",
    old: { backupId: "7" },
    wanted: { restoreTime: used.backupTime },
    plan: stays("backup 7 of 2026-02-28T18:30:00Z"),
  },
  {
    what: "a pin set to another backup",
    wanted: { backupId: "8" },
    plan: replace(
      "backupId",
      "the data there is that of backup 7 of 2026-02-28T18:30:00Z; backupId now asks for backup 8",
    ),
  },
  {
    what: "a pin changed to another backup",
    old: { backupId: "7" },
    wanted: { backupId: "8" },
    plan: replace(
      "backupId",
      "the data there is that of backup 7 of 2026-02-28T18:30:00Z; backupId now asks for backup 8",
    ),
  },
  {
    what: "a pin set to another moment",
    wanted: { restoreTime: time.restoreTime },
    plan: replace(
      "restoreTime",
      "the data there is that of backup 7 of 2026-02-28T18:30:00Z; restoreTime now asks for the moment 2026-02-28T12:00:00Z",
    ),
  },
  {
    what: "a time pin changed to a backup",
    old: { restoreTime: time.restoreTime, ...withBoth({ restorePoint: time }) },
    wanted: { backupId: "7" },
    plan: replace(
      "backupId",
      "the data there is that of the moment 2026-02-28T12:00:00Z; backupId now asks for backup 7",
    ),
  },
  {
    what: "a pin that fits one of two databases alone",
    old: withOrders({ restorePoint: newer }),
    wanted: { backupId: "8" },
    plan: replace(
      "backupId",
      "the data there is that of backup 7 of 2026-02-28T18:30:00Z; backupId now asks for backup 8",
    ),
  },
  {
    what: "the same pin, beside a database of another moment",
    old: { backupId: "7", ...withOrders({ restorePoint: newer }) },
    wanted: { backupId: "7" },
    plan: nothing,
  },
  {
    what: "a pin of another moment than that of a missing database",
    said: ["info: An update copies what is missing on rm-target again: orders."],
    old: withOrders({ status: "Missing", restorePoint: newer }),
    wanted: { backupId: "7" },
    plan: change({ orders: "orders" }),
  },
  {
    what: "a pin of another moment than that of a foreign database",
    old: withOrders({ status: "Foreign", restorePoint: newer }),
    wanted: { backupId: "7" },
    plan: stays("backup 7 of 2026-02-28T18:30:00Z"),
  },
  {
    what: "a pin of another moment than that of a database which goes",
    said: [
      "info: An update drops what is no longer declared, after everything else runs: orders on rm-target.",
    ],
    old: withOrders({ restorePoint: newer }),
    wanted: { backupId: "7", dbNames: { crm: "crm_staging" } },
    plan: change({}, "orders"),
  },
  {
    what: "a pin of another moment than that of one under way",
    old: withOrders({ status: "Creating", restorePoint: newer }),
    wanted: { backupId: "7" },
    plan: replace(
      "backupId",
      "the data there is that of backup 8 of 2026-03-01T01:30:00Z; backupId now asks for backup 7",
    ),
  },

  // Not known yet.
  ...[
    "sourceDbInstanceId",
    "targetDbInstanceId",
    "dbNames",
    "backupId",
    "restoreTime",
    "syncUserPrivilege",
    "timeouts",
    "requireTargetTags",
    "connection",
    "preflight",
    "adoptExisting",
  ].map((name) => ({ what: `${name} not known yet`, wanted: { [name]: unknown }, plan: undecided })),
  {
    what: "one target name not known yet",
    wanted: { dbNames: { orders: unknown, crm: "crm_staging" } },
    plan: undecided,
  },
  { what: "one name of a list not known yet", wanted: { dbNames: ["orders", unknown] }, plan: undecided },
  { what: "one tag not known yet", wanted: { requireTargetTags: { env: unknown } }, plan: undecided },
  { what: "one time-out not known yet", wanted: { timeouts: { create: unknown } }, plan: undecided },
  {
    what: "the region of this resource not known yet",
    wanted: { connection: { region: unknown } },
    plan: undecided,
  },
  {
    what: "a name removed beside an input not known yet",
    wanted: { dbNames: { orders: "orders" }, timeouts: unknown },
    plan: undecided,
  },
  {
    what: "a pin moved beside names not known yet",
    wanted: { dbNames: unknown, backupId: "8" },
    plan: undecided,
  },
  {
    what: "another source beside a target not known yet",
    wanted: { sourceDbInstanceId: "rm-other", targetDbInstanceId: unknown },
    plan: replace("sourceDbInstanceId", "the source changes from rm-source to rm-other"),
  },

  // Everything else.
  { what: "maxBackupAge", wanted: { maxBackupAge: "7d" }, plan: record },
  { what: "requireTargetTags", wanted: { requireTargetTags: { env: "staging" } }, plan: record },
  { what: "adoptExisting", wanted: { adoptExisting: true }, plan: record },
  { what: "preflight", wanted: { preflight: "warn" }, plan: record },
  { what: "ownershipMarks", wanted: { ownershipMarks: false }, plan: record },
  { what: "timeouts", wanted: { timeouts: { create: "4h" } }, plan: record },
];

/** The inputs as `check` hands them on. */
function checked(wanted: Row["wanted"]): PartialInputs {
  const { shaped, problems: shapeProblems } = shapeInputs({ ...given, ...wanted });
  const { inputs, problems } = normaliseInputs(shaped, fakeClock());
  assert.deepEqual([...shapeProblems, ...problems], []);
  return inputs;
}

describe("the plan for a change", () => {
  for (const { what, old, wanted, place, plan, said = [] } of rows) {
    it(`${what}: ${plan.kind}`, () => {
      const run = testRun({}, place);
      const state: CopyState = { ...complete, ...old };
      const inputs = checked(wanted);
      const overrides = typeof inputs.connection === "object" ? inputs.connection : undefined;
      const now = run.connect(plan.kind === "undecided" ? undefined : overrides);
      assert.deepEqual(planChange(state, inputs, now), plan);

      const replaces = plan.kind === "replace";
      assert.deepEqual(diff(state, inputs, run), {
        changes: plan.kind !== "nothing",
        replaces: replaces ? plan.properties : [],
        deleteBeforeReplace: replaces,
      });
      assert.deepEqual(run.calls, []);
      assert.deepEqual(
        run.said,
        replaces
          ? [
              `warn: Replaced because ${plan.reasons.join("; ")}. What this resource copied is dropped first, then copied anew.`,
            ]
          : said,
      );
    });
  }

  it("finishes what a run could not, though a refresh has seen everything running", () => {
    const state: Partial<CopyState> = { ...complete };
    delete (state as { completedAt?: unknown }).completedAt;
    assert.deepEqual(planChange(state as CopyState, checked({}), testRun().connect(undefined)), change({}));
  });

  it("moves nothing where everything was taken over", () => {
    const adopted = withBoth({ origin: "adopted" });
    const state: Partial<CopyState> = { ...complete, ...adopted };
    delete (state as { restorePoint?: unknown }).restorePoint;
    const inputs = checked({ backupId: "8" });
    assert.deepEqual(planChange(state as CopyState, inputs, testRun().connect(undefined)), record);
  });

  it("names every reason and every property once", () => {
    const inputs = checked({
      sourceDbInstanceId: "rm-other",
      connection: { region: "cn-beijing", endpoint: "rds.example" },
    });
    const run = testRun();
    const plan = planChange({ ...complete }, inputs, run.connect({ region: "cn-beijing" }));
    assert.ok(plan.kind === "replace");
    assert.deepEqual(plan.properties, ["sourceDbInstanceId", "connection"]);
    assert.equal(plan.reasons.length, 3);
  });

  it("is nothing once an unknown input turns out to be what it was", () => {
    const run = testRun();
    const state: CopyState = { ...complete };
    const preview = checked({ targetDbInstanceId: unknown });
    const settled = checked({ targetDbInstanceId: "rm-target" });
    assert.deepEqual(diff(state, preview, run), { changes: true, replaces: [], deleteBeforeReplace: false });
    assert.deepEqual(diff(state, settled, run), { changes: false, replaces: [], deleteBeforeReplace: false });
  });
});
