import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { check } from "../../../../provider/src/lifecycle/check";
import { unknown } from "../../../../provider/src/lifecycle/unknown";
import { failures, type RdsCalls } from "../scriptedRds";
import { testSession } from "./testSession";

type Inputs = Readonly<Record<string, unknown>>;

/** Nothing here asks the cloud: preflight is off, and nothing changes. A call would fail the test. */
const good: Inputs = {
  sourceDbInstanceId: "rm-source",
  targetDbInstanceId: "rm-target",
  dbNames: { orders: "orders" },
  preflight: "off",
};

/** The problems as people read them: "property reason". */
async function problemsOf(inputs: Inputs): Promise<string[]> {
  const session = testSession();
  const { problems } = await check(inputs, inputs, session);
  assert.deepEqual(session.calls, []);
  return problems.map(({ property, reason }) => `${property} ${reason}`);
}

async function normalOf(inputs: Inputs): Promise<Inputs> {
  const given = { ...good, ...inputs };
  const { inputs: normal, problems } = await check(given, given, testSession());
  assert.deepEqual(problems, []);
  const { foundAt: _where, ...rest } = normal;
  return rest;
}

/** What JavaScript makes of an Output in a text. */
const pasted = `${pulumi.output("orders") as unknown as string}`;
const stringified = JSON.stringify({ name: pulumi.output("orders") });
const long = (length: number) => "a".repeat(length);
const pastedReason =
  "is an Output that was pasted into a text. Pass the Output itself, or build the text with pulumi.interpolate`...`.";
const pastedKey =
  "has a key that is an Output pasted into a text. Build the whole map inside the Output: pulumi.output(name).apply((name) => ({ [name]: ... })).";
const noInstance = 'which is no id of an RDS instance (such as "rm-uf6wjk5xxxxxxx").';
const noDuration = 'which is no duration. Write numbers with d, h, m or s, such as "90m", "1h30m" or "7d".';
const characters =
  'it must begin with a lower-case letter, end with a lower-case letter or a digit, and hold only lower-case letters, digits, "_" and "-".';
const reserved = "it is a word that RDS or SQL Server reserves.";
const noPattern =
  'is "*", which is no pattern. For all databases, or all but some, give getDatabasesOutput({ dbInstanceId, except }).names.';
const names = 'a list of names, a map from source name to target name, or a text such as "orders,crm"';
const endpointForm =
  'it takes a host and, if need be, a port, without a scheme or a path, such as "rds.aliyuncs.com" or "127.0.0.1:8094".';
const noTime = 'which is no time. Write it like "2026-03-01T02:00:00Z" or "2026-03-01T10:00:00+08:00".';
const noSecret =
  "is not an input, since no secret belongs there: keys belong in the stack's configuration (alicloud:accessKey, alicloud:secretKey) or in the environment.";
const connectionKeys = "region, profile, endpoint, protocol, assumeRole";

