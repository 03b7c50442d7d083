import assert from "node:assert/strict";
import { intentKey } from "../../../../provider/src/ownership/intent";
import { changesOf } from "../../../../provider/src/reconcile/changes";
import type { Looks } from "../../../../provider/src/reconcile/looks";
import { intent as intentOf } from "../../reconcile/stage";
import { testSession } from "../lifecycle/testSession";
import { failures, instance, inTurn, scriptedRds, type RdsCalls } from "../scriptedRds";

const point = { kind: "backup", backupId: "7" } as const;
const copy = { call: "copy", id: "aaaaaaaa", point, names: { orders: "orders" } } as const;
const drop = { call: "drop", name: "orders", id: "aaaaaaaa" } as const;
const mark = {
  call: "mark",
  name: "orders",
  mark: { owner: "owner0000000", id: "aaaaaaaa", point },
} as const;
const intent = intentOf("aaaaaaaa", ["orders"]);
const tenTags = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`tag${index}`, ""]));
const nineTags = Object.fromEntries(Object.entries(tenTags).slice(1));

/** The changes of one operation on rm-target, and what the looks beside them were told. */
function open(
  script: Partial<RdsCalls>,
  { isLocked = false, signal = undefined as AbortSignal | undefined } = {},
) {
  const session = testSession();
  const { rds, calls } = scriptedRds(script, session.clock);
  const told: string[] = [];
  const looks: Looks = {
    databases: () => Promise.reject(new Error("no look is expected")),
    unlock: () => undefined,
    isLocked: () => isLocked,
    requested: (isAccepted) => void told.push(`requested, ${isAccepted ? "accepted" : "not known"}`),
    retryIn: (delay) => void told.push(`retry in ${Math.sign(delay) > 0 ? "a while" : String(delay)}`),
  };
  const target = {
    rds,
    instanceId: "rm-target",
    source: { instanceId: "rm-source", syncUserPrivilege: true },
    deadline: session.clock.now() + 30 * 60_000,
  };
  const host = signal ? { ...session, signal } : session;
  return { session, calls, told, changes: changesOf(target, looks, host) };
}

const defect = () => Promise.reject(new TypeError("a defect"));

