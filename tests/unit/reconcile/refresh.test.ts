import assert from "node:assert/strict";
import type { DatabaseRecord } from "../../../provider/src/ownership/record";
import { CallFailed } from "../../../provider/src/reconcile/calls";
import { refresh } from "../../../provider/src/reconcile/refresh";
import { backup, context, description, filled, own, play, stage } from "./stage";

const crm = filled("crm", "crm00000");
const point = backup("2");

describe("what a refresh says", () => {
  const seen = (
    text: string,
    { status = "Running", record = crm }: { status?: string; record?: DatabaseRecord } = {},
  ) => {
    const on = stage({ crm: text });
    on.databases.set("crm", { status, description: text });
    const end = play(refresh(context({ records: { crm: record } })), on);
    return { said: on.said, status: end.end === "seen" ? end.records["crm"]?.status : end.end, end };
  };
  const saidOf = ({ said, status }: ReturnType<typeof seen>) => ({ said, status });

  it("is nothing of a database that carries its mark and runs", () => {
    assert.deepEqual(saidOf(seen(description("crm00000"))), { said: [], status: "Running" });
  });

  it("is why it is someone else's: no mark, an own one that is not recorded, or another owner's", () => {
    const foreign = (more: object) => [{ kind: "foreign", name: "crm", record: crm, ...more }];
    assert.deepEqual(saidOf(seen("a note")), {
      said: foreign({ why: "markGone", id: undefined, mark: undefined }),
      status: "Foreign",
    });
    const unrecorded = { owner: own, id: "newer000", point };
    assert.deepEqual(saidOf(seen(description("newer000"))), {
      said: foreign({ why: "unrecorded", id: "newer000", mark: unrecorded }),
      status: "Foreign",
    });
    const other = { owner: "other0000000", id: "crm00001", point };
    assert.deepEqual(saidOf(seen(description("crm00001", point, "other0000000"))), {
      said: foreign({ why: "otherOwner", id: "crm00001", mark: other }),
      status: "Foreign",
    });
  });

  it("is the status of one that is filled and does not run, and of no other", () => {
    const offline = { status: "Offline" };
    assert.deepEqual(saidOf(seen(description("crm00000"), offline)), {
      said: [{ kind: "notRunning", name: "crm", status: "Offline" }],
      status: "Offline",
    });
    const filling = { ...crm, phase: "filling" } as const;
    assert.deepEqual(saidOf(seen("", { status: "Creating", record: filling })), {
      said: [],
      status: "Creating",
    });
    const adopted = { phase: "adopted", target: "crm" } as const;
    assert.deepEqual(saidOf(seen("", { ...offline, record: adopted })), { said: [], status: "Offline" });
  });

  it("is nothing yet of one that is being deleted: its drop may fail", () => {
    const record = (status: string, more: DatabaseRecord = crm) => {
      const { said, end } = seen(description("crm00000"), { status, record: more });
      return [said, end.end === "seen" && end.records];
    };
    for (const one of [crm, { phase: "adopted", target: "crm" } as const])
      assert.deepEqual(record("Deleting", one), [[], { crm: { ...one, status: "Deleting" } }]);
  });

  it("is that one no longer exists, adopted or copied; what was never seen may still come", () => {
    const of = (record: DatabaseRecord) => {
      const on = stage();
      const end = play(refresh(context({ records: { crm: record } })), on);
      return [on.said, end.end === "seen" && end.records];
    };
    const vanished = [{ kind: "vanished", name: "crm" }];
    for (const record of [crm, { phase: "adopted", target: "crm" } as const])
      assert.deepEqual(of(record), [vanished, {}]);
    const filling = { ...crm, phase: "filling" } as const;
    assert.deepEqual(of(filling), [[], { crm: { ...filling, status: "Missing" } }]);
  });

  it("lets the mark decide from then on, once its own one was seen on a running database", () => {
    const never = { ...crm, unmarked: true } as const;
    const isNever = (text: string, status = "Running") => {
      const { end } = seen(text, { status, record: never });
      const record = end.end === "seen" ? end.records["crm"] : undefined;
      return record?.phase === "filled" && record.unmarked === true;
    };
    assert.equal(isNever(description("crm00000")), false);
    assert.equal(isNever(description("crm00000"), "Creating"), true);
    assert.equal(isNever(description("other000")), true);
    assert.equal(isNever(""), true);
  });

  it("is the failure of a call, and a defect is thrown", () => {
    const of = (error: Error) =>
      play(refresh(context({ records: { crm } })), stage(), {
        databases: () => {
          throw error;
        },
      });
    assert.deepEqual(of(new CallFailed("no answer")), {
      end: "refused",
      reasons: [{ kind: "lookFailed", reason: "no answer" }],
    });
    assert.throws(() => of(new TypeError("a defect")), TypeError);
  });
});