/** Each row: the inputs that differ from good ones, and what people read. */
const bad: readonly (readonly [Inputs, ...string[]])[] = [
  // Instances.
  [{ sourceDbInstanceId: undefined }, "sourceDbInstanceId is required: the id of an RDS instance, as text."],
  [{ targetDbInstanceId: null }, "targetDbInstanceId is required: the id of an RDS instance, as text."],
  [{ sourceDbInstanceId: "" }, `sourceDbInstanceId is "", ${noInstance}`],
  [{ sourceDbInstanceId: " rm-source" }, `sourceDbInstanceId is " rm-source", ${noInstance}`],
  [{ targetDbInstanceId: "staging" }, `targetDbInstanceId is "staging", ${noInstance}`],
  [
    { targetDbInstanceId: "rm-target.sqlserver.rds.aliyuncs.com" },
    `targetDbInstanceId is "rm-target.sqlserver.rds.aliyuncs.com", ${noInstance}`,
  ],
  [{ targetDbInstanceId: "rm-" }, `targetDbInstanceId is "rm-", ${noInstance}`],
  [
    { sourceDbInstanceId: 42 },
    "sourceDbInstanceId must be the id of an RDS instance, as text; it is the number 42.",
  ],
  [
    { targetDbInstanceId: ["rm-target"] },
    "targetDbInstanceId must be the id of an RDS instance, as text; it is a list.",
  ],
  [
    { targetDbInstanceId: "rm-source" },
    "targetDbInstanceId is the source itself. Databases are copied to another instance.",
  ],
  [
    { targetDbInstanceId: "RM-Source" },
    "targetDbInstanceId is the source itself. Databases are copied to another instance.",
  ],
  [
    { targetDbInstanceId: "rm-source " },
    `targetDbInstanceId is "rm-source ", ${noInstance}`,
    "targetDbInstanceId is the source itself. Databases are copied to another instance.",
  ],

  // The form of the names.
  [{ dbNames: undefined }, `dbNames is required: ${names}.`],
  [{ dbNames: 7 }, `dbNames must be ${names}; it is the number 7.`],
  [{ dbNames: true }, `dbNames must be ${names}; it is the boolean true.`],
  [{ dbNames: [] }, "dbNames names no database. Give at least one."],
  [{ dbNames: {} }, "dbNames names no database. Give at least one."],
  [{ dbNames: "" }, "dbNames names no database. Give at least one."],
  [{ dbNames: " , " }, "dbNames names no database. Give at least one."],
  [{ dbNames: '{"orders":"orders"}' }, "dbNames is JSON text. Give the list or the map itself."],
  [{ dbNames: ' ["orders"]' }, "dbNames is JSON text. Give the list or the map itself."],
  [{ dbNames: "*" }, `dbNames.0 ${noPattern}`],
  [{ dbNames: ["orders", "*"] }, `dbNames.1 ${noPattern}`],
  [{ dbNames: "orders,,crm" }, "dbNames.1 is an empty name."],
  [{ dbNames: "orders,crm," }, "dbNames.2 is an empty name."],
  [{ dbNames: ["orders", ""] }, "dbNames.1 is an empty name."],
  [{ dbNames: { orders: "orders", "": "crm" } }, "dbNames has an empty name as a key."],
  [{ dbNames: ["orders", 5] }, "dbNames.1 must be the name of a database, as text; it is the number 5."],
  [{ dbNames: { orders: null } }, "dbNames.orders must be the name of a database, as text; it is null."],
  [
    { dbNames: { orders: { name: "orders" } } },
    "dbNames.orders must be the name of a database, as text; it is an object.",
  ],
  [
    { dbNames: [["orders"], {}] },
    "dbNames.0 must be the name of a database, as text; it is a list.",
    "dbNames.1 must be the name of a database, as text; it is an empty object.",
  ],

  // Source names.
  [
    { dbNames: { master: "orders" } },
    'dbNames.master "master" is a system database of SQL Server and cannot be copied.',
  ],
  [{ dbNames: ["TempDB"] }, 'dbNames.0 "TempDB" is a system database of SQL Server and cannot be copied.'],
  [{ dbNames: "orders,msdb" }, 'dbNames.1 "msdb" is a system database of SQL Server and cannot be copied.'],
  [{ dbNames: { "or\tders": "orders" } }, 'dbNames.or\tders "or\\tders" holds a control character.'],
  [
    { dbNames: [" orders"] },
    'dbNames.0 " orders" begins or ends with a blank. If the database is really called so, give a map: { " orders": "..." }.',
  ],
  [
    { dbNames: ["orders,crm"] },
    'dbNames.0 "orders,crm" holds a comma. If the database is really called so, give a map: { "orders,crm": "..." }.',
  ],
  [
    { dbNames: { [long(129)]: "orders" } },
    `dbNames.${long(129)} "${long(129)}" has 129 characters; 128 are allowed at most.`,
  ],

  // Target names.
  [
    { dbNames: { orders: "Orders_2" } },
    `dbNames.orders is "Orders_2", which cannot be the name on the target: ${characters}`,
  ],
  [
    { dbNames: { orders: "1orders" } },
    `dbNames.orders is "1orders", which cannot be the name on the target: ${characters}`,
  ],
  [
    { dbNames: { orders: "orders_" } },
    `dbNames.orders is "orders_", which cannot be the name on the target: ${characters}`,
  ],
  [
    { dbNames: { orders: "or ders" } },
    `dbNames.orders is "or ders", which cannot be the name on the target: ${characters}`,
  ],
  [
    { dbNames: { orders: "bestellungen_münchen" } },
    `dbNames.orders is "bestellungen_münchen", which cannot be the name on the target: ${characters}`,
  ],
  [
    { dbNames: { orders: "o" } },
    'dbNames.orders is "o", which cannot be the name on the target: it has 1 character; 2 to 64 are allowed.',
  ],
  [
    { dbNames: { orders: "" } },
    'dbNames.orders is "", which cannot be the name on the target: it has 0 characters; 2 to 64 are allowed.',
  ],
  [
    { dbNames: { orders: long(65) } },
    `dbNames.orders is "${long(65)}", which cannot be the name on the target: it has 65 characters; 2 to 64 are allowed.`,
  ],
  [
    { dbNames: { orders: "model" } },
    'dbNames.orders is "model", which cannot be the name on the target: it is a system database of SQL Server.',
  ],
  [
    { dbNames: { orders: "Select" } },
    `dbNames.orders is "Select", which cannot be the name on the target: ${reserved}`,
  ],
  [
    { dbNames: { orders: "sysadmin" } },
    `dbNames.orders is "sysadmin", which cannot be the name on the target: ${reserved}`,
  ],
  [
    { dbNames: { orders: "distribution" } },
    `dbNames.orders is "distribution", which cannot be the name on the target: ${reserved}`,
  ],

  // Names against each other.
  [
    { dbNames: { orders: "shop", crm: "shop" } },
    'dbNames.crm has the target name "shop", which "orders" has already; names are compared without case.',
  ],
  [
    { dbNames: { Shop: "Shop", crm: "shop" } },
    'dbNames.crm has the target name "shop", which "Shop" has already; names are compared without case.',
  ],
  [{ dbNames: ["orders", "crm", "orders"] }, 'dbNames.2 names the database "orders" a second time.'],
  [
    { dbNames: "orders, ORDERS" },
    'dbNames.1 has the target name "ORDERS", which "orders" has already; names are compared without case.',
  ],

  [
    { dbNames: { crm: "shop", Shop: "Shop" } },
    'dbNames.Shop has the target name "Shop", which "crm" has already; names are compared without case.',
  ],
  [
    { dbNames: { master: "master" } },
    'dbNames.master "master" is a system database of SQL Server and cannot be copied.',
  ],

  // The moment.
  [
    { backupId: "7", restoreTime: "2026-02-28T00:00:00Z" },
    "restoreTime cannot be given together with backupId: each names a moment by itself. Give one of the two, or none for the latest backup.",
  ],
  [{ backupId: "" }, 'backupId is "", which is no id of a backup set.'],
  [{ backupId: "7 8" }, 'backupId is "7 8", which is no id of a backup set.'],
  [
    { backupId: 1234567 },
    "backupId must be the id of a backup set, as text (ids are too long for a number); it is the number 1234567.",
  ],
  [{ restoreTime: "yesterday" }, `restoreTime is "yesterday", ${noTime}`],
  [{ restoreTime: "2026-02-30T00:00:00Z" }, `restoreTime is "2026-02-30T00:00:00Z", ${noTime}`],
  [{ restoreTime: "2026-02-28" }, `restoreTime is "2026-02-28", ${noTime}`],
  [
    { restoreTime: 1772330400000 },
    'restoreTime must be a Date, or a text such as "2026-03-01T02:00:00Z"; it is the number 1772330400000.',
  ],
  [
    { restoreTime: "2026-02-28T10:00:00" },
    'restoreTime is "2026-02-28T10:00:00", without a time zone. Write 2026-02-28T10:00:00Z if you mean UTC, or 2026-02-28T02:00:00Z if you mean China time.',
  ],
  [
    { restoreTime: "2026-03-01T02:00:01Z" },
    "restoreTime is 2026-03-01T02:00:01Z, which lies in the future. A copy holds the data of a moment that has passed.",
  ],
  [
    { restoreTime: "2026-03-01T00:00:00-05:00" },
    "restoreTime is 2026-03-01T05:00:00Z, which lies in the future. A copy holds the data of a moment that has passed.",
  ],
  [{ maxBackupAge: "a week" }, `maxBackupAge is "a week", ${noDuration}`],
  [{ maxBackupAge: "0h" }, `maxBackupAge is "0h", ${noDuration}`],
  [{ maxBackupAge: 36 }, 'maxBackupAge must be a duration such as "36h" or "7d"; it is the number 36.'],

  // Switches and modes.
  [
    { syncUserPrivilege: "yes" },
    'syncUserPrivilege must be true, false, "YES" or "NO"; it is the text "yes".',
  ],
  [{ syncUserPrivilege: 1 }, 'syncUserPrivilege must be true, false, "YES" or "NO"; it is the number 1.'],
  [{ adoptExisting: "true" }, 'adoptExisting must be true or false; it is the text "true".'],
  [{ ownershipMarks: [] }, "ownershipMarks must be true or false; it is an empty list."],
  [{ preflight: "strict" }, 'preflight must be "enforce", "warn" or "off"; it is the text "strict".'],
  [
    { requireTargetTags: ["staging"] },
    'requireTargetTags must be a map of tags such as { env: "staging" }; it is a list.',
  ],
  [{ requireTargetTags: { env: 3 } }, "requireTargetTags.env must be a text; it is the number 3."],

  [{ claim: "k3f9q0za" }, 'claim must be a list of ids of marks; it is the text "k3f9q0za".'],
  [
    { claim: ["k3f9q0za", "K3F9Q0ZA"] },
    'claim.1 is "K3F9Q0ZA", which is no id of a mark: eight lower-case letters and digits, as a refusal prints them.',
  ],
  [
    { claim: ["k3f9q0za"], ownershipMarks: false },
    "claim cannot be used with ownershipMarks: false: a claimed database gets a new mark. Remove one of the two.",
  ],

  // Time-outs.
  [
    { timeouts: "2h" },
    'timeouts must be an object of durations for create, update and delete, such as { create: "90m" }; it is the text "2h".',
  ],
  [{ timeouts: { create: "soon" } }, `timeouts.create is "soon", ${noDuration}`],
  [{ timeouts: { delete: 90 } }, 'timeouts.delete must be a duration such as "90m"; it is the number 90.'],
  [{ timeouts: { created: "1h" } }, "timeouts.created is not an input; did you mean create?"],

  // Connection.
  [
    { connection: "cn-shanghai" },
    'connection must be an object with region, profile, endpoint, protocol or assumeRole; it is the text "cn-shanghai".',
  ],
  [{ connection: { region: "" } }, "connection.region must not be empty."],
  [
    { connection: { endpoint: "https://rds.aliyuncs.com" } },
    `connection.endpoint is "https://rds.aliyuncs.com"; ${endpointForm}`,
  ],
  [
    { connection: { endpoint: "rds.aliyuncs.com/path" } },
    `connection.endpoint is "rds.aliyuncs.com/path"; ${endpointForm}`,
  ],
  [
    { connection: { endpoint: "rds.aliyuncs.com:99999" } },
    `connection.endpoint is "rds.aliyuncs.com:99999"; ${endpointForm}`,
  ],
  [
    { connection: { protocol: "FTP" } },
    'connection.protocol must be "HTTP", "HTTPS", "http" or "https"; it is the text "FTP".',
  ],
  [{ connection: { assumeRole: {} } }, "connection.assumeRole.roleArn is required: a text."],
  [
    { connection: { assumeRole: "acs:ram::1:role/x" } },
    'connection.assumeRole must be an object; it is the text "acs:ram::1:role/x".',
  ],
  [
    { connection: { assumeRole: { roleArn: "acs:ram::1:role/x", sessionExpiration: "1h" } } },
    'connection.assumeRole.sessionExpiration must be a number; it is the text "1h".',
  ],
  [
    { connection: { assumeRole: { roleArn: "acs:ram::1:role/x", session: "ci" } } },
    "connection.assumeRole.session is not an input; known are roleArn, sessionName, sessionExpiration, policy, externalId.",
  ],
  [{ connection: { regionId: "cn-shanghai" } }, "connection.regionId is not an input; did you mean region?"],
  [{ connection: { vpc: "vpc-1" } }, `connection.vpc is not an input; known are ${connectionKeys}.`],
  [{ connection: { secretKey: "s3cr3t" } }, `connection.secretKey ${noSecret}`],
  [{ connection: { accessKeyId: "LTAI" } }, `connection.accessKeyId ${noSecret}`],

  // Names of inputs.
  [{ backupID: "7" }, "backupID is not an input; did you mean backupId?"],
  [{ BACKUPID: "7" }, "BACKUPID is not an input; did you mean backupId?"],
  [{ dbname: ["orders"] }, "dbname is not an input; did you mean dbNames?"],
  [{ targetInstanceId: "rm-target" }, "targetInstanceId is not an input; did you mean targetDbInstanceId?"],
  [
    { somethingElse: 1 },
    "somethingElse is not an input; known are sourceDbInstanceId, targetDbInstanceId, dbNames, backupId, restoreTime, maxBackupAge, syncUserPrivilege, requireTargetTags, adoptExisting, claim, preflight, ownershipMarks, timeouts, connection.",
  ],

  // Outputs pasted into texts.
  [{ targetDbInstanceId: pasted }, `targetDbInstanceId ${pastedReason}`],
  [{ sourceDbInstanceId: `rm-${pasted}` }, `sourceDbInstanceId ${pastedReason}`],
  [{ dbNames: `orders,${pasted}` }, `dbNames ${pastedReason}`],
  [{ dbNames: ["orders", `${pasted}_staging`] }, `dbNames.1 ${pastedReason}`],
  [{ dbNames: { orders: `${pasted}_staging` } }, `dbNames.orders ${pastedReason}`],
  [{ dbNames: { orders: "orders", [pasted]: "crm" } }, `dbNames ${pastedKey}`],
  [{ dbNames: { [pasted]: pasted, orders: "orders" } }, `dbNames ${pastedKey}`],
  [{ dbNames: stringified }, `dbNames ${pastedReason}`],
  [{ backupId: "[object Promise]" }, `backupId ${pastedReason}`],
  [{ requireTargetTags: { env: "[object Object]" } }, `requireTargetTags.env ${pastedReason}`],
  [{ connection: { assumeRole: { roleArn: pasted } } }, `connection.assumeRole.roleArn ${pastedReason}`],
];

