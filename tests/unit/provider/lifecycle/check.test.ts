import assert from "node:assert/strict";
import fc from "fast-check";
import { check } from "../../../../provider/src/lifecycle/check";
import { unknown } from "../../../../provider/src/lifecycle/unknown";
import { failures, type RdsCalls } from "../scriptedRds";
import { badInputs, characters, connectionKeys, inputNames, long, noDuration, pasted } from "./badInputs";
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

describe("check refuses", () => {
  for (const [inputs, ...sentences] of badInputs) {
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
    fc.constantFrom(...inputNames),
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
