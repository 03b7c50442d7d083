import assert from "node:assert/strict";
import { hasOwnMark, markPrefix } from "../../../../provider/src/copy/marks";
import type { MarkResult, Ownership } from "../../../../provider/src/copy/ownership";
import { marking, whyForeign } from "../../../../provider/src/lifecycle/marking";
import type { CopyInputs } from "../../../../provider/src/lifecycle/inputs";
import type { DatabaseState } from "../../../../provider/src/lifecycle/state";

const resourceUrn = "urn:pulumi:prod::shop::DatabaseCopy::data";
const inputs: CopyInputs = {
  sourceDbInstanceId: "rm-prod",
  targetDbInstanceId: "rm-staging",
  dbNames: { orders: "orders", crm: "crm2" },
  resourceUrn,
};
const ownMark = `${markPrefix(resourceUrn)}0123abcd`;
const otherOwnMark = `${markPrefix(resourceUrn)}9876fedc`;
const foreignMark = `${markPrefix("urn:of:another")}0123abcd`;
const copied: DatabaseState = {
  sourceName: "orders",
  targetName: "orders",
  status: "Running",
  origin: "copied",
  restorePoint: { kind: "backup", backupId: "1002" },
};

describe("whose a database is", () => {
  const isForeign = (recorded: Partial<DatabaseState>, description: string, more: Partial<CopyInputs> = {}) =>
    whyForeign(
      { ...inputs, ...more },
      { ...copied, ...recorded },
      { name: "orders", status: "Running", description },
    ) !== undefined;

  it("is told by the mark that was recorded, and by no other, not even another one of ours", () => {
    assert.equal(isForeign({ mark: ownMark }, ownMark), false);
    for (const description of ["", "our orders", otherOwnMark, foreignMark])
      assert.equal(isForeign({ mark: ownMark }, description), true, description);
    // After a rename of the stack the URN is another one, the recorded mark is not.
    assert.equal(isForeign({ mark: foreignMark }, foreignMark), false);
  });

  it("is ours where no mark was recorded, unless it carries that of another resource", () => {
    for (const description of ["", "our orders", ownMark, `${foreignMark}0`])
      assert.equal(isForeign({}, description), false, description);
    assert.equal(isForeign({}, foreignMark), true);
    assert.equal(isForeign({}, ownMark, { resourceUrn: "urn:of:another" }), true);
  });

  it("is not asked of what was taken over, nor without marks", () => {
    assert.equal(isForeign({ mark: ownMark, origin: "adopted" }, ""), false);
    assert.equal(isForeign({ mark: ownMark }, "", { ownershipMarks: false }), false);
  });

  it("an own mark is one of this resource, whole, and of no other", () => {
    assert.equal(hasOwnMark(resourceUrn, ownMark), true);
    assert.equal(hasOwnMark(resourceUrn, otherOwnMark), true);
    for (const other of [foreignMark, markPrefix(resourceUrn), "", `${ownMark} and more`])
      assert.equal(hasOwnMark(resourceUrn, other), false, other);
    assert.equal(hasOwnMark(undefined, ownMark), false);
  });
});

