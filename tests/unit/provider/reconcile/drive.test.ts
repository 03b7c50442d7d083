import assert from "node:assert/strict";
import { intentKey, intentValue, type Intent } from "../../../../provider/src/ownership/intent";
import { markText } from "../../../../provider/src/ownership/mark";
import {
  ask,
  CallFailed,
  type AnswerTo,
  type Call,
  type Calls,
  type Listing,
} from "../../../../provider/src/reconcile/calls";
import { drive, type Target } from "../../../../provider/src/reconcile/drive";
import { sharedReads } from "../../../../provider/src/rds/sharedReads";
import {
  databases,
  failure,
  failures,
  instance,
  inTurn,
  scriptedRds,
  task,
  type RdsCalls,
} from "../scriptedRds";
import { testSession } from "../lifecycle/testSession";

const minutes = 60_000;
const point = { kind: "backup", backupId: "7" } as const;
const mark = { owner: "owner0000000", id: "aaaaaaaa", point };
const intent: Intent = {
  id: "aaaaaaaa",
  owner: "owner0000000",
  time: 1_800_000_000,
  phase: "pending",
  point,
  source: "zzzz",
  names: ["0000"],
};

/** Operations over one scripted cloud, on rm-target and with half an hour. */
function open(script: Partial<RdsCalls> = {}, more: Partial<Target> = {}) {
  const session = testSession();
  const scripted = scriptedRds(script, session.clock);
  const target: Target = {
    rds: scripted.rds,
    instanceId: "rm-target",
    source: { instanceId: "rm-source", syncUserPrivilege: false },
    own: "owner0000000",
    urn: "urn:a",
    names: { orders: "orders" },
    known: new Set(),
    deadline: session.clock.now() + 30 * minutes,
    isPreview: false,
    lookAhead: () => Promise.resolve({ state: "free", points: [] }),
    ...more,
  };
  const run = <Result>(operation: Calls<Result>) => drive(operation, target, session);
  /** Makes some calls one after the other. */
  async function answers<const Asked extends readonly Call[]>(
    ...calls: Asked
  ): Promise<{ readonly [Index in keyof Asked]: AnswerTo<Asked[Index]> }> {
    function* all(): Calls<unknown[]> {
      const given: unknown[] = [];
      for (const call of calls) given.push(yield* ask(call));
      return given;
    }
    return (await run(all())) as unknown as { readonly [Index in keyof Asked]: AnswerTo<Asked[Index]> };
  }
  return { session, calls: scripted.calls, names: scripted.names, target, run, answers };
}

const listing = { call: "databases" } as const;
const statusesIn = ({ databases: found }: Listing) =>
  found.map(({ name, status }) => `${name} ${status}`).join(", ");