describe("check refuses", () => {
  for (const [inputs, ...sentences] of bad) {
    it(sentences.join(" / ").slice(0, 160), async () => {
      assert.deepEqual(await problemsOf({ ...good, ...inputs }), sentences);
    });
  }

  it("everything that is wrong, at once", async () => {
    const sentences = await problemsOf({
      targetDbInstanceId: "staging",
      dbNames: { master: "shop", crm: "shop", hr: `${pasted}` },
      backupId: 7,
      restoreTime: "now",
      timeouts: { create: "soon", remove: "1h" },
      connection: { endpoint: "http://x" },
      colour: "red",
    });
    assert.deepEqual(
      sentences.map((sentence) => sentence.split(" ")[0]),
      [
        "sourceDbInstanceId",
        "dbNames.hr",
        "backupId",
        "timeouts.remove",
        "colour",
        "targetDbInstanceId",
        "connection.endpoint",
        "dbNames.master",
        "dbNames.crm",
        "restoreTime",
      ],
    );
  });
});

describe("check refuses options that contradict each other", () => {
  const urn = { resourceUrn: "urn:pulumi:dev::app::pulumi-nodejs:dynamic/databaseCopy:DatabaseCopy::data" };
  const two = { ...good, ...urn, dbNames: ["orders", "crm"] };
  const checked = async (old: Inputs, wanted: Inputs) => {
    const session = testSession();
    const { problems } = await check(old, wanted, session);
    assert.deepEqual(session.calls, []);
    return problems.map(({ property, reason }) => `${property} ${reason}`).join("\n");
  };

  it("deleteBeforeReplace: false, whether it exists or not", async () => {
    const wanted = { ...good, deleteBeforeReplace: false };
    for (const old of [{}, good])
      assert.match(await checked(old, wanted), /^deleteBeforeReplace cannot be false: .* dropped first\.$/);
  });

  it("adoptExisting without marks", async () =>
    assert.match(
      await checked({}, { ...good, adoptExisting: true, ownershipMarks: false }),
      /^adoptExisting cannot be used with ownershipMarks: false/,
    ));

  for (const [what, old, wanted] of [
    ["protected", { protect: true }, { protect: true }],
    ["no longer protected in the same run", { protect: true }, {}],
    ["protected from now on", {}, { protect: true }],
  ] as const) {
    it(`a name removed from a resource that is ${what}`, async () => {
      const problems = await checked({ ...two, ...old }, { ...two, ...wanted, dbNames: ["crm"] });
      assert.match(
        problems,
        /^dbNames no longer declares orders, which would be dropped, and this resource is protected\./,
      );
    });
  }

  it("but not a name removed under retainOnDelete, which is left, nor one that is only written in another case", async () => {
    const kept = { protect: true, retainOnDelete: true };
    assert.equal(await checked({ ...two, ...kept }, { ...two, ...kept, dbNames: ["crm"] }), "");
    const spelt = { ...two, protect: true, dbNames: { Orders: "orders" } };
    assert.equal(await checked(spelt, { ...spelt, dbNames: ["Orders"] }), "");
  });

  for (const [what, old, wanted] of [
    ["in the state", { retainOnDelete: true }, {}],
    ["in the program", {}, { retainOnDelete: true }],
  ] as const) {
    it(`a replacement onto the names that retainOnDelete ${what} keeps`, async () => {
      const problems = await checked(
        { ...two, ...old },
        { ...two, ...wanted, sourceDbInstanceId: "rm-other" },
      );
      assert.match(
        problems,
        /^retainOnDelete keeps the databases, and a replacement needs their names\..*with everything else as before, and then replace\.$/,
      );
    });

    it(`the same by a changed trigger, which shows only in the second check: ${what}`, async () => {
      const session = testSession();
      assert.deepEqual((await check({ ...two, ...old }, { ...two, ...wanted }, session)).problems, []);
      const { problems } = await check({}, { ...two, ...wanted }, session);
      assert.deepEqual(
        problems.map(({ property }) => property),
        ["retainOnDelete"],
      );
      assert.deepEqual(session.calls, []);
    });
  }
});