describe("marking what is being copied", () => {
  /** An ownership that answers in turn and tells which database it was asked to mark, at which status. */
  function marker(...answers: MarkResult[]) {
    const asked: string[] = [];
    const owned: Pick<Ownership, "mark"> = {
      mark: (request, source, { name, status }) => {
        asked.push(`${source}->${JSON.stringify(request.names)} ${name} ${status}`);
        return Promise.resolve(answers.shift() ?? { state: "marked", mark: ownMark });
      },
    };
    return { asked, owned: owned as Ownership };
  }
  const facts = (name: string, status: string, description = "") => ({ name, status, description });

  it("happens once at each status until it is on a database that runs", async () => {
    const { asked, owned } = marker({ state: "unmarked" });
    const marks = marking(owned, inputs, [copied]);
    await marks.onSeen(facts("ORDERS", "Creating"));
    await marks.onSeen(facts("ORDERS", "Creating"));
    assert.equal(marks.markOf("orders"), undefined);
    await marks.onSeen(facts("ORDERS", "Running"));
    assert.equal(marks.markOf("orders"), ownMark);
    await marks.onSeen(facts("ORDERS", "Running", ownMark));
    const once = [
      'orders->{"orders":"orders"} ORDERS Creating',
      'orders->{"orders":"orders"} ORDERS Running',
    ];
    assert.deepEqual(asked, once);
    // Whoever took it off, or made another one of the name: it is not marked over.
    await marks.onSeen(facts("ORDERS", "Running", "taken off"));
    assert.deepEqual(asked, once);
    assert.equal(marks.markOf("orders"), ownMark);
  });

  it("happens again where the mark is gone that was put on while the database was being made", async () => {
    const { asked, owned } = marker();
    const marks = marking(owned, inputs, [copied]);
    await marks.onSeen(facts("orders", "Creating"));
    await marks.onSeen(facts("orders", "Creating", ownMark));
    await marks.onSeen(facts("orders", "Creating", "of the source"));
    await marks.onSeen(facts("orders", "Running", "of the source"));
    assert.deepEqual(
      asked.map((line) => line.split(" ").at(-1)),
      ["Creating", "Creating", "Running"],
    );
  });

  it("tells whether what is there carries its mark: the one put on, the recorded one, or the one that may be on", () => {
    const carries = (database: DatabaseState, description: string) =>
      marking(marker().owned, inputs, [database]).carriesItsMark(facts("Orders", "Running", description));
    assert.equal(carries(copied, ownMark), undefined);
    assert.equal(carries({ ...copied, mark: ownMark }, ownMark), true);
    assert.equal(carries({ ...copied, mark: ownMark }, ""), false);
  });

  it("tells so of one whose answer was lost, too", async () => {
    for (const state of ["later", "unmarked"] as const) {
      const { owned } = marker({ state, maybe: ownMark });
      const marks = marking(owned, inputs, [copied]);
      await marks.onSeen(facts("orders", "Running"));
      assert.equal(marks.markOf("orders"), undefined);
      assert.equal(marks.carriesItsMark(facts("orders", "Running", ownMark)), true);
      assert.equal(marks.carriesItsMark(facts("orders", "Running", "")), false);
    }
  });

  it("is tried again at the next look when the call did not come through", async () => {
    const { asked, owned } = marker({ state: "later" }, { state: "later" }, { state: "unmarked" });
    const marks = marking(owned, inputs, [copied]);
    for (let look = 0; look < 5; look++) await marks.onSeen(facts("orders", "Creating"));
    assert.equal(asked.length, 3);
  });

  it("is only for what this copy makes: nothing taken over, nothing of others, nothing whose moment is not known", async () => {
    const { asked, owned } = marker();
    const { restorePoint: _, ...unpointed } = copied;
    const marks = marking(owned, inputs, [
      { ...copied, origin: "adopted" },
      { ...unpointed, targetName: "crm2" },
    ]);
    for (const name of ["orders", "crm2", "reports"]) await marks.onSeen(facts(name, "Running"));
    assert.deepEqual(asked, []);
    assert.equal(marks.markOf("orders"), undefined);
  });

  it("is of the name that is declared, and of the recorded one where none is declared any more", async () => {
    const { asked, owned } = marker();
    const crm = { ...copied, sourceName: "crm", targetName: "CRM2" };
    const old = { ...copied, sourceName: "old", targetName: "old_copy" };
    const marks = marking(owned, inputs, [crm, old]);
    await marks.onSeen(facts("CRM2", "Running"));
    await marks.onSeen(facts("old_copy", "Running"));
    assert.deepEqual(asked, ['crm->{"crm":"crm2"} CRM2 Running', 'old->{"old":"old_copy"} old_copy Running']);
    assert.equal(marks.markOf("crm2"), ownMark);
    assert.equal(marks.markOf("orders"), undefined);
  });
});
