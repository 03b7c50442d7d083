import assert from "node:assert/strict";
import fc from "fast-check";
import { watchCopy, type WatchEnd } from "../../../../provider/src/copy/watchCopy";
import type { DatabaseFacts } from "../../../../provider/src/rds/rdsApi";
import { fakeClock, type FakeClock } from "../fakeClock";
import { databases, failures, inTurn, instance, scriptedRds, task, type RdsCalls } from "../scriptedRds";

const minute = 60_000;
const none: DatabaseFacts[] = [];
const creating = databases({ Orders: "Creating", crm: "Creating" });
const halfway = databases({ Orders: "Running", crm: "Creating" });
const running = databases({ Orders: "Running", crm: "Running", other: "Deleting" });

/** The parts of the script that most stories share. */
const quiet: Partial<RdsCalls> = {
  describeTasks: inTurn([]),
  describeHistoryTasks: inTurn([]),
  describeInstance: inTurn(instance()),
};

interface Settings {
  readonly timeoutMs?: number;
  readonly abortAt?: number;
  readonly onSeen?: (database: DatabaseFacts) => Promise<void>;
}

async function play(
  script: Partial<RdsCalls> | ((clock: FakeClock) => Partial<RdsCalls>),
  { timeoutMs = 120 * minute, abortAt, onSeen }: Settings = {},
) {
  const clock = fakeClock();
  const stop = new AbortController();
  if (abortAt !== undefined) clock.at(abortAt, () => stop.abort());
  const { rds, calls } = scriptedRds(
    { ...quiet, ...(typeof script === "function" ? script(clock) : script) },
    clock,
  );
  const progress: string[] = [];
  const end = await watchCopy({
    rds,
    clock,
    signal: stop.signal,
    deadline: clock.now() + timeoutMs,
    instanceId: "rm-target",
    targetNames: ["orders", "crm"],
    acceptedAt: clock.now(),
    onProgress: (all) => progress.push(all.map(({ status, percent }) => `${status}${percent ?? ""}`).join()),
    ...(onSeen ? { onSeen } : {}),
  });
  return { end, calls: calls.map(short), progress, clock };
}

function short(call: string): string {
  return call
    .replace("describeDatabases rm-target", "look")
    .replace("describeInstance rm-target", "ask")
    .replace("describeTasks rm-target", "tasks")
    .replace("describeHistoryTasks rm-target", "history");
}

const statuses = ({ databases: all }: WatchEnd) =>
  all.map(({ targetName, status }) => `${targetName} ${status}`);
const goesOn =
  'What is under way goes on in the cloud; the next "pulumi up" waits for it again and does not copy it twice.';