describe("check of a region or an endpoint that changed", () => {
  const old = { ...good, foundAt: { region: "cn-hangzhou", endpoint: "rds.aliyuncs.com" } };
  const found = { instanceId: "rm-target" } as never;

  it("asks whether the target is found there, and writes where it is", async () => {
    const session = testSession({ describeInstance: () => Promise.resolve(found) });
    const { inputs, problems } = await check(old, good, session);
    assert.deepEqual(problems, []);
    assert.deepEqual(inputs.foundAt, { region: "cn-shanghai", endpoint: "rds.aliyuncs.com" });
    assert.deepEqual(session.calls, ["0s describeInstance rm-target"]);
  });

  for (const [what, answer] of [
    ["an empty list", () => Promise.resolve(undefined)],
    ["a code", () => Promise.reject(failures.notFound())],
  ] as const) {
    it(`refuses what is not found there, by ${what} and twice, and names where it was found before`, async () => {
      const session = testSession({ describeInstance: answer });
      const { problems } = await check(old, good, session);
      assert.deepEqual(
        problems.map(({ property }) => property),
        ["connection"],
      );
      assert.match(
        problems[0]?.reason ?? "",
        /cn-shanghai .*rm-target was not found\. Before, it was found in region cn-hangzhou/,
      );
      assert.equal(session.calls.length, 2);
    });
  }

  it("warns where nobody answers there", async () => {
    const session = testSession({ describeInstance: () => Promise.reject(failures.unreachable()) });
    assert.deepEqual((await check(old, good, session)).problems, []);
    assert.match(
      session.said.join(),
      /^warn: Whether rm-target is found in region cn-shanghai .* was not checked; before, it was found in cn-hangzhou/,
    );
  });

  it("takes a region that nobody names for the one before", async () => {
    const session = testSession({}, { region: "cn-beijing", regionSource: "default" });
    const { inputs } = await check(old, good, session);
    assert.deepEqual(inputs.foundAt, old.foundAt);
    assert.deepEqual(session.calls, []);
  });
});

