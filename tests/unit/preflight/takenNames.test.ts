import assert from "node:assert/strict";
import { markPrefix, receiptKey } from "../../../provider/src/copy/marks";
import {
  hasUnclearNames,
  maybeOwn,
  namesToCopy,
  takenNames,
} from "../../../provider/src/preflight/ownDatabases";
import { targetNameFindings } from "../../../provider/src/preflight/targetNameFindings";
import { failures } from "../provider/scriptedRds";
import { briefs, database, knownOf, onlyText, type KnownParts } from "./known";
import { urn } from "./stage";

const names = { orders: "Orders_copy", crm: "crm" };
const planOf = (plan: KnownParts["plan"] = {}) => knownOf({ plan: { names, ...plan } }).plan;

const foreign = database("orders_copy");
const marked = database("orders_copy", { description: `${markPrefix(urn)}01234567` });
const receipt = { [receiptKey(urn)]: "pending:01234567:2026-11-25T11:00:00Z" };
const receiptOfAnother = { [receiptKey(`${urn}-other`)]: "pending:01234567:2026-11-25T11:00:00Z" };

describe("a database that may be the resource's own", () => {
  const cases: readonly (readonly [string, Parameters<typeof maybeOwn>, boolean])[] = [
    ["carries its mark", [planOf({ urn }), marked, undefined], true],
    ["is on an instance that carries its receipt", [planOf({ urn }), foreign, receipt], true],
    ["carries neither", [planOf({ urn }), foreign, {}], false],
    ["is on an instance whose tags are not known", [planOf({ urn }), foreign, undefined], false],
    ["is on an instance with the receipt of another", [planOf({ urn }), foreign, receiptOfAnother], false],
    [
      "carries the mark of another",
      [planOf({ urn }), database("a", { description: `${markPrefix(`${urn}-other`)}01234567` }), {}],
      false,
    ],
    [
      "has the mark not at the beginning",
      [planOf({ urn }), database("a", { description: `no-${marked.description}` }), {}],
      false,
    ],
    ["is nobody's without an identity", [planOf(), marked, receipt], false],
  ];
  for (const [what, given, expected] of cases)
    it(`${what}: ${expected ? "yes" : "no"}`, () => {
      assert.equal(maybeOwn(...given), expected);
    });
});

describe("the names that are taken on the target", () => {
  it("are those of the list, in any case", () => {
    assert.deepEqual(takenNames(planOf(), [database("other"), foreign]), [
      { source: "orders", database: foreign },
    ]);
    assert.deepEqual(takenNames(planOf(), [database("orders")]), []);
    assert.deepEqual(takenNames(planOf(), undefined), []);
  });

  it("are without what this resource will have dropped by then", () => {
    assert.deepEqual(takenNames(planOf({ ownNames: ["ORDERS_COPY"] }), [foreign]), []);
    assert.deepEqual(takenNames(planOf({ ownNames: ["other"] }), [foreign]).length, 1);
  });

  it("are unclear when a receipt would make a difference", () => {
    assert.equal(hasUnclearNames(planOf({ urn }), [foreign]), true);
    assert.equal(hasUnclearNames(planOf({ urn }), [marked, database("CRM")]), true);
  });

  it("are clear by a mark, without an identity, when they are taken over, and when there are none", () => {
    assert.equal(hasUnclearNames(planOf({ urn }), [marked]), false);
    assert.equal(hasUnclearNames(planOf(), [foreign]), false);
    assert.equal(hasUnclearNames(planOf({ urn, adoptExisting: true }), [foreign]), false);
    assert.equal(hasUnclearNames(planOf({ adoptExisting: true }), [foreign]), false);
    assert.equal(hasUnclearNames(planOf({ urn }), []), false);
    assert.equal(hasUnclearNames(planOf({ urn }), undefined), false);
  });
});

describe("the names that are copied", () => {
  it("are all but those that are taken over or resumed", () => {
    assert.deepEqual(namesToCopy(planOf({ adoptExisting: true }), [foreign], undefined), { crm: "crm" });
    assert.deepEqual(namesToCopy(planOf({ urn }), [marked], undefined), { crm: "crm" });
    assert.deepEqual(namesToCopy(planOf({ urn }), [foreign], receipt), { crm: "crm" });
  });

  it("are still those that are taken by another's database", () => {
    assert.deepEqual(namesToCopy(planOf({ urn }), [foreign], {}), names);
    assert.deepEqual(namesToCopy(planOf(), [marked], receipt), names);
    assert.deepEqual(namesToCopy(planOf({ adoptExisting: true }), undefined, undefined), names);
    assert.deepEqual(
      namesToCopy(planOf({ adoptExisting: true, ownNames: ["orders_copy"] }), [foreign], undefined),
      names,
    );
  });
});

describe("a name that is taken", () => {
  const findingsOf = ({ plan, ...parts }: KnownParts = {}) =>
    targetNameFindings(knownOf({ plan: { names, urn, ...plan }, targetDatabases: [foreign], ...parts }));
  const taken = ["blocks target-name-taken dbNames.orders InvalidDBName.Duplicate"];
  const unanswered = (
    failure: keyof typeof failures,
    action: "ListTagResources" | "DescribeBackups" = "ListTagResources",
  ) => ({ unanswered: [{ action, failure: failures[failure]() }] });

  it("blocks, on the name of its source", () => {
    const findings = findingsOf({ targetTags: {} });
    assert.deepEqual(briefs(findings), taken);
    assert.match(
      onlyText(findings),
      /^Instance rm-staging already has a database orders_copy \(Running\), and this resource did not make it/,
    );
  });

  it("is told for each", () => {
    assert.deepEqual(
      findingsOf({ targetDatabases: [database("crm"), foreign] }).map(({ property }) => property),
      ["dbNames.orders", "dbNames.crm"],
    );
  });

  it("does not matter where it is taken over, dropped first, or perhaps the resource's own", () => {
    assert.deepEqual(findingsOf({ plan: { adoptExisting: true } }), []);
    assert.deepEqual(findingsOf({ plan: { ownNames: ["orders_copy"] } }), []);
    assert.deepEqual(findingsOf({ targetDatabases: [marked] }), []);
    assert.deepEqual(findingsOf({ targetTags: receipt }), []);
    assert.deepEqual(briefs(findingsOf({ targetTags: receiptOfAnother })), taken);
  });

  it("is not known without the target or its list", () => {
    assert.deepEqual(findingsOf({ plan: { targetDbInstanceId: undefined } }), []);
    assert.deepEqual(findingsOf({ targetDatabases: undefined }), []);
  });

  it("is left to the copy where a receipt may be there unseen", () => {
    for (const kind of ["throttled", "unknown", "unreachable", "signIn", "busy"] as const)
      assert.deepEqual(findingsOf(unanswered(kind)), [], kind);
  });

  it("blocks where tags may not be read, for none was written either", () => {
    assert.deepEqual(briefs(findingsOf(unanswered("denied"))), taken);
  });

  it("blocks where only something else was not answered", () => {
    assert.deepEqual(briefs(findingsOf(unanswered("throttled", "DescribeBackups"))), taken);
  });

  it("blocks without an identity, whatever a receipt would say", () => {
    assert.deepEqual(briefs(findingsOf({ plan: { urn: undefined }, ...unanswered("throttled") })), taken);
  });
});