describe("drive: a look", () => {
  it("shows what is listed, at once; a second one two seconds later", async () => {
    const { answers, calls } = open({ describeDatabases: inTurn(databases({ orders: "Creating" })) });
    const [first] = await answers(listing, { ...listing, again: true });
    assert.deepEqual([statusesIn(first), first.timedOut], ["orders creating", false]);
    assert.deepEqual(calls, ["0s describeDatabases rm-target", "2s describeDatabases rm-target"]);
  });

  it("is retried for a minute, and then ends the operation in order", async () => {
    const { run, session } = open({ describeDatabases: inTurn(failures.unknown()) });
    function* looking(): Calls<string> {
      try {
        yield* ask(listing);
        return "seen";
      } catch (error) {
        assert.ok(error instanceof CallFailed);
        return error.message;
      }
    }
    assert.match(await run(looking()), /InternalError.*Run it again/);
    assert.ok(session.clock.elapsed() < minutes);
  });

  it("finds that the instance does not exist by an exact code, twice", async () => {
    const once = open({ describeDatabases: inTurn(failures.notFound(), databases({ orders: "Running" })) });
    assert.equal((await once.answers(listing))[0].isInstanceGone, undefined);
    const twice = open({ describeDatabases: inTurn(failures.notFound()) });
    assert.equal((await twice.answers(listing))[0].isInstanceGone, true);
    assert.deepEqual(twice.calls, ["0s describeDatabases rm-target", "2s describeDatabases rm-target"]);
    for (const other of ["InvalidDBName.NotFound", "InvalidAccessKeyId.NotFound", "SomethingElse.NotFound"]) {
      const { answers } = open({ describeDatabases: inTurn(failure(other, { status: 404 })) });
      await assert.rejects(answers(listing), CallFailed, other);
    }
  });

  it("does not wait for an instance that is locked or released", async () => {
    const { answers, session } = open({
      describeDatabases: inTurn(failures.busy()),
      describeInstance: inTurn(instance({ lockMode: "LockByExpiration" })),
    });
    await assert.rejects(
      answers(listing),
      /Instance rm-target is locked \(LockByExpiration\).*pulumi state delete/,
    );
    assert.equal(session.clock.elapsed(), 0);
  });

  it("takes a description that is the one of the source for no mark, and asks the source for it only where it may be", async () => {
    const marked = (id: string) => [
      { name: "orders", status: "Running", description: markText({ ...mark, id }) },
    ];
    const known = open(
      { describeDatabases: () => Promise.resolve(marked("aaaaaaaa")) },
      { known: new Set(["aaaaaaaa"]) },
    );
    assert.deepEqual((await known.answers(listing))[0].databases[0]?.mark, mark);
    assert.equal(known.calls.length, 1);
    const taken = open({ describeDatabases: () => Promise.resolve(marked("bbbbbbbb")) });
    assert.equal((await taken.answers(listing))[0].databases[0]?.mark, "asSource");
    assert.deepEqual(
      taken.calls.map((call) => call.split(" ")[2]),
      ["rm-target", "rm-source"],
    );
    const unanswered = open({
      describeDatabases: (id) =>
        id === "rm-source" ? Promise.reject(failures.denied()) : Promise.resolve(marked("bbbbbbbb")),
    });
    assert.deepEqual((await unanswered.answers(listing))[0].databases[0]?.mark, { ...mark, id: "bbbbbbbb" });
  });
});

describe("drive: a wait", () => {
  it("for a late listing is over a minute after the acceptance, or after its first poll", async () => {
    const { run, session } = open({
      describeDatabases: inTurn([]),
      copyDatabases: () => Promise.resolve({ requestId: "R-1" }),
    });
    function* graced(): Calls<number> {
      for (;;)
        if ((yield* ask({ call: "databases", wait: "listing" })).timedOut) return session.clock.elapsed();
    }
    function* afterCopy(): Calls<number> {
      yield* ask({ call: "copy", id: "aaaaaaaa", point, names: { orders: "orders" } });
      return yield* graced();
    }
    assert.equal(await run(graced()), minutes);
    const before = session.clock.elapsed();
    assert.equal((await run(afterCopy())) - before, minutes);
  });

  it("for running copies lasts until the timeout, and shows how far they are", async () => {
    const { run, session } = open({
      describeDatabases: inTurn(databases({ orders: "Creating" })),
      describeTasks: inTurn([task({ database: "orders", percent: 40 })]),
    });
    function* waiting(): Calls<number> {
      const call = { call: "databases", wait: "running", names: ["orders"] } as const;
      for (;;) if ((yield* ask(call)).timedOut) return session.clock.elapsed();
    }
    assert.equal(await run(waiting()), 30 * minutes);
    assert.match(session.said[0] ?? "", /^status: 40% · orders \d+s$/);
    // Once a minute, never at each poll.
    assert.ok(session.said.length <= 31, String(session.said.length));
  });

  it("bears polls that get no answer for ten minutes", async () => {
    const { run, session } = open({ describeDatabases: inTurn(failures.unreachable()) });
    function* waiting(): Calls<void> {
      yield* ask({ call: "databases", wait: "running" });
    }
    await assert.rejects(run(waiting()), CallFailed);
    assert.ok(session.clock.elapsed() > 8 * minutes && session.clock.elapsed() <= 10 * minutes);
  });

  it("of a preview is none: what may still come counts as absent", async () => {
    const { answers, session, calls } = open({ describeDatabases: inTurn([]) }, { isPreview: true });
    const [again, late] = await answers({ ...listing, again: true }, { call: "databases", wait: "listing" });
    assert.deepEqual([again.timedOut, late.timedOut], [false, true]);
    assert.deepEqual([session.clock.elapsed(), calls.length], [0, 2]);
  });
});

