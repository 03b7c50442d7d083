import assert from "node:assert/strict";
import { CallFailed } from "../../../../provider/src/reconcile/calls";
import { looksAt } from "../../../../provider/src/reconcile/looks";
import { testSession } from "../lifecycle/testSession";
import { databases, failures, inTurn, scriptedRds, task, type RdsCalls } from "../scriptedRds";

const minutes = 60_000;
const listing = { call: "databases" } as const;
const retry = { ...listing, wait: "retry" } as const;

/** The looks of one operation at rm-target, with half an hour, and when each list was asked for. */
function open(
  script: Partial<RdsCalls> = {},
  { isPreview = false, signal = undefined as AbortSignal | undefined, minutesLeft = 30 } = {},
) {
  const session = testSession();
  const { rds, calls, names } = scriptedRds({ describeDatabases: inTurn([]), ...script }, session.clock);
  const target = {
    rds,
    instanceId: "rm-target",
    sourceInstanceId: "rm-source",
    names: { orders: "orders" },
    known: new Set<string>(),
    deadline: session.clock.now() + minutesLeft * minutes,
    isPreview,
  };
  const looks = looksAt(target, signal ? { ...session, signal } : session);
  const seconds = () => session.clock.elapsed() / 1000;
  /** Seconds that each of these looks took. */
  const took = async (...asked: readonly Parameters<typeof looks.databases>[0][]) => {
    const each: number[] = [];
    for (const call of asked) {
      const before = seconds();
      await looks.databases(call);
      each.push(seconds() - before);
    }
    return each;
  };
  return { looks, session, calls, names, took };
}

describe("looks: the pace", () => {
  it("of repeated calls grows while they are repeated, and begins anew after any other look", async () => {
    const { took } = open();
    assert.deepEqual(await took(retry, retry, retry), [1, 2, 4]);
    assert.deepEqual(await took({ ...listing, lock: true }, retry, retry), [0, 1, 2]);
  });

  it("of repeated calls is what the failed call asked for, until a copy is accepted", async () => {
    const { looks, took } = open();
    looks.retryIn(9000);
    assert.deepEqual(await took(retry, retry), [9, 9]);
    looks.requested(false);
    assert.deepEqual(await took(retry), [9]);
    looks.requested(true);
    assert.deepEqual(await took(retry), [1]);
  });

  it("of a wait slows down with its time, and begins anew after a look without one", async () => {
    const { took, looks, session } = open();
    const dropping = { ...listing, wait: "dropping", names: ["orders"] } as const;
    while (session.clock.elapsed() < 4 * minutes) await looks.databases(dropping);
    const [slow = 0, , fast = 0] = await took(dropping, listing, dropping);
    assert.ok(slow >= 8 && fast <= 2, `${slow} ${fast}`);
  });

  it("of a second look is two seconds after the look before", async () => {
    const { took, session } = open();
    await took(listing);
    await session.clock.sleep(500);
    assert.deepEqual(await took({ ...listing, again: true }), [1.5]);
    await session.clock.sleep(3000);
    assert.deepEqual(await took({ ...listing, again: true }), [0]);
    assert.ok(!session.clock.delays.some((delay) => delay <= 0));
  });

  it("of a grace counts from the acceptance of the copy, or from its first poll", async () => {
    const late = { ...listing, wait: "listing" } as const;
    const until = async (looks: ReturnType<typeof open>["looks"]) => {
      while (!(await looks.databases(late)).timedOut);
    };
    const { looks, session } = open();
    looks.requested(true);
    await session.clock.sleep(50_000);
    await until(looks);
    assert.equal(session.clock.elapsed(), minutes);
    looks.requested(false);
    await session.clock.sleep(5000);
    await until(looks);
    assert.equal(session.clock.elapsed(), 2 * minutes + 5000);
    // It is waited for whatever the timeout is.
    const short = open({}, { minutesLeft: 0 });
    await until(short.looks);
    assert.equal(short.session.clock.elapsed(), minutes);
  });
});