describe("check lets pass", () => {
  const fine: readonly (readonly [string, Inputs])[] = [
    [
      "a source name that SQL allows and RDS would not make",
      { dbNames: { "Order Entry (old)": "order_entry" } },
    ],
    ["a name kept as it is, whatever its case", { dbNames: ["Orders", "CRM-2"] }],
    ["a reserved word that the source's name is", { dbNames: ["distribution", "user"] }],
    [
      "names with commas and blanks at the ends, in a map",
      { dbNames: { "a,b": "ab", " orders ": " orders ", "x,y": "x,y" } },
    ],
    ["source names that differ by case only", { dbNames: { orders: "orders", Orders: "orders2" } }],
    ["names of 2 and of 64 characters", { dbNames: { orders: "ab", crm: long(64) } }],
    ["names that swap case on the way", { dbNames: { ORDERS: "orders" } }],
    [
      "ids of read-only and other instances",
      { sourceDbInstanceId: "rr-uf6abc", targetDbInstanceId: "pgm-x-1" },
    ],
    ["a backup of any id without blanks", { backupId: "329****" }],
    ["the very moment", { restoreTime: "2026-03-01T02:00:00.900Z" }],
    ["durations in days", { maxBackupAge: "7d", timeouts: { create: "1h30m", delete: "90s" } }],
    [
      "a connection",
      {
        connection: {
          region: "cn-shanghai",
          endpoint: "127.0.0.1:8094",
          protocol: "http",
          assumeRole: { roleArn: "acs:ram::1:role/x", sessionName: "ci" },
        },
      },
    ],
    ["inputs that are null, as absent ones", { backupId: null, connection: null }],
    ["tags with any text", { requireTargetTags: { env: "", "my key": "staging" } }],
  ];
  for (const [what, inputs] of fine) {
    it(what, async () => assert.deepEqual(await problemsOf({ ...good, ...inputs }), []));
  }
});