describe("drive: the lock of the target", () => {
  it("is held from a locked look to its end, and given back whatever happens", async () => {
    const { run, session } = open({ describeDatabases: inTurn([]) });
    const order: string[] = [];
    function* holding(name: string, isFailing = false): Calls<void> {
      yield* ask({ call: "databases", lock: true });
      order.push(`${name} looks`);
      yield* ask({ call: "now" });
      order.push(`${name} changes`);
      if (isFailing) throw new Error("a defect");
      yield* ask({ call: "unlock" });
    }
    await Promise.all([run(holding("a")), run(holding("b"))]);
    assert.deepEqual(order, ["a looks", "a changes", "b looks", "b changes"]);
    await assert.rejects(run(holding("c", true)), /a defect/);
    (await session.locks.acquire("rm-target"))();
  });

  it("is not held while a look is retried", async () => {
    const { run, session } = open({ describeDatabases: inTurn(failures.throttled(), []) });
    function* holding(): Calls<void> {
      yield* ask({ call: "databases", lock: true });
    }
    const looked = run(holding());
    await session.clock.sleep(500);
    (await session.locks.acquire("rm-target"))();
    await looked;
  });

  it("only a poll without it may take an answer that another one was given", async () => {
    const asked: unknown[] = [];
    const { answers } = open({
      describeDatabases: (_id, asOf) => {
        asked.push(asOf === undefined ? "anew" : "as of");
        return Promise.resolve(databases({ orders: "Running" }));
      },
    });
    const poll = { call: "databases", wait: "running", names: ["orders"] } as const;
    await answers(poll, { ...poll, lock: true }, { call: "databases", lock: true }, { call: "databases" });
    assert.deepEqual(asked, ["as of", "anew", "anew", "anew"]);
  });

  it("a look after a change of this process is no answer from before it", async () => {
    const session = testSession();
    let name = "old";
    const scripted = scriptedRds(
      {
        async describeDatabases() {
          const seen = name;
          await session.clock.sleep(100);
          return databases({ [seen]: "Running" });
        },
        deleteDatabase() {
          name = "new";
          return Promise.resolve();
        },
      },
      session.clock,
    );
    const rds = sharedReads(scripted.rds, session.clock);
    const early = rds.describeDatabases("rm-target");
    await rds.deleteDatabase("rm-target", "old");
    assert.equal((await rds.describeDatabases("rm-target"))[0]?.name, "new");
    await early;
  });
});