describe("changes of the target", () => {
  it("tell the looks that a copy was requested: accepted, or not known to be", async () => {
    const sent: unknown[] = [];
    const accepted = open({
      copyDatabases: (request) => {
        sent.push(request);
        return Promise.resolve({ requestId: "R-1" });
      },
    });
    await accepted.changes.copy(copy);
    assert.deepEqual(accepted.told, ["requested, accepted"]);
    assert.deepEqual(sent, [
      {
        sourceDbInstanceId: "rm-source",
        targetDbInstanceId: "rm-target",
        names: { orders: "orders" },
        restorePoint: { backupId: "7" },
        syncUserPrivilege: true,
      },
    ]);
    const lost = open({ copyDatabases: inTurn(failures.unknown()) });
    assert.equal((await lost.changes.copy(copy)).state, "lost");
    assert.deepEqual(lost.told, ["requested, not known"]);
  });

  it("say when they are repeated, and with which status of the instance; a definite no says what to do", async () => {
    const busy = { describeInstance: inTurn(instance({ status: "Restoring" })) };
    const copying = open({ copyDatabases: inTurn(failures.busy()), ...busy });
    const later = await copying.changes.copy(copy);
    assert.match(later.state === "later" ? later.reason : "", /^.*Restoring.* The cloud said .*\.$/);
    assert.deepEqual(copying.told, ["retry in a while"]);
    assert.match(copying.session.said.join("\n"), /^status: waiting to request the copy again: .*Restoring/);
    assert.deepEqual(
      copying.calls.map((call) => call.split(" ").slice(1).join(" ")),
      ["copyDatabases", "describeInstance rm-target", "describeInstance rm-source"],
    );

    const throttled = open({ copyDatabases: inTurn(failures.throttled()) });
    const unasked = await throttled.changes.copy(copy);
    assert.equal(unasked.state === "later" && unasked.reason, failures.throttled().message);

    const refused = open({ copyDatabases: inTurn(failures.denied()) });
    const answer = await refused.changes.copy(copy);
    assert.match(answer.state === "refused" ? answer.reason : "", /Forbidden\.RAM.*Allow/s);
    assert.deepEqual(refused.told, []);

    const dropping = open({ deleteDatabase: inTurn(failures.busy()), ...busy });
    assert.equal((await dropping.changes.drop(drop)).state, "later");
    assert.deepEqual(dropping.session.said, ["status: dropping orders"]);
    assert.deepEqual(
      dropping.calls.map((call) => call.split(" ").slice(1).join(" ")),
      ["deleteDatabase rm-target orders", "describeInstance rm-target"],
    );
  });

  it("bear failures in a row only: an answer in between begins a new one", async () => {
    const minutes = 60_000;
    const lost = failures.unreachable();
    const copying = open({ copyDatabases: inTurn(lost, { requestId: "R-1" }, lost) });
    const dropping = open({ deleteDatabase: inTurn(lost, undefined, lost) });
    for (const { session, change } of [
      { ...copying, change: () => copying.changes.copy(copy) },
      { ...dropping, change: () => dropping.changes.drop(drop) },
    ]) {
      const states: string[] = [];
      for (let tries = 0; tries < 3; tries++) {
        states.push((await change()).state);
        await session.clock.sleep(3 * minutes);
      }
      assert.deepEqual([states[0], states[2]], ["later", "later"]);
      assert.match((await change()).state, /^(refused|denied)$/, "the second row is over, too");
    }
  });

  it("throw what is a defect, and no failure of a call", async () => {
    const { changes, session } = open({
      copyDatabases: defect,
      deleteDatabase: defect,
      describeDatabaseAs: defect,
      listTags: defect,
      untagInstance: defect,
    });
    await assert.rejects(changes.copy(copy), TypeError);
    await assert.rejects(changes.drop(drop), TypeError);
    await assert.rejects(changes.mark({ ...mark, isClaim: false }), TypeError);
    await assert.rejects(changes.writeIntent({ call: "writeIntent", intent }), TypeError);
    await assert.rejects(changes.eraseIntent({ call: "eraseIntent", intent }), TypeError);
    // Every lock was given back.
    (await session.locks.acquire("rm-target"))();
  });

  it("write and erase an intent under the lock of the target, which a look may hold already", async () => {
    for (const isLocked of [true, false]) {
      const { changes, session, calls } = open(
        { listTags: inTurn({}), tagInstance: inTurn(undefined), untagInstance: inTurn(undefined) },
        { isLocked },
      );
      const release = await session.locks.acquire("rm-target");
      const wrote = changes.writeIntent({ call: "writeIntent", intent });
      const erased = changes.eraseIntent({ call: "eraseIntent", intent });
      await new Promise((later) => setImmediate(later));
      assert.equal(calls.length > 0, isLocked, "only where the look has the lock do they go on");
      release();
      assert.deepEqual([await wrote, await erased], [{ state: "done" }, { state: "done" }]);
      (await session.locks.acquire("rm-target"))();
    }
  });

  it("wait for room by answers that are ten seconds old at most at first, and say so", async () => {
    const asked: (number | undefined)[] = [];
    const answers = inTurn(tenTags, tenTags, nineTags);
    const { changes, session, calls } = open({
      listTags: (_id, asOf) => {
        asked.push(asOf === undefined ? undefined : asOf - began);
        return answers();
      },
      tagInstance: inTurn(undefined),
    });
    const began = session.clock.now();
    assert.equal((await changes.writeIntent({ call: "writeIntent", intent, wait: true })).state, "done");
    assert.equal(asked[0], -10_000);
    const times = calls.filter((call) => call.includes("listTags")).map((call) => parseFloat(call) * 1000);
    assert.deepEqual(asked.slice(1), times.slice(1), "then by answers of the moment");
    assert.ok(times.length === 3 && times.every((time) => time < 60_000), times.join());
    assert.deepEqual(session.said, [
      "status: waiting for room for a tag on rm-target",
      "status: waiting for room for a tag on rm-target",
    ]);
    assert.ok(calls.at(-1)?.includes(intentKey(intent.id)));
  });

  it("end where the run is cancelled during the wait, or nothing answers", async () => {
    const cancelled = new AbortController();
    const { changes, session } = open({ listTags: inTurn(tenTags) }, { signal: cancelled.signal });
    void session.clock.sleep(1000).then(() => cancelled.abort());
    await assert.rejects(changes.writeIntent({ call: "writeIntent", intent, wait: true }), {
      name: "CallFailed",
      message: "The run was cancelled.",
    });
    assert.ok(session.clock.elapsed() < 60_000);

    for (const [failure, isInstanceUnknown] of [
      [failures.notFound(), true],
      [failures.unreachable(), false],
    ] as const) {
      const unanswered = open({ listTags: inTurn(failure) });
      await assert.rejects(unanswered.changes.writeIntent({ call: "writeIntent", intent }), {
        name: "CallFailed",
        isInstanceUnknown,
      });
    }
    const denied = open({ listTags: inTurn(failures.denied()) });
    assert.equal((await denied.changes.writeIntent({ call: "writeIntent", intent })).state, "denied");
  });

  it("answer where a tag cannot be taken off", async () => {
    const denied = open({ untagInstance: inTurn(failures.denied()) });
    const answer = await denied.changes.eraseIntent({ call: "eraseIntent", intent });
    assert.match(answer.state === "denied" ? answer.reason : "", /Forbidden\.RAM.*Allow/s);
    (await denied.session.locks.acquire("rm-target"))();
  });
});
