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
    return { said: on.said, status: end.end === "seen" ? end.records["crm"]?.status : end.end };
  };

  it("is nothing of a database that carries its mark and runs", () => {
    assert.deepEqual(seen(description("crm00000")), { said: [], status: "Running" });
  });

  it("is why it is someone else's: no mark, an own one that is not recorded, or another owner's", () => {
    const foreign = (more: object) => [{ kind: "foreign", name: "crm", record: crm, ...more }];
    assert.deepEqual(seen("a note"), {
      said: foreign({ why: "markGone", id: undefined, mark: undefined }),
      status: "Foreign",
    });
    const unrecorded = { owner: own, id: "newer000", point };
    assert.deepEqual(seen(description("newer000")), {
      said: foreign({ why: "unrecorded", id: "newer000", mark: unrecorded }),
      status: "Foreign",
    });
    const other = { owner: "other0000000", id: "crm00001", point };
    assert.deepEqual(seen(description("crm00001", point, "other0000000")), {
      said: foreign({ why: "otherOwner", id: "crm00001", mark: other }),
      status: "Foreign",
    });
  });

  it("is the status of one that is filled and does not run, and of no other", () => {
    const offline = { status: "Offline" };
    assert.deepEqual(seen(description("crm00000"), offline), {
      said: [{ kind: "notRunning", name: "crm", status: "Offline" }],
      status: "Offline",
    });
    const filling = { ...crm, phase: "filling" } as const;
    assert.deepEqual(seen("", { status: "Creating", record: filling }), { said: [], status: "Creating" });
    const adopted = { phase: "adopted", target: "crm" } as const;
    assert.deepEqual(seen("", { ...offline, record: adopted }), { said: [], status: "Offline" });
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
