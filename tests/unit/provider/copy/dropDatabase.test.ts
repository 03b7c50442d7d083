import assert from "node:assert/strict";
import fc from "fast-check";
import { dropDatabase, type DropEnd, type DropOptions } from "../../../../provider/src/copy/dropDatabase";
import { targetLocks } from "../../../../provider/src/copy/targetLocks";
import type { DatabaseFacts } from "../../../../provider/src/rds/rdsApi";
import { fakeClock } from "../fakeClock";
import { databases, failure, failures, inTurn, instance, scriptedRds, type RdsCalls } from "../scriptedRds";

const minute = 60_000;
const running = databases({ Orders: "Running", other: "Running" });
const creating = databases({ Orders: "Creating" });
const deleting = databases({ Orders: "Deleting" });
const gone = databases({ other: "Running" });
const dropped = () => Promise.resolve();

interface Settings extends Partial<Pick<DropOptions, "reasonToLeave">> {
  readonly timeoutMs?: number;
  readonly abortAt?: number;
}

async function play(script: Partial<RdsCalls>, settings: Settings = {}) {
  const { timeoutMs = 30 * minute, abortAt, reasonToLeave = () => undefined } = settings;
  const clock = fakeClock();
  const stop = new AbortController();
  if (abortAt === 0) stop.abort();
  else if (abortAt !== undefined) clock.at(abortAt, () => stop.abort());
  const { rds, calls } = scriptedRds(script, clock);
  const end = await dropDatabase({
    rds,
    clock,
    signal: stop.signal,
    locks: targetLocks(),
    deadline: clock.now() + timeoutMs,
    instanceId: "rm-target",
    name: "orders",
    reasonToLeave,
  });
  return { end, calls: calls.map(short) };
}

function short(call: string): string {
  return call
    .replace("describeDatabases rm-target", "look")
    .replace("deleteDatabase rm-target", "drop")
    .replace("describeInstance rm-target", "ask");
}

const count = (calls: readonly string[], name: string) =>
  calls.filter((call) => call.split(" ")[1] === name).length;

function reasonOf(end: DropEnd): string {
  assert.ok(end.state !== "gone");
  return end.reason;
}

