import assert from "node:assert/strict";
import { listNames } from "../../../../provider/src/copy/databaseNames";
import { unknownPoint } from "../../../../provider/src/copy/restorePoint";
import { diff } from "../../../../provider/src/lifecycle/diff";
import type { PartialInputs } from "../../../../provider/src/lifecycle/inputs";
import { normaliseInputs } from "../../../../provider/src/lifecycle/normalise";
import { planChange, type Plan } from "../../../../provider/src/lifecycle/plan";
import { stateOf, type CopyState } from "../../../../provider/src/lifecycle/state";
import type { CopiedRecord, DatabaseRecord } from "../../../../provider/src/ownership/record";
import { holdsUnknown, unknown } from "../../../../provider/src/lifecycle/unknown";
import { fakeClock } from "../fakeClock";
import { testSession } from "./testSession";

const used = { kind: "backup", backupId: "7", backupTime: "2026-02-28T18:30:00Z" } as const;
const newer = { kind: "backup", backupId: "8", backupTime: "2026-03-01T01:30:00Z" } as const;
const time = { kind: "time", restoreTime: "2026-02-28T12:00:00Z" } as const;

function copied(source: string, target: string, facts: Partial<CopiedRecord> = {}): CopiedRecord {
  return { phase: "filled", source, target, status: "Running", id: "aaaaaaaa", point: used, ...facts };
}

const orders = copied("orders", "orders");
const crm = copied("crm", "crm_staging");
const foundAt = { region: "cn-shanghai", endpoint: "rds.aliyuncs.com" };

/** As `create` leaves it: everything runs, from the latest backup. */
const complete: CopyState = stateOf({
  sourceDbInstanceId: "rm-source",
  targetDbInstanceId: "rm-target",
  dbNames: { orders: "orders", crm: "crm_staging" },
  resourceUrn: "urn:pulumi:dev::app::type::name",
  owner: "owner0000000",
  foundAt,
  databases: { orders, crm_staging: crm },
  restorePoint: used,
  requestId: "REQ-1",
  startedAt: "2026-03-01T01:00:00Z",
  completedAt: "2026-03-01T01:20:00Z",
});

/** As a program writes it. */
const given = {
  sourceDbInstanceId: "rm-source",
  targetDbInstanceId: "rm-target",
  dbNames: { orders: "orders", crm: "crm_staging" },
  resourceUrn: "urn:pulumi:dev::app::type::name",
  foundAt,
};

interface Row {
  readonly what: string;
  readonly old?: Partial<CopyState>;
  readonly wanted?: Readonly<Record<string, unknown>>;
  readonly plan: Plan;
}

const nothing: Plan = { kind: "nothing" };
const record: Plan = { kind: "record", isMoved: false };
const moved: Plan = { kind: "record", isMoved: true };
const undecided = (...mayReplace: string[]): Plan => ({ kind: "undecided", mayReplace });
const change = (...drop: string[]): Plan => ({ kind: "change", drop, isMoved: false });
const replace = (property: string, ...reasons: string[]): Plan => ({
  kind: "replace",
  properties: [property],
  reasons,
});
const other = (property: string, to: string, who = "orders and crm_staging hold", of = seven): Plan =>
  replace(property, `${who} the data of ${of}; ${property} now asks for ${to}`);
const seven = "backup 7 of 2026-02-28T18:30:00Z";
const noon = "the moment 2026-02-28T12:00:00Z";
const withBoth = (facts: Partial<CopiedRecord>): Partial<CopyState> => ({
  databases: { orders: { ...orders, ...facts }, crm_staging: { ...crm, ...facts } },
});
const withOrders = (facts: Partial<CopiedRecord>): Partial<CopyState> => ({
  databases: { orders: { ...orders, ...facts }, crm_staging: crm },
});
const withoutOrders: Partial<CopyState> = { databases: { crm_staging: crm } };
const list: Partial<CopyState> = {
  dbNames: { orders: "orders", crm: "crm" },
  databases: { orders, crm: copied("crm", "crm") },
};
const adopted: Readonly<Record<string, DatabaseRecord>> = {
  orders: { phase: "adopted", target: "orders" },
  crm_staging: { phase: "adopted", target: "crm_staging" },
};

