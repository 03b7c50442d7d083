import assert from "node:assert/strict";
import {
  encryptionUnclear,
  missingNames,
  sourceDatabaseFindings,
} from "../../../provider/src/preflight/sourceDatabaseFindings";
import { backupSet, briefs, database, knownOf, onlyText, type KnownParts } from "./known";

const findingsOf = (parts: KnownParts) => sourceDatabaseFindings(knownOf(parts));
const missing = (name: string) => `blocks source-database-missing dbNames.${name} InvalidDBName.NotFound`;
const cold = (name: string) => `blocks source-database-cold dbNames.${name} InvalidRestoreDB`;
const encrypted = (name: string) => `blocks database-encrypted dbNames.${name} CanNotCopyDBHasTDEEnabled`;

describe("a database on the source", () => {
  it("is not missed while the list is not known", () => {
    assert.deepEqual(findingsOf({}), []);
  });

  it("is found in any case, and one of another case is named", () => {
    const otherCase = ["warns source-name-case dbNames.orders -"];
    assert.deepEqual(briefs(findingsOf({ sourceDatabases: [database("ORDERS")] })), otherCase);
    assert.deepEqual(findingsOf({ sourceDatabases: [database("ORDERS"), database("orders")] }), []);
  });

  it("may differ from another by its case alone, where the source has both", () => {
    const plan = { names: { orders: "orders", Orders: "orders2" } };
    const both = [database("orders"), database("Orders")];
    assert.deepEqual(findingsOf({ plan, sourceDatabases: both }), []);
    const findings = findingsOf({ plan, sourceDatabases: both.slice(0, 1) });
    assert.deepEqual(briefs(findings), [missing("Orders")]);
    assert.equal(
      onlyText(findings),
      "dbNames names orders and Orders, and instance rm-prod has only orders. Remove one of the two.",
    );
  });

  it("has accounts to copy, where that is asked for and the service tells", () => {
    const noAccounts = ["warns no-accounts syncUserPrivilege -"];
    const plan = { syncUserPrivilege: true };
    const listed = (accounts?: readonly string[]) => [database("orders", { accounts })];
    assert.deepEqual(briefs(findingsOf({ plan, sourceDatabases: listed([]) })), noAccounts);
    assert.deepEqual(findingsOf({ plan, sourceDatabases: listed(["app"]) }), []);
    assert.deepEqual(findingsOf({ plan, sourceDatabases: listed(undefined) }), []);
    assert.deepEqual(findingsOf({ sourceDatabases: listed([]) }), []);
  });

  it("is missed where the list does not have it", () => {
    assert.deepEqual(briefs(findingsOf({ sourceDatabases: [] })), [missing("orders")]);
    assert.deepEqual(briefs(findingsOf({ sourceDatabases: [database("crm")] })), [missing("orders")]);
  });

  it("is not missed where a backup holds it", () => {
    const sourceDatabases = [database("crm")];
    assert.deepEqual(findingsOf({ sourceDatabases, backups: [backupSet({ databases: ["Orders"] })] }), []);
    assert.deepEqual(briefs(findingsOf({ sourceDatabases, backups: [backupSet()] })), [missing("orders")]);
  });

  it("blocks from cold storage, in no other state", () => {
    assert.deepEqual(briefs(findingsOf({ sourceDatabases: [database("orders", { status: "Cold" })] })), [
      cold("orders"),
    ]);
    for (const status of ["Running", "Creating", "Deleting", ""])
      assert.deepEqual(findingsOf({ sourceDatabases: [database("orders", { status })] }), []);
  });

  it("blocks when it is encrypted, and not when another one is", () => {
    const on = (...databases: readonly string[]) => ({ encryption: { enabled: true, databases } });
    assert.deepEqual(briefs(findingsOf(on("crm", "ORDERS"))), [encrypted("orders")]);
    assert.deepEqual(findingsOf(on("crm")), []);
    assert.deepEqual(findingsOf({ encryption: { enabled: true, databases: undefined } }), []);
  });

  it("is judged by itself, in the order of the names", () => {
    const parts = {
      plan: { names: { gone: "a", orders: "b", crm: "c" } },
      sourceDatabases: [database("crm", { status: "Cold" }), database("orders")],
      encryption: { enabled: true, databases: ["crm", "orders"] },
    };
    assert.deepEqual(briefs(findingsOf(parts)), [
      missing("gone"),
      encrypted("orders"),
      cold("crm"),
      encrypted("crm"),
    ]);
  });

  it("does not matter where it is not copied", () => {
    assert.deepEqual(findingsOf({ names: {}, sourceDatabases: [] }), []);
  });
});

describe("a name that the source does not have", () => {
  const hintFor = (name: string, ...there: readonly string[]) =>
    /backup\. (.*) If it was/.exec(
      onlyText(
        findingsOf({ plan: { names: { [name]: name } }, sourceDatabases: there.map((one) => database(one)) }),
      ),
    )?.[1];

  const hints: readonly (readonly [string, readonly string[], string])[] = [
    ["oders", ["crm", "orders"], "Did you mean orders?"],
    ["OREDRS", ["crm", "orders"], "Did you mean orders?"],
    ["ab", ["abcd"], "Did you mean abcd?"],
    ["ab", ["abcde"], "It has abcde."],
    ["warehouse", ["warehouse_of"], "Did you mean warehouse_of?"],
    ["warehouse", ["warehouse_old"], "It has warehouse_old."],
    ["orders", [], "It has no database."],
    ["orders", ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"], "It has a, b, c, d, e, f, g, h, i and j."],
    [
      "orders",
      ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"],
      "It has a, b, c, d, e, f, g, h, i and j and others.",
    ],
  ];
  for (const [name, there, hint] of hints)
    it(`${name} among ${there.length === 0 ? "none" : there.join(", ")}: ${hint}`, () => {
      assert.equal(hintFor(name, ...there), hint);
    });

  it("is told with the instance", () => {
    assert.match(onlyText(findingsOf({ sourceDatabases: [] })), /^Instance rm-prod has no database orders, /);
  });
});

describe("the names that are missing", () => {
  const plan = { names: { orders: "a", crm: "b", shop: "c" } };

  it("are those that neither the source nor a backup has", () => {
    const sourceDatabases = [database("ORDERS"), database("other")];
    const backups = [backupSet({ databases: ["crm", "orders"] })];
    assert.deepEqual(missingNames(knownOf({ plan, sourceDatabases, backups })), ["shop"]);
    assert.deepEqual(missingNames(knownOf({ plan, sourceDatabases })), ["crm", "shop"]);
  });

  it("are none that are known without the list", () => {
    assert.deepEqual(missingNames(knownOf({ plan })), []);
  });
});

describe("encryption of an instance as a whole", () => {
  const told = (enabled: boolean, databases: readonly string[] | undefined) =>
    encryptionUnclear(knownOf({ encryption: { enabled, databases } }));

  it("leaves open which databases have it, and names what an encrypted one would be answered", () => {
    assert.deepEqual(briefs(told(true, undefined)), [
      "unchecked encryption-unclear dbNames CanNotCopyDBHasTDEEnabled",
    ]);
    assert.match(onlyText(told(true, undefined)), /is on for rm-prod/);
  });

  it("leaves nothing open where it is off, not known, or told by database", () => {
    assert.deepEqual(told(false, undefined), []);
    assert.deepEqual(told(true, []), []);
    assert.deepEqual(told(true, ["crm"]), []);
    assert.deepEqual(encryptionUnclear(knownOf()), []);
  });
});