describe("watchCopy", () => {
  it("is done when all were seen running in two looks in a row and the instance runs", async () => {
    const { end, calls } = await play({ describeDatabases: inTurn(none, creating, halfway, running) });
    assert.deepEqual(end, {
      databases: [
        { targetName: "orders", spelling: "Orders", status: "Running" },
        { targetName: "crm", spelling: "crm", status: "Running" },
      ],
      reasons: [],
    });
    assert.deepEqual(calls, [
      "0s look",
      "0s tasks",
      "1s look",
      "1s tasks",
      "2s look",
      "2s tasks",
      "3s look",
      "4s look",
      "4s ask",
    ]);
  });

  it("looks a second time within a second, however long the pace has become", async () => {
    const { calls } = await play((clock) => ({
      describeDatabases: () => Promise.resolve(clock.elapsed() < 60 * minute ? creating : running),
    }));
    const looks = calls.filter((call) => call.endsWith("look")).map((call) => Number(call.split("s")[0]));
    const [last = 0, before = 0] = [looks.at(-1), looks.at(-2)];
    assert.equal(last - before, 1);
  });

  it("begins to count anew when one stops running between two looks", async () => {
    const { end, calls } = await play({ describeDatabases: inTurn(running, halfway, running, running) });
    assert.deepEqual(end.reasons, []);
    assert.deepEqual(
      calls.filter((call) => !call.endsWith("tasks")),
      ["0s look", "1s look", "2s look", "3s look", "3s ask"],
    );
  });

  it("begins to count anew when a look between them fails", async () => {
    const { calls } = await play({
      describeDatabases: inTurn(running, failures.unknown(), running, running),
    });
    assert.deepEqual(calls, ["0s look", "1s look", "2s look", "3s look", "3s ask"]);
  });

  it("waits for the instance when the databases run before it does", async () => {
    const { end, calls } = await play({
      describeDatabases: inTurn(running),
      describeInstance: inTurn(instance({ status: "Restoring" }), undefined, instance()),
    });
    assert.deepEqual(end.reasons, []);
    assert.deepEqual(calls, ["0s look", "1s look", "1s ask", "2s look", "2s ask", "3s look", "3s ask"]);
  });

  it("asks the instance again, not for two more looks, when it could not be asked", async () => {
    const { end, calls } = await play({
      describeDatabases: inTurn(running),
      describeInstance: inTurn(failures.throttled(), instance()),
    });
    assert.deepEqual(end.reasons, []);
    assert.deepEqual(calls, ["0s look", "1s look", "1s ask", "2s look", "2s ask"]);
  });

  it("does without the instance where it may not ask", async () => {
    const { end } = await play({
      describeDatabases: inTurn(running),
      describeInstance: inTurn(failures.denied()),
    });
    assert.deepEqual(end.reasons, []);
  });

  it("takes a status that it does not know for not yet", async () => {
    const { end, progress } = await play({
      describeDatabases: inTurn(databases({ orders: "Warming", crm: "" }), running),
    });
    assert.deepEqual(end.reasons, []);
    assert.equal(progress[0], "Warming,");
  });

  it("shows every database that is listed, of this copy alone", async () => {
    const shown: string[] = [];
    await play(
      { describeDatabases: inTurn(none, halfway, running) },
      { onSeen: ({ name, status }) => Promise.resolve(void shown.push(`${name} ${status}`)) },
    );
    assert.deepEqual(shown, [
      "Orders Running",
      "crm Creating",
      "Orders Running",
      "crm Running",
      "Orders Running",
      "crm Running",
    ]);
  });

  describe("tells how far the copy is", () => {
    it("by the task of each database, or by the one task of them all", async () => {
      const ofOne = task({ database: "CRM", status: "Running", percent: 43 });
      const ofAll = task({ status: "Running", percent: 10 });
      const other = task({ action: "CreateBackup", status: "Running", percent: 99 });
      const { progress } = await play({
        describeDatabases: inTurn(creating, creating, creating, halfway, running),
        describeTasks: inTurn([other], [ofAll, other], [ofOne, ofAll], [ofOne, ofAll]),
      });
      assert.deepEqual(progress, [
        "Creating,Creating",
        "Creating10,Creating10",
        "Creating10,Creating43",
        "Running,Creating43",
        "Running,Running",
        "Running,Running",
      ]);
    });

    it("without it where tasks cannot be read", async () => {
      const { end, progress } = await play({
        describeDatabases: inTurn(creating, running),
        describeTasks: inTurn(failures.denied()),
      });
      assert.deepEqual(end.reasons, []);
      assert.equal(progress[0], "Creating,Creating");
    });
  });

  describe("fails", () => {
    it("when a database vanished, once the others have come to rest", async () => {
      const { end, calls } = await play({
        describeDatabases: inTurn(
          creating,
          databases({ crm: "Creating" }),
          databases({ crm: "Creating" }),
          databases({ crm: "Running" }),
        ),
      });
      assert.deepEqual(statuses(end), ["orders Missing", "crm Running"]);
      assert.deepEqual(end.reasons, [
        "Database orders was being made on rm-target and is no longer there: its copy failed, or somebody dropped it. " +
          'The next "pulumi up" copies it again.',
      ]);
      assert.deepEqual(calls.slice(-3), ["3s look", "3s tasks", "3s history"]);
    });

    it("and speaks of names that never appeared only where a task failed", async () => {
      const script = { describeDatabases: inTurn(databases({ orders: "Creating" }), none) };
      const quietly = await play(script);
      assert.deepEqual(statuses(quietly.end), ["orders Missing", "crm Requested"]);
      assert.equal(quietly.end.reasons.length, 1);
      assert.match(quietly.end.reasons.join(), /^Database orders was being made/);
      const { end } = await play({
        describeDatabases: inTurn(databases({ orders: "Creating" }), none),
        describeHistoryTasks: inTurn([task()]),
      });
      assert.deepEqual(end.reasons.slice(1), [
        "crm never appeared on rm-target.",
        "The copy task on rm-target failed.",
      ]);
    });

    it("not when it comes back meanwhile", async () => {
      const { end } = await play({
        describeDatabases: inTurn(creating, databases({ crm: "Creating" }), running),
      });
      assert.deepEqual(end.reasons, []);
    });

    it("with what the failed task says", async () => {
      const { end } = await play({
        describeDatabases: inTurn(creating, none),
        describeHistoryTasks: inTurn([
          task({ status: "Finish" }),
          task({ errorCode: "DiskFull" }),
          task({ action: "CreateBackup" }),
        ]),
      });
      assert.equal(end.reasons.length, 3);
      assert.equal(end.reasons[2], "The copy task on rm-target failed: DiskFull.");
    });

    it("when a name never appears and a task failed, after a minute", async () => {
      const { end, calls } = await play({
        describeDatabases: inTurn(none),
        describeHistoryTasks: inTurn([task()]),
      });
      assert.deepEqual(statuses(end), ["orders Requested", "crm Requested"]);
      assert.deepEqual(end.reasons, [
        "orders and crm never appeared on rm-target.",
        "The copy task on rm-target failed.",
      ]);
      assert.deepEqual(
        calls.filter((call) => call.endsWith("history")),
        ["60s history"],
      );
    });

    it("asks for the tasks since a minute before the copy was accepted, up to where a fast clock of the service may be", async () => {
      const asked: number[][] = [];
      const { clock } = await play({
        describeDatabases: inTurn(creating, none),
        describeHistoryTasks: (_instanceId, since, until) => {
          asked.push([since.getTime(), until.getTime()]);
          return Promise.resolve([]);
        },
      });
      const accepted = clock.now() - clock.elapsed();
      assert.deepEqual(asked, [[accepted - minute, accepted + 2000 + 15 * minute]]);
    });

    it("not for a failed task as long as a database is being made", async () => {
      const { end } = await play({
        describeDatabases: inTurn(creating, creating, running),
        describeHistoryTasks: inTurn([task()]),
      });
      assert.deepEqual(end.reasons, []);
    });
  });

  it("waits for names that never appear until the time-out, when no task failed", async () => {
    const { end, clock } = await play({ describeDatabases: inTurn(databases({ orders: "Running" })) });
    assert.equal(clock.elapsed(), 120 * minute);
    assert.deepEqual(statuses(end), ["orders Running", "crm Requested"]);
    assert.deepEqual(end.reasons, [
      `The time-out was reached after a wait of 2h00m: on rm-target, crm (not seen yet) did not run yet. ${goesOn}`,
    ]);
  });

  describe("looks that fail", () => {
    const patience = {
      throttled: 10,
      unreachable: 10,
      unknown: 10,
      notFound: 1,
      refused: 1,
      denied: 0,
      signIn: 0,
    };
    const beforeThat = {
      throttled: "",
      unreachable:
        " Check the endpoint rds.aliyuncs.com, the region cn-shanghai and the network, then run it again.",
      unknown: "",
      notFound:
        " If the instance exists, this run looks in the wrong region (cn-shanghai) or signs in to another account.",
      refused: "",
      denied: " Allow this identity the action rds:Call on the instance, then run it again.",
      signIn: " Check the key that signs the calls and, for a temporary one, its token, then run it again.",
    };
    for (const [kind, minutes] of Object.entries(patience) as [keyof typeof patience, number][]) {
      it(`are borne for ${minutes} minutes: ${kind}`, async () => {
        const { end, clock } = await play({ describeDatabases: inTurn(creating, failures[kind]()) });
        const failingFor = clock.elapsed() - 1000;
        assert.ok(
          failingFor >= minutes * minute && failingFor < minutes * minute + 33_000,
          String(failingFor),
        );
        assert.deepEqual(statuses(end), ["orders Creating", "crm Creating"]);
        assert.deepEqual(end.reasons, [
          `Instance rm-target could not be looked at any more. ${failures[kind]().message} ${goesOn}${beforeThat[kind]}`,
        ]);
      });
    }

    for (const [kind, minutes] of [
      ["throttled", 10],
      ["unreachable", 10],
      ["unknown", 10],
      ["notFound", 1],
      ["refused", 1],
    ] as const) {
      it(`are no longer borne after ${minutes} minutes to the millisecond: ${kind}`, async () => {
        const lastLook = async (failingMs: number) =>
          (
            await play(
              { describeDatabases: inTurn(creating, failures[kind]()) },
              { timeoutMs: 1000 + failingMs },
            )
          ).end.reasons.join();
        assert.match(await lastLook(minutes * minute - 1), /^The time-out was reached/);
        assert.match(await lastLook(minutes * minute), /^Instance rm-target could not be looked at any more/);
      });
    }

    it("count as such, too, when what is done with a database that is seen fails", async () => {
      let shown = 0;
      const onSeen = () => (++shown === 3 ? Promise.reject(failures.throttled()) : Promise.resolve());
      const { end, calls } = await play({ describeDatabases: inTurn(running) }, { onSeen });
      assert.deepEqual(end.reasons, []);
      assert.deepEqual(calls, ["0s look", "1s look", "2s look", "2s ask"]);
      const denied = await play(
        { describeDatabases: inTurn(running) },
        { onSeen: () => Promise.reject(failures.denied()) },
      );
      assert.match(
        denied.end.reasons.join(),
        /^Instance rm-target could not be looked at any more\. .*Forbidden/,
      );
    });

    it("are borne until the time-out when the instance is busy", async () => {
      const { end, clock } = await play({ describeDatabases: inTurn(creating, failures.busy()) });
      assert.equal(clock.elapsed(), 120 * minute);
      assert.match(
        end.reasons.join(),
        /The last look failed: Call answered OperationDenied\.DBInstanceStatus/,
      );
    });

    it("count from the last one that did not fail", async () => {
      const away = Array.from({ length: 100 }, () => failures.unreachable());
      const { end } = await play({
        describeDatabases: inTurn(creating, ...away, halfway, ...away.slice(90), running),
      });
      assert.deepEqual(end.reasons, []);
    });

    it("count on when it is the instance that cannot be asked", async () => {
      const { end, clock } = await play({
        describeDatabases: inTurn(running),
        describeInstance: inTurn(failures.unreachable()),
      });
      assert.ok(clock.elapsed() < 11 * minute);
      assert.match(end.reasons.join(), /^Instance rm-target could not be looked at any more\./);
    });

    it("are not told after a good one", async () => {
      const { end } = await play(
        { describeDatabases: inTurn(failures.unknown(), creating) },
        { timeoutMs: 5000 },
      );
      assert.deepEqual(end.reasons, [
        `The time-out was reached after a wait of 5s: on rm-target, orders (Creating) and crm (Creating) did not run yet. ${goesOn}`,
      ]);
    });
  });

  describe("at the time-out", () => {
    it("has looked a last time", async () => {
      const { calls } = await play({ describeDatabases: inTurn(creating) }, { timeoutMs: 25_500 });
      assert.deepEqual(calls.slice(-3), ["25s tasks", "25.5s look", "25.5s tasks"]);
    });

    it("does not blame databases that run", async () => {
      const { end } = await play(
        { describeDatabases: inTurn(running), describeInstance: inTurn(instance({ status: "Restoring" })) },
        { timeoutMs: 5000 },
      );
      assert.deepEqual(end.reasons, [
        `The time-out was reached after a wait of 5s: on rm-target, the databases ran, but were not seen so twice together with a running instance. ${goesOn}`,
      ]);
    });
  });

  it("ends at once when it is called off", async () => {
    const { end, clock } = await play({ describeDatabases: inTurn(creating) }, { abortAt: 2500 });
    assert.equal(clock.elapsed(), 2500);
    assert.deepEqual(end.reasons, [`The wait for the copy to rm-target was called off. ${goesOn}`]);
    assert.deepEqual(statuses(end), ["orders Creating", "crm Creating"]);
  });

  it("lets an error through that is no failed call", async () => {
    const bug = () => Promise.reject(new Error("a bug"));
    await assert.rejects(play({ describeDatabases: bug }), /a bug/);
  });

  it("never reports success for less than all databases running twice, and always tells why not", async () => {
    const status = fc.constantFrom("Running", "Running", "Running", "Creating", "Cold", "", "gone");
    const look = fc.oneof(
      { weight: 8, arbitrary: fc.record({ orders: status, crm: status }) },
      { weight: 1, arbitrary: fc.constantFrom("throttled", "unknown", "busy", "notFound") },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(look, { minLength: 1, maxLength: 12 }), async (looks) => {
        const next = inTurn(...looks);
        const seen: boolean[] = [];
        const { end } = await play(
          {
            describeDatabases: async () => {
              const shown = await next();
              const listed: Record<string, string> = typeof shown === "string" ? {} : shown;
              seen.push(Object.values(listed).filter((one) => one === "Running").length === 2);
              if (typeof shown === "string") throw failures[shown as "unknown"]();
              return databases(
                Object.fromEntries(Object.entries(listed).filter(([, one]) => one !== "gone")),
              );
            },
          },
          { timeoutMs: 20 * minute },
        );
        if (end.reasons.length > 0) return;
        assert.deepEqual(seen.slice(-2), [true, true]);
        assert.deepEqual(statuses(end), ["orders Running", "crm Running"]);
      }),
      { numRuns: 300 },
    );
  });
});