describe("dropDatabase", () => {
  it("looks, drops under the service's spelling, and waits until two looks in a row do not show it", async () => {
    const { end, calls } = await play({
      describeDatabases: inTurn(running, running, deleting, gone),
      deleteDatabase: dropped,
    });
    assert.deepEqual(end, { state: "gone" });
    assert.deepEqual(calls, ["0s look", "0s drop Orders", "1s look", "2s look", "3s look", "4s look"]);
  });

  it("drops nothing when it is gone already", async () => {
    const { end, calls } = await play({ describeDatabases: inTurn(gone) });
    assert.deepEqual(end, { state: "gone" });
    assert.deepEqual(calls, ["0s look", "1s look"]);
  });

  it("takes a missing instance for a missing database", async () => {
    const { end, calls } = await play({ describeDatabases: inTurn(failures.notFound()) });
    assert.deepEqual(end, { state: "gone" });
    assert.deepEqual(calls, ["0s look", "1s look"]);
  });

  it("does not believe two empty looks with another one between them", async () => {
    const { end, calls } = await play({
      describeDatabases: inTurn(gone, running, gone),
    });
    assert.deepEqual(end, { state: "gone" });
    assert.deepEqual(calls, ["0s look", "1s look", "1s look", "2s look"]);
  });

  for (const [what, between] of [
    ["that failed", failures.throttled()],
    ["that shows it being made", creating],
    ["that shows it being deleted", deleting],
  ] as const) {
    it(`does not believe two empty looks with one between them ${what}`, async () => {
      const { end, calls } = await play({ describeDatabases: inTurn(gone, between, gone) });
      assert.deepEqual(end, { state: "gone" });
      assert.deepEqual(calls, ["0s look", "1s look", "2s look", "3s look"]);
    });
  }

  it("drops a database that shows up at the second look after all", async () => {
    const { end, calls } = await play({
      describeDatabases: inTurn(gone, running, running, gone),
      deleteDatabase: dropped,
    });
    assert.deepEqual(end, { state: "gone" });
    assert.deepEqual(calls, ["0s look", "1s look", "1s look", "1s drop Orders", "2s look", "3s look"]);
  });

  it("waits for one that is still being made, and looks anew right before it drops it", async () => {
    const { end, calls } = await play({
      describeDatabases: inTurn(creating, creating, running, running, gone),
      deleteDatabase: dropped,
    });
    assert.deepEqual(end, { state: "gone" });
    assert.deepEqual(calls, [
      "0s look",
      "1s look",
      "2s look",
      "2s look",
      "2s drop Orders",
      "3s look",
      "4s look",
    ]);
  });

  it("does not drop one that is being deleted already", async () => {
    const { calls } = await play({ describeDatabases: inTurn(deleting, deleting, gone) });
    assert.equal(count(calls, "drop"), 0);
  });

  it("drops one whose status it does not know", async () => {
    const { end, calls } = await play({
      describeDatabases: inTurn(databases({ orders: "Cold" }), gone),
      deleteDatabase: dropped,
    });
    assert.deepEqual(end, { state: "gone" });
    assert.equal(count(calls, "drop"), 1);
  });

  it("asks again for a drop that shows nothing within a minute, and not before", async () => {
    const clockLooks = inTurn(...Array.from({ length: 54 }, () => running), gone);
    const { end, calls } = await play({ describeDatabases: clockLooks, deleteDatabase: dropped });
    assert.deepEqual(end, { state: "gone" });
    assert.deepEqual(
      calls.filter((call) => call.includes("drop")),
      ["0s drop Orders", "60s drop Orders"],
    );
  });

  describe("leaves what is not its own", () => {
    it("at the first look", async () => {
      const asked: DatabaseFacts[] = [];
      const { end, calls } = await play(
        { describeDatabases: inTurn(running) },
        { reasonToLeave: (database) => (asked.push(database), "It is another's.") },
      );
      assert.deepEqual(end, { state: "left", reason: "It is another's." });
      assert.deepEqual(calls, ["0s look"]);
      assert.deepEqual(asked, [running[0]]);
    });

    it("also when somebody makes it anew after the first drop was lost", async () => {
      const foreign: DatabaseFacts[] = [{ name: "orders", status: "Running", description: "theirs" }];
      const { end, calls } = await play(
        { describeDatabases: inTurn(running, foreign), deleteDatabase: inTurn(failures.unknown()) },
        { reasonToLeave: ({ description }) => (description === "theirs" ? "It is another's." : undefined) },
      );
      assert.deepEqual(end, { state: "left", reason: "It is another's." });
      assert.deepEqual(calls, ["0s look", "0s drop Orders", "1s look"]);
    });
  });

  describe("after a failure", () => {
    for (const kind of ["throttled", "unreachable", "unknown", "notFound"] as const) {
      it(`looks and drops again when the drop was ${kind}`, async () => {
        const { end, calls } = await play({
          describeDatabases: inTurn(running, running, gone),
          deleteDatabase: inTurn(failures[kind](), undefined),
        });
        assert.deepEqual(end, { state: "gone" });
        assert.deepEqual(calls, [
          "0s look",
          "0s drop Orders",
          "1s look",
          "1s drop Orders",
          "2s look",
          "3s look",
        ]);
      });
    }

    for (const kind of ["throttled", "unreachable", "unknown"] as const) {
      it(`looks again when the look was ${kind}, and drops nothing unseen`, async () => {
        const { end, calls } = await play({
          describeDatabases: inTurn(failures[kind](), failures[kind](), running, gone),
          deleteDatabase: dropped,
        });
        assert.deepEqual(end, { state: "gone" });
        assert.deepEqual(calls, ["0s look", "1s look", "3s look", "3s drop Orders", "4s look", "5s look"]);
      });
    }

    it("waits as long as the service asks", async () => {
      const { calls } = await play({
        describeDatabases: inTurn(running, gone),
        deleteDatabase: inTurn(failures.throttled(20_000)),
      });
      assert.deepEqual(calls, ["0s look", "0s drop Orders", "20s look", "21s look"]);
    });

    it("takes a database that is not found at the drop for gone, when the looks say so too", async () => {
      const { end, calls } = await play({
        describeDatabases: inTurn(running, gone),
        deleteDatabase: inTurn(failure("InvalidDBName.NotFound", { status: 404 })),
      });
      assert.deepEqual(end, { state: "gone" });
      assert.deepEqual(calls, ["0s look", "0s drop Orders", "1s look", "2s look"]);
    });

    it("waits for a busy instance, and asks each time whether that is of use", async () => {
      const { end, calls } = await play({
        describeDatabases: inTurn(running, running, running, gone),
        deleteDatabase: inTurn(failures.busy(), failures.busy(), undefined),
        describeInstance: inTurn(instance({ status: "Backing" })),
      });
      assert.deepEqual(end, { state: "gone" });
      assert.deepEqual(calls, [
        "0s look",
        "0s drop Orders",
        "0s ask",
        "1s look",
        "1s drop Orders",
        "1s ask",
        "3s look",
        "3s drop Orders",
        "4s look",
        "5s look",
      ]);
    });

    for (const [facts, words] of [
      [{ lockMode: "LockByExpiration" }, "locked (LockByExpiration)"],
      [{ status: "Deleting" }, "being deleted"],
    ] as const) {
      it(`gives up when the busy instance is ${words}`, async () => {
        const { end } = await play({
          describeDatabases: inTurn(running),
          deleteDatabase: inTurn(failures.busy()),
          describeInstance: inTurn(instance(facts)),
        });
        assert.equal(end.state, "failed");
        assert.ok(
          reasonOf(end).includes(`could not be dropped. Instance rm-target is ${words}`),
          reasonOf(end),
        );
        assert.match(
          reasonOf(end),
          /Run it again when the instance can be used again; when it is gone for good/,
        );
      });
    }

    for (const kind of ["refused", "denied", "signIn"] as const) {
      it(`gives up at once when the drop was ${kind}`, async () => {
        const { end, calls } = await play({
          describeDatabases: inTurn(running),
          deleteDatabase: inTurn(failures[kind]()),
        });
        assert.deepEqual(end, {
          state: "failed",
          reason: `Database orders on rm-target could not be dropped. ${failures[kind]().message} ${nextSteps[kind]}`,
        });
        assert.equal(calls.length, 2);
      });

      it(`gives up at once when the look was ${kind}`, async () => {
        const { end, calls } = await play({ describeDatabases: inTurn(failures[kind]()) });
        assert.equal(end.state, "failed");
        assert.deepEqual(calls, ["0s look"]);
      });
    }

    it("gives up after two minutes out of reach", async () => {
      const { end, calls } = await play({ describeDatabases: inTurn(failures.unreachable()) });
      assert.equal(
        reasonOf(end),
        "Database orders on rm-target could not be dropped. The endpoint rds.aliyuncs.com could not be reached for 2m. " +
          "Call could not be sent (ECONNREFUSED): The cloud said ECONNREFUSED.",
      );
      assert.deepEqual(
        calls,
        ["0s", "1s", "3s", "7s", "15s", "31s", "63s", "123s"].map((time) => `${time} look`),
      );
    });

    it("has two minutes anew after every answer", async () => {
      const away = (times: number) => Array.from({ length: times }, () => failures.unreachable());
      const { end } = await play({
        describeDatabases: inTurn(...away(7), creating, ...away(2), gone),
      });
      assert.deepEqual(end, { state: "gone" });
    });

    it("lets an error through that is no failed call", async () => {
      const bug = () => Promise.reject(new Error("a bug"));
      await assert.rejects(play({ describeDatabases: bug }), /a bug/);
      await assert.rejects(play({ describeDatabases: inTurn(running), deleteDatabase: bug }), /a bug/);
    });
  });

  describe("when time is up", () => {
    const reason = async (script: Partial<RdsCalls>, settings: Settings) =>
      reasonOf((await play(script, settings)).end)
        .replace(/^.*could not be dropped\. /, "")
        .replace(
          / Run it again: it looks first, and drops only what is still there and its own\.$/,
          " (again)",
        );

    it("says how the database stood", async () => {
      const timeoutMs = 5000;
      assert.equal(
        await reason({ describeDatabases: inTurn(creating) }, { timeoutMs }),
        "When the time-out was reached, it was still there (Creating). (again)",
      );
      assert.equal(
        await reason({ describeDatabases: inTurn(running), deleteDatabase: dropped }, { timeoutMs: 0 }),
        "When the time-out was reached, its drop was accepted and had not shown yet. (again)",
      );
      assert.equal(
        await reason({ describeDatabases: inTurn(failures.throttled()) }, { timeoutMs }),
        "When the time-out was reached, it was not gone. Call answered Throttling.User: The cloud said Throttling.User (HTTP 400). (again)",
      );
      assert.equal(
        await reason({ describeDatabases: inTurn(gone) }, { timeoutMs: 0 }),
        "When the time-out was reached, it had been seen absent only once. (again)",
      );
    });

    it("tells being called off from a time-out", async () => {
      assert.equal(
        await reason({ describeDatabases: inTurn(deleting) }, { abortAt: 2500 }),
        "When the run was called off, it was still there (Deleting). (again)",
      );
      assert.equal(
        await reason({ describeDatabases: inTurn(deleting) }, { abortAt: 0 }),
        "When the run was called off, it had not been looked for. (again)",
      );
    });
  });

  describe("with others at the same target", () => {
    /** A target whose calls take a tenth of a second, and on which a drop shows at once. */
    function slowTarget(names: readonly string[]) {
      const clock = fakeClock();
      const there = new Set(names);
      const scripted = scriptedRds(
        {
          describeDatabases: async () => {
            await clock.sleep(100);
            return databases(Object.fromEntries([...there].map((name) => [name, "Running"])));
          },
          deleteDatabase: async (_instanceId, name) => {
            await clock.sleep(100);
            there.delete(name);
          },
        },
        clock,
      );
      return { clock, ...scripted };
    }

    it("never acts on a look that another's drop has made old", async () => {
      const { clock, rds, calls } = slowTarget(["orders", "crm"]);
      const options = {
        rds,
        clock,
        locks: targetLocks(),
        deadline: clock.now() + 30 * minute,
        instanceId: "rm-target",
        reasonToLeave: () => undefined,
      };
      const ends = await Promise.all(
        ["orders", "ORDERS", "crm"].map((name) => dropDatabase({ ...options, name })),
      );
      assert.deepEqual(
        ends.map(({ state }) => state),
        ["gone", "gone", "gone"],
      );
      assert.deepEqual(calls.slice(0, 5), [
        "0s describeDatabases rm-target",
        "0.1s deleteDatabase rm-target orders",
        "0.2s describeDatabases rm-target",
        "0.3s describeDatabases rm-target",
        "0.4s deleteDatabase rm-target crm",
      ]);
      assert.equal(calls.filter((call) => call.includes("delete")).length, 2);
    });

    it("does not keep others waiting while it waits itself", async () => {
      const clock = fakeClock();
      let crm = "Running";
      const { rds } = scriptedRds(
        {
          describeDatabases: () =>
            Promise.resolve(databases({ orders: "Creating", ...(crm ? { crm } : {}) })),
          deleteDatabase: () => {
            crm = "";
            return Promise.resolve();
          },
        },
        clock,
      );
      const options = {
        rds,
        clock,
        locks: targetLocks(),
        instanceId: "rm-target",
        reasonToLeave: () => undefined,
      };
      const deadline = clock.now() + 30 * minute;
      const first = dropDatabase({ ...options, deadline, name: "orders" });
      assert.deepEqual(await dropDatabase({ ...options, deadline, name: "crm" }), { state: "gone" });
      assert.equal(clock.elapsed(), 2000);
      assert.equal((await first).state, "failed");
    });
  });

  it("drops only what was just seen, at rest and its own, whatever the cloud answers", async () => {
    const looks = fc.array(
      fc.constantFrom<"mine" | "theirs" | "creating" | "deleting" | "gone" | keyof typeof failures>(
        "mine",
        "mine",
        "theirs",
        "creating",
        "deleting",
        "gone",
        "throttled",
        "unreachable",
        "unknown",
      ),
      { minLength: 1, maxLength: 12 },
    );
    const drops = fc.array(fc.constantFrom("taken", "busy", "unknown", "throttled", "notFound"), {
      minLength: 1,
    });
    await fc.assert(
      fc.asyncProperty(looks, drops, async (looked, dropping) => {
        const nextLook = inTurn(...looked);
        const nextDrop = inTurn(...dropping);
        let seen = "";
        const { end } = await play(
          {
            describeInstance: inTurn(instance()),
            describeDatabases: async () => {
              seen = await nextLook();
              if (seen in failures) throw failures[seen as "unknown"]();
              const status = { creating: "Creating", deleting: "Deleting" }[seen] ?? "Running";
              return seen === "gone" ? [] : [{ name: "orders", status, description: seen }];
            },
            deleteDatabase: async () => {
              assert.equal(seen, "mine");
              seen = "";
              const fate = await nextDrop();
              if (fate !== "taken") throw failures[fate as "unknown"]();
            },
          },
          { reasonToLeave: ({ description }) => (description === "theirs" ? "It is another's." : undefined) },
        );
        if (end.state === "left") assert.equal(seen, "theirs");
        if (end.state === "gone") assert.equal(seen, "gone");
      }),
      { numRuns: 300 },
    );
  });
});

const nextSteps = {
  refused: "Correct what the answer names, then run it again.",
  denied: "Allow this identity the action rds:Call on the instance, then run it again.",
  signIn: "Check the key that signs the calls and, for a temporary one, its token, then run it again.",
} as const;