describe("drive: what the cloud answers to a change", () => {
  const copy = { call: "copy", id: "aaaaaaaa", point, names: { orders: "orders" } } as const;
  const drop = { call: "drop", name: "orders", id: "aaaaaaaa" } as const;
  const marking = { call: "mark", name: "orders", mark, isClaim: false } as const;
  const running = { describeInstance: inTurn(instance()) };

  it("a copy: accepted, taken, lost, later, or refused", async () => {
    const answered = async (error: Error, more: Partial<RdsCalls> = running) => {
      const { answers } = open({ copyDatabases: inTurn(error), ...more });
      const [answer] = await answers(copy);
      return answer.state === "refused" && answer.isNotInBackup ? "not in backup" : answer.state;
    };
    const accepted = open({ copyDatabases: () => Promise.resolve({ requestId: "R-1" }) });
    assert.deepEqual((await accepted.answers(copy))[0], { state: "accepted", requestId: "R-1" });
    assert.equal(await answered(failure("InvalidDBName.Duplicate")), "duplicate");
    assert.equal(await answered(failure("InvalidBackupSet")), "not in backup");
    assert.equal(await answered(failures.unknown()), "lost");
    for (const kind of ["throttled", "busy", "unreachable"] as const)
      assert.equal(await answered(failures[kind]()), "later");
    for (const kind of ["refused", "notFound", "denied", "signIn"] as const)
      assert.equal(await answered(failures[kind]()), "refused");
    const locked = { describeInstance: inTurn(instance({ lockMode: "ManualLock" })) };
    assert.equal(await answered(failures.busy(), locked), "refused");
  });

  it("a copy that cannot be sent is refused after two minutes, and a look comes between the tries", async () => {
    const { run, session, names } = open({
      copyDatabases: inTurn(failures.unreachable()),
      describeDatabases: inTurn([]),
    });
    function* copying(): Calls<string> {
      for (;;) {
        const answer = yield* ask(copy);
        if (answer.state !== "later") return answer.state;
        yield* ask({ call: "databases", wait: "retry" });
      }
    }
    assert.equal(await run(copying()), "refused");
    assert.ok(session.clock.elapsed() <= 2 * minutes && session.clock.elapsed() > minutes);
    assert.equal(names("copyDatabases").length, names("describeDatabases").length + 1);
  });

  it("a drop: done, or later; not found is for a look to say", async () => {
    const answered = async (answer: () => Promise<void>) => {
      const { answers } = open({ deleteDatabase: answer, ...running });
      return (await answers(drop))[0].state;
    };
    assert.equal(await answered(() => Promise.resolve()), "done");
    for (const kind of ["notFound", "throttled", "busy", "unreachable", "unknown"] as const)
      assert.equal(await answered(() => Promise.reject(failures[kind]())), "later", kind);
    for (const kind of ["refused", "denied", "signIn"] as const)
      assert.equal(await answered(() => Promise.reject(failures[kind]())), "denied", kind);
  });

  it("a mark: done, not found, denied, or later", async () => {
    const answered = async (answer: () => Promise<void>) => {
      const { answers } = open({ describeDatabaseAs: answer });
      return (await answers(marking))[0].state;
    };
    assert.equal(await answered(() => Promise.resolve()), "done");
    assert.equal(await answered(() => Promise.reject(failures.notFound())), "notFound");
    for (const kind of ["throttled", "busy", "unreachable", "unknown"] as const)
      assert.equal(await answered(() => Promise.reject(failures[kind]())), "later", kind);
    for (const kind of ["refused", "denied", "signIn"] as const)
      assert.equal(await answered(() => Promise.reject(failures[kind]())), "denied", kind);
  });

  it("an intent is written and taken off with patience, and a denied one says which permission", async () => {
    const written: string[] = [];
    const patient = open({
      listTags: inTurn(failures.throttled(), {}),
      tagInstance: (_id, key, value) => Promise.resolve(void written.push(`${key}=${value}`)),
      untagInstance: inTurn(failures.busy(), undefined),
    });
    const [wrote, again, erased] = await patient.answers(
      { call: "writeIntent", intent },
      { call: "writeIntent", intent: { ...intent, phase: "accepted" } },
      { call: "eraseIntent", intent },
    );
    assert.deepEqual([wrote.state, again.state, erased.state], ["done", "done", "done"]);
    assert.deepEqual(written[0], `${intentKey("aaaaaaaa")}=${intentValue(intent)}`);
    // The tags are counted for a new one alone.
    assert.equal(patient.names("listTags").length, 2);
    const denied = open({ listTags: inTurn({}), tagInstance: inTurn(failures.denied()) });
    const [answer] = await denied.answers({ call: "writeIntent", intent });
    assert.match(answer.state === "denied" ? answer.reason : "", /Forbidden\.RAM.*Allow/);
  });

  it("an intent waits for room among ten tags if it is told to, and never for one that exists", async () => {
    const ten = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`tag${index}`, ""]));
    const nine = Object.fromEntries(Object.entries(ten).slice(1));
    const tagInstance = () => Promise.resolve();
    const full = open({ listTags: inTurn(ten), tagInstance });
    assert.deepEqual((await full.answers({ call: "writeIntent", intent }))[0], {
      state: "full",
      keys: Object.keys(ten),
    });
    const later = open({ listTags: inTurn(ten, ten, nine), tagInstance });
    assert.equal((await later.answers({ call: "writeIntent", intent, wait: true }))[0].state, "done");
    assert.ok(later.session.clock.elapsed() > 0);
    const there = open({ listTags: inTurn({ ...nine, [intentKey("aaaaaaaa")]: "" }), tagInstance });
    assert.equal((await there.answers({ call: "writeIntent", intent }))[0].state, "done");
    const never = open({ listTags: inTurn(ten) });
    assert.equal((await never.answers({ call: "writeIntent", intent, wait: true }))[0].state, "full");
    assert.equal(never.session.clock.elapsed(), 30 * minutes);
  });
});