describe("check brings into one form", () => {
  const forms: readonly (readonly [Inputs, Inputs])[] = [
    [{ dbNames: ["orders", "crm"] }, { dbNames: { orders: "orders", crm: "crm" } }],
    [{ dbNames: "orders, crm" }, { dbNames: { orders: "orders", crm: "crm" } }],
    [{ dbNames: { orders: "o2" } }, { dbNames: { orders: "o2" } }],
    [{ restoreTime: "2026-03-01T08:30:15.999+08:00" }, { restoreTime: "2026-03-01T00:30:15Z" }],
    [{ syncUserPrivilege: "YES" }, { syncUserPrivilege: true }],
    [{ syncUserPrivilege: "NO" }, { syncUserPrivilege: false }],
    [{ syncUserPrivilege: true }, { syncUserPrivilege: true }],
    [{ __provider: "text" }, {}],
  ];
  for (const [inputs, normal] of forms) {
    it(JSON.stringify(inputs), async () => assert.deepEqual(await normalOf(inputs), { ...good, ...normal }));
  }
});

describe("check with inputs that are not known yet", () => {
  const gaps: readonly Inputs[] = [
    { sourceDbInstanceId: unknown },
    { targetDbInstanceId: unknown, dbNames: unknown },
    { dbNames: { orders: unknown, crm: "crm" } },
    { backupId: unknown },
    { restoreTime: unknown },
    { backupId: "7", restoreTime: unknown },
    { syncUserPrivilege: unknown, adoptExisting: unknown },
    { claim: unknown },
    { claim: ["k3f9q0za", unknown] },
    { requireTargetTags: { env: unknown, team: "core" } },
    { timeouts: { create: unknown, delete: "5m" } },
    { connection: { region: unknown, endpoint: unknown } },
    { connection: { assumeRole: { roleArn: unknown } } },
    { connection: { assumeRole: unknown } },
  ];
  for (const inputs of gaps) {
    it(`keeps the gaps: ${Object.keys(inputs).join(", ")}`, async () =>
      assert.deepEqual(await normalOf(inputs), { ...good, ...inputs }));
  }

  it("does not know a list with one unknown name", async () =>
    assert.deepEqual(await normalOf({ dbNames: ["orders", unknown] }), { ...good, dbNames: unknown }));

  const stillBad: readonly (readonly [Inputs, string])[] = [
    [{ targetDbInstanceId: unknown, backupId: "" }, 'backupId is "", which is no id of a backup set.'],
    [
      { dbNames: { master: unknown } },
      'dbNames.master "master" is a system database of SQL Server and cannot be copied.',
    ],
    [
      { dbNames: { orders: unknown, crm: "X!" } },
      `dbNames.crm is "X!", which cannot be the name on the target: ${characters}`,
    ],
    [
      { dbNames: ["orders", unknown, "master"] },
      'dbNames.2 "master" is a system database of SQL Server and cannot be copied.',
    ],
    [{ dbNames: [unknown, 5] }, "dbNames.1 must be the name of a database, as text; it is the number 5."],
    [{ dbNames: ["orders", unknown, "orders"] }, 'dbNames.2 names the database "orders" a second time.'],
    [{ timeouts: { create: unknown, delete: "soon" } }, `timeouts.delete is "soon", ${noDuration}`],
    [
      { connection: { region: unknown, colour: "red" } },
      `connection.colour is not an input; known are ${connectionKeys}.`,
    ],
    [{ colour: unknown }, "colour is not an input; known are"],
  ];
  for (const [inputs, sentence] of stillBad) {
    it(`refuses what is known to be wrong beside them: ${sentence.slice(0, 80)}`, async () => {
      const sentences = await problemsOf({ ...good, ...inputs });
      assert.equal(sentences.length, 1);
      assert.ok(sentences[0]?.startsWith(sentence), sentences[0]);
    });
  }
});