describe("looks: the lock", () => {
  it("is held after a locked look, and given back by the next one or by hand", async () => {
    const { looks, session } = open();
    const isFree = async () => {
      let isTaken = false;
      const asked = session.locks.acquire("rm-target").then((release) => {
        isTaken = true;
        release();
      });
      await session.clock.sleep(1);
      const was = isTaken;
      looks.unlock();
      await asked;
      return was;
    };
    await looks.databases({ ...listing, lock: true });
    assert.equal(looks.isLocked(), true);
    assert.equal(await isFree(), false);
    assert.equal(looks.isLocked(), false);
    await looks.databases({ ...listing, lock: true });
    await looks.databases(listing);
    assert.equal(looks.isLocked(), false);
    assert.equal(await isFree(), true);
  });

  it("is not kept by a look that failed", async () => {
    for (const error of [failures.denied(), new TypeError("a defect")]) {
      const { looks } = open({ describeDatabases: inTurn(error) });
      await assert.rejects(looks.databases({ ...listing, lock: true }));
      assert.equal(looks.isLocked(), false);
    }
  });
});

describe("looks: what fails", () => {
  it("is not tried again beyond the end of a wait or the timeout", async () => {
    const late = open({ describeDatabases: inTurn(failures.throttled()) }, { minutesLeft: 1 });
    await assert.rejects(late.looks.databases({ ...listing, wait: "running" }), CallFailed);
    assert.ok(late.session.clock.elapsed() <= minutes, "no try begins after the timeout");
    const over = open({ describeDatabases: inTurn(failures.throttled(), []) }, { minutesLeft: 0 });
    await assert.rejects(over.looks.databases(listing), /could not be listed.*Throttling/);
    assert.equal(over.names().length, 1);
  });

  it("of a preview is not tried again, and an instance is gone at its first answer", async () => {
    const { looks, session, names } = open(
      { describeDatabases: inTurn(failures.throttled()) },
      { isPreview: true },
    );
    await assert.rejects(looks.databases(listing), CallFailed);
    assert.deepEqual([session.clock.elapsed(), names().length], [0, 1]);
    const gone = open({ describeDatabases: inTurn(failures.notFound()) }, { isPreview: true });
    assert.equal((await gone.looks.databases(listing)).isInstanceGone, true);
    assert.equal(gone.names().length, 1);
  });

  it("in between is no absence of the instance: two answers in a row tell", async () => {
    const between = inTurn(failures.notFound(), failures.unknown(), failures.notFound(), []);
    const { looks, names } = open({ describeDatabases: between });
    assert.equal((await looks.databases(listing)).isInstanceGone, undefined);
    assert.equal(names().length, 4);
  });

  it("is thrown as it is where it is a defect", async () => {
    const { looks } = open({ describeDatabases: inTurn(new TypeError("a defect")) });
    await assert.rejects(looks.databases(listing), TypeError);
  });

  it("is the run where it was cancelled, at its next wait", async () => {
    const { looks, names } = open({}, { signal: AbortSignal.abort() });
    await assert.rejects(looks.databases(retry), /^CallFailed: The run was cancelled\.$/);
    assert.equal(names().length, 0);
  });
});

describe("looks: the progress", () => {
  it("is shown in the wait for running copies alone, with what is not listed yet, until all run", async () => {
    const statuses = [{}, { orders: "Creating", crm: "Running" }, { orders: "Running", crm: "Running" }];
    const { looks, session, names } = open({
      describeDatabases: () => Promise.resolve(databases(statuses.shift() ?? {})),
      describeTasks: inTurn([task({ database: "orders", percent: 40 })]),
    });
    const running = { ...listing, wait: "running", names: ["orders", "crm"] } as const;
    await looks.databases(running);
    await looks.databases(running);
    const asked = names("describeTasks").length;
    await looks.databases(running);
    assert.equal(names("describeTasks").length, asked, "nothing is left to show");
    assert.match(
      session.said.join("\n"),
      /^status: .* not listed yet .* 0 of 2 done\nstatus: 40% · orders \d+s · 1 of 2 done$/,
    );
    const other = open({ describeDatabases: inTurn(databases({ orders: "Creating" })) });
    await other.looks.databases({ ...listing, wait: "dropping", names: ["orders"] });
    await other.looks.databases({ ...listing, wait: "running" });
    assert.deepEqual([other.names("describeTasks"), other.session.said], [[], []]);
  });
});