describe("drive: questions", () => {
  it("tags: what cannot be parsed is unreadable, and a missing permission is denied", async () => {
    const read = async (answer: RdsCalls["listTags"]) =>
      (await open({ listTags: answer }).answers({ call: "tags" }))[0];
    assert.deepEqual(await read(() => Promise.resolve({ [intentKey("aaaaaaaa")]: intentValue(intent) })), {
      state: "read",
      intents: [intent],
      keys: [intentKey("aaaaaaaa")],
    });
    assert.equal(
      (await read(() => Promise.resolve({ "pulumi-database-copy:old": "x" }))).state,
      "unreadable",
    );
    assert.equal((await read(() => Promise.reject(failures.denied()))).state, "denied");
    await assert.rejects(
      read(() => Promise.reject(failures.signIn())),
      CallFailed,
    );
  });

  it("tasks are asked for the window of the call", async () => {
    const asked: number[][] = [];
    const { answers } = open({
      describeHistoryTasks: (_id, from, to) => {
        asked.push([from.getTime(), to.getTime()]);
        return Promise.resolve([task({ database: "orders", status: "Finish" })]);
      },
    });
    const window = { from: 1_000_000, until: 1_000_300 };
    assert.equal(
      (
        await answers({ call: "tasks", name: "orders", source: "orders", others: [], id: "aaaaaaaa", window })
      )[0],
      "made",
    );
    assert.deepEqual(asked, [[1_000_000_000 - minutes, 1_000_300_000]]);
  });

  it("tasks are asked for the last 29 days where no window is given", async () => {
    const asked: number[][] = [];
    const { answers, session } = open({
      describeHistoryTasks: (_id, from, to) => {
        asked.push([from.getTime(), to.getTime()]);
        return Promise.resolve([]);
      },
    });
    const now = session.clock.now();
    const [answer] = await answers({ call: "tasks", name: "orders", others: [], id: "aaaaaaaa" });
    assert.equal(answer, "nothing");
    assert.deepEqual(asked, [[now - 29 * 24 * 60 * minutes - minutes, now]]);
  });

  it("are asked again in a run, and once in a preview, where a denied one has no answer", async () => {
    const script = { listTags: inTurn(failures.throttled(), {}) };
    const [read] = await open(script).answers({ call: "tags" });
    assert.equal(read.state, "read");
    const previewed = (answer: Error) =>
      open({ listTags: inTurn(answer, {}) }, { isPreview: true }).answers({ call: "tags" });
    await assert.rejects(previewed(failures.throttled()), CallFailed);
    await assert.rejects(previewed(failures.denied()), CallFailed);
  });

  it("without an answer tell whether the service knows the instance; a refusal is a definite no", async () => {
    const tags = (answer: Error) => open({ listTags: inTurn(answer) }).answers({ call: "tags" });
    await assert.rejects(tags(failures.notFound()), { name: "CallFailed", isInstanceUnknown: true });
    await assert.rejects(tags(failures.unknown()), { name: "CallFailed", isInstanceUnknown: false });
    const [refused] = await tags(failures.refused());
    assert.equal(refused.state, "denied");
    await assert.rejects(tags(new TypeError("a defect")), TypeError);
  });

  it("of this process alone: a new id, which it knows from then on; seconds; who else declares a name", async () => {
    const { answers, session, target } = open();
    const declare = (urn: string) =>
      session.registry.declare({ urn, instanceId: "rm-target", names: ["orders"] });
    const [first, second, now, none] = await answers(
      { call: "newId" },
      { call: "newId" },
      { call: "now" },
      { call: "declaredElsewhere", name: "orders" },
    );
    assert.notEqual(first, second);
    assert.deepEqual([...target.known], [first, second]);
    assert.equal(now, Math.floor(session.clock.now() / 1000));
    assert.equal(none, undefined);
    declare("urn:a");
    declare("urn:b");
    assert.deepEqual(await answers({ call: "declaredElsewhere", name: "Orders" }), ["urn:b"]);
  });

  it("ahead of a copy are asked of whoever looks ahead", async () => {
    const asked: Call[] = [];
    const { answers } = open(
      {},
      {
        lookAhead: (call) => {
          asked.push(call);
          return Promise.resolve({ state: "unknown", reasons: ["no answer"] });
        },
      },
    );
    const call = {
      call: "lookAhead",
      before: "drop",
      names: new Map([["orders", "orders"]]),
      choice: { kind: "latest" },
      held: [],
    } as const;
    assert.deepEqual(await answers(call), [{ state: "unknown", reasons: ["no answer"] }]);
    assert.deepEqual(asked, [call]);
  });

  it("what is said goes to the reporter by its weight", async () => {
    const { answers, session } = open();
    await answers(
      { call: "say", saying: { kind: "adopted", name: "orders" } },
      { call: "say", saying: { kind: "maybeOrphan", name: "crm" } },
    );
    assert.match(
      session.said.join("\n"),
      /^info: Adopting the existing database orders on rm-target.*\nwarn: Database crm/,
    );
  });
});