describe("check, whatever it is given", () => {
  const anyInput = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constant(unknown),
    fc.constant(pasted),
    fc.constantFrom("orders", "rm-a", "__proto__", "constructor", "7d", "2026-02-01T00:00:00Z", "YES"),
  );
  const nested = fc.oneof(
    anyInput,
    fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom("constructor", "create", "region", "assumeRole", pasted)),
      anyInput,
    ),
    fc.array(anyInput, { maxLength: 4 }),
  );
  const name = fc.oneof(
    fc.constantFrom(
      "sourceDbInstanceId",
      "targetDbInstanceId",
      "dbNames",
      "backupId",
      "restoreTime",
      "maxBackupAge",
      "syncUserPrivilege",
      "requireTargetTags",
      "adoptExisting",
      "claim",
      "timeouts",
      "connection",
      "ownershipMarks",
      "preflight",
    ),
    fc.string({ minLength: 1 }),
    fc.constantFrom("toString", "constructor", "hasOwnProperty"),
  );

  it("does not throw, and each problem names an input and reads as a sentence", async () => {
    const denied = () => Promise.reject(failures.denied());
    const reads: Partial<RdsCalls> = {
      describeInstance: denied,
      describeDatabases: denied,
      describeBackups: denied,
      describeBackupPolicy: denied,
      describeLogBackups: denied,
      describeEncryption: denied,
      describeTasks: denied,
      describeHistoryTasks: denied,
      listTags: denied,
    };
    await fc.assert(
      fc.asyncProperty(fc.dictionary(name, nested), async (inputs) => {
        const { problems } = await check({}, inputs, testSession(reads));
        for (const { property, reason } of problems) {
          const given = [...Object.keys(inputs), "sourceDbInstanceId", "targetDbInstanceId", "dbNames"];
          assert.ok(
            given.some((one) => property === one || property.startsWith(`${one}.`)),
            property,
          );
          assert.match(reason, /[.?]$/s);
          assert.doesNotMatch(reason, /\bat .*:\d+:\d+|undefined|\[object/);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