const mayReplace: ReadonlySet<string> = new Set([
  "sourceDbInstanceId",
  "targetDbInstanceId",
  "syncUserPrivilege",
  "backupId",
  "restoreTime",
]);

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
    old: { restoreTime: time.restoreTime, ...withBoth({ point: time }) },
    wanted: { restoreTime: "2026-02-28T20:00:00.000+08:00" },
    plan: nothing,
  },

  // Names.
  {
    what: "a database added",
    wanted: { dbNames: { orders: "orders", crm: "crm_staging", hr: "hr" } },
    plan: change(),
  },
  {
    what: "a database removed",
    wanted: { dbNames: { orders: "orders" } },
    plan: change("crm_staging"),
  },
  {
    what: "a target name changed",
    wanted: { dbNames: { orders: "orders_w48", crm: "crm_staging" } },
    plan: change("orders"),
  },
  {
    what: "all target names changed",
    wanted: { dbNames: { orders: "o2", crm: "c2" } },
    plan: change("orders", "crm_staging"),
  },
  {
    what: "an adopted database removed",
    old: { databases: adopted },
    wanted: { dbNames: { crm: "crm_staging" } },
    plan: change("orders"),
  },
  {
    what: "a name left behind by an earlier run",
    old: { databases: { orders, crm_staging: crm, old_orders: copied("orders", "old_orders") } },
    plan: change("old_orders"),
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
    old: { databases: { ...adopted, crm_staging: crm } },
    wanted: { dbNames: { hr: "orders", crm: "crm_staging" } },
    plan: record,
  },

  // What was found. Whatever is not Running asks for an update, so that every preview names it.
  ...["Missing", "Creating", "Deleting", "Suspect", "SomethingNew"].map((status) => ({
    what: `a database that was last seen as ${status}`,
    old: withOrders({ status }),
    plan: change(),
  })),
  { what: "a foreign database in place of ours", old: withOrders({ status: "Foreign" }), plan: change() },
  { what: "a database without a record", old: withoutOrders, plan: change() },
  { what: "a database whose copy is not finished", old: withOrders({ phase: "filling" }), plan: change() },
  { what: "adopted databases", old: { databases: adopted }, plan: nothing },
  { what: "a secret that was none", wanted: { secretInputs: ["backupId"] }, plan: record },
  {
    what: "a missing one beside one added and one removed",
    old: withoutOrders,
    wanted: { dbNames: { orders: "orders", hr: "hr" } },
    plan: change("crm_staging"),
  },

  // Where. An instance id names one instance: another region or endpoint never replaces.
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
  { what: "another region", wanted: { foundAt: { ...foundAt, region: "cn-beijing" } }, plan: moved },
  { what: "another endpoint", wanted: { foundAt: { ...foundAt, endpoint: "other.example" } }, plan: moved },
  {
    what: "another region beside a database added",
    wanted: {
      foundAt: { ...foundAt, region: "cn-beijing" },
      dbNames: { orders: "orders", crm: "crm_staging", hr: "hr" },
    },
    plan: { kind: "change", drop: [], isMoved: true },
  },
  {
    what: "the same region, named for this resource",
    wanted: { connection: { region: "cn-shanghai" } },
    plan: record,
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
  { what: "a backup pin removed", old: { backupId: "7" }, plan: record },
  {
    what: "a time pin removed",
    old: { restoreTime: time.restoreTime, ...withBoth({ point: time }) },
    plan: record,
  },
  { what: "a pin set to the backup that was used", wanted: { backupId: "7" }, plan: record },
  {
    what: "a pin set to the moment of the backup that was used",
    wanted: { restoreTime: "2026-03-01T02:30:00+08:00" },
    plan: record,
  },
  {
    what: "a backup pin changed to the moment of that backup",
    old: { backupId: "7" },
    wanted: { restoreTime: used.backupTime },
    plan: record,
  },
  { what: "a pin set to another backup", wanted: { backupId: "8" }, plan: other("backupId", "backup 8") },
  {
    what: "a pin changed to another backup",
    old: { backupId: "7" },
    wanted: { backupId: "8" },
    plan: other("backupId", "backup 8"),
  },
  {
    what: "a pin set to another moment",
    wanted: { restoreTime: time.restoreTime },
    plan: other("restoreTime", noon),
  },
  {
    what: "a time pin changed to a backup",
    old: { restoreTime: time.restoreTime, ...withBoth({ point: time }) },
    wanted: { backupId: "7" },
    plan: other("backupId", "backup 7", undefined, noon),
  },
  {
    what: "a pin that fits one of two databases alone",
    old: withOrders({ point: newer }),
    wanted: { backupId: "8" },
    plan: other("backupId", "backup 8", "crm_staging holds"),
  },
  {
    what: "the same pin, beside a database that an interrupted run filled from another restore point",
    old: { backupId: "7", ...withOrders({ point: newer }) },
    wanted: { backupId: "7" },
    plan: other("backupId", "backup 7", "orders holds", "backup 8 of 2026-03-01T01:30:00Z"),
  },
  {
    what: "a database that an interrupted run filled from another source",
    old: withOrders({ otherSource: "zzzz" }),
    plan: replace("dbNames", "orders was copied by an interrupted run from another source"),
  },
  {
    what: "a pin beside a database without a record",
    old: withoutOrders,
    wanted: { backupId: "7" },
    plan: change(),
  },
  {
    what: "a pin where the databases came by an import file and nothing tells what they hold",
    old: withBoth({ point: unknownPoint }),
    wanted: { backupId: "7" },
    plan: other("backupId", "backup 7", undefined, "an unknown restore point"),
  },
  {
    what: "a pin where everything was adopted",
    old: { databases: adopted },
    wanted: { backupId: "8" },
    plan: record,
  },
  {
    what: "a pin of another moment than that of a database which goes",
    old: withOrders({ point: newer }),
    wanted: { backupId: "7", dbNames: { crm: "crm_staging" } },
    plan: change("orders"),
  },
  {
    what: "a pin of another moment than that of one under way",
    old: withOrders({ phase: "filling", point: newer }),
    wanted: { backupId: "7" },
    plan: other("backupId", "backup 7", "orders holds", "backup 8 of 2026-03-01T01:30:00Z"),
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
  ].map((name) => ({
    what: `${name} not known yet`,
    wanted: { [name]: unknown },
    plan: undecided(...(mayReplace.has(name) ? [name] : [])),
  })),
  {
    what: "one target name not known yet",
    wanted: { dbNames: { orders: unknown, crm: "crm_staging" } },
    plan: undecided(),
  },
  { what: "one name of a list not known yet", wanted: { dbNames: ["orders", unknown] }, plan: undecided() },
  { what: "one tag not known yet", wanted: { requireTargetTags: { env: unknown } }, plan: undecided() },
  { what: "one time-out not known yet", wanted: { timeouts: { create: unknown } }, plan: undecided() },
  {
    what: "the region of this resource not known yet",
    wanted: { connection: { region: unknown } },
    plan: undecided(),
  },
  {
    what: "a name removed beside an input not known yet",
    wanted: { dbNames: { orders: "orders" }, timeouts: unknown },
    plan: undecided(),
  },
  {
    what: "a pin moved beside names not known yet",
    wanted: { dbNames: unknown, backupId: "8" },
    plan: undecided(),
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
  { what: "claim", wanted: { claim: ["k3f9q0za"] }, plan: record },
  { what: "protect", wanted: { protect: true }, plan: record },
  { what: "protect no longer", old: { protect: true }, plan: record },
  { what: "retainOnDelete", wanted: { retainOnDelete: true }, plan: record },
];

/** The inputs as `check` hands them on. */
function checked(wanted: Row["wanted"]): PartialInputs {
  const { inputs, problems } = normaliseInputs({ ...given, ...wanted }, fakeClock());
  assert.deepEqual(problems, []);
  return inputs;
}

describe("the plan for a change", () => {
  for (const { what, old, wanted, plan } of rows) {
    it(`${what}: ${plan.kind}`, async () => {
      const state: CopyState = { ...complete, ...old };
      const inputs = checked(wanted);
      assert.deepEqual(planChange(state, inputs), plan);
      // What an update has to do in the cloud is looked ahead at: tests/unit/provider/lifecycle/foresee.test.ts.
      if (plan.kind === "change") return;
      const session = testSession();
      const replaces = plan.kind === "replace";
      assert.deepEqual(await diff(state, inputs, session), {
        changes: plan.kind !== "nothing",
        replaces: replaces ? plan.properties : [],
        deleteBeforeReplace: replaces,
      });
      assert.deepEqual(session.calls, []);
      const isPinMoved = state.backupId !== inputs.backupId || state.restoreTime !== inputs.restoreTime;
      const stays =
        plan.kind === "record" && isPinMoved
          ? [
              `info: Nothing is copied: ${what.includes("adopted") ? "orders and crm_staging on rm-target were adopted and stay as they are" : `the data stays that of ${seven}`}.`,
            ]
          : [];
      assert.deepEqual(session.said, [...saidOf(plan, inputs, state), ...stays]);
    });
  }

  it("finishes what a run could not, though a refresh has seen everything running", () => {
    const { completedAt: _never, ...unfinished } = complete;
    assert.deepEqual(planChange(unfinished, checked({})), change());
  });

  it("names every reason and every property once", () => {
    const plan = planChange(complete, checked({ sourceDbInstanceId: "rm-other", backupId: "8" }));
    assert.ok(plan.kind === "replace");
    assert.deepEqual(plan.properties, ["sourceDbInstanceId", "backupId"]);
    assert.equal(plan.reasons.length, 2);
  });

  it("is nothing once an unknown input turns out to be what it was", async () => {
    const session = testSession();
    const preview = checked({ targetDbInstanceId: unknown });
    const settled = checked({ targetDbInstanceId: "rm-target" });
    assert.deepEqual(await diff(complete, preview, session), {
      changes: true,
      replaces: [],
      deleteBeforeReplace: false,
    });
    assert.deepEqual(await diff(complete, settled, session), {
      changes: false,
      replaces: [],
      deleteBeforeReplace: false,
    });
  });
});

function saidOf(plan: Plan, { dbNames }: PartialInputs, state: CopyState): string[] {
  if (plan.kind === "replace") {
    const owned = Object.keys(state.databases).filter((name) => state.databases[name]?.phase !== "adopted");
    const dropped = `${listNames(owned)} on rm-target ${owned.length === 1 ? "is" : "are"} dropped first, then copied again.`;
    return [`warn: Replaced because ${plan.reasons.join("; ")}.${owned.length > 0 ? ` ${dropped}` : ""}`];
  }
  if (plan.kind !== "undecided") return [];
  const databases = "orders and crm_staging on rm-target";
  if (plan.mayReplace.length > 0)
    return [
      `warn: The value of ${plan.mayReplace.join(" and ")} is known only in the run. If it differs from the recorded one, ${databases} will be dropped and copied again.`,
    ];
  return holdsUnknown(dbNames)
    ? [
        `warn: The value of dbNames is known only in the run. What it no longer declares of ${databases} will be dropped.`,
      ]
    : [];
}
