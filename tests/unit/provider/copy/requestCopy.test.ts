import assert from "node:assert/strict";
import fc from "fast-check";
import type { Acceptance } from "../../../../provider/src/copy/acceptance";
import { requestCopy } from "../../../../provider/src/copy/requestCopy";
import { targetLocks } from "../../../../provider/src/copy/targetLocks";
import type { RdsFailure } from "../../../../provider/src/rds/failure";
import type { DatabaseFacts } from "../../../../provider/src/rds/rdsApi";
import { fakeClock } from "../fakeClock";
import { databases, failure, failures, inTurn, instance, scriptedRds, type RdsCalls } from "../scriptedRds";

const request = {
  sourceDbInstanceId: "rm-source",
  targetDbInstanceId: "rm-target",
  names: { orders: "orders", crm: "crm_staging" },
  restorePoint: { backupId: "7" },
  syncUserPrivilege: false,
};

const minute = 60_000;
const none: DatabaseFacts[] = [];
const taken = databases({ CRM_Staging: "Creating" });
const accepted = { requestId: "REQ-OK" };
const lost = (code = "InternalError", status: number | undefined = 500) =>
  failure(code, { status, requestId: "REQ-LOST" });
const duplicate = () => failure("InvalidDBName.Duplicate");

const nobodyElse = () => Promise.resolve(false);

interface Played {
  readonly end: Acceptance;
  readonly calls: readonly string[];
  readonly delays: readonly number[];
  readonly waiting: readonly string[];
  readonly elapsedMs: number;
}

async function play(
  script: Partial<RdsCalls>,
  { timeoutMs = 120 * minute, abortAt }: { timeoutMs?: number; abortAt?: number | "at once" } = {},
): Promise<Played> {
  const clock = fakeClock();
  const stop = new AbortController();
  if (abortAt === "at once") stop.abort();
  else if (abortAt !== undefined) clock.at(abortAt, () => stop.abort());
  const { rds, calls } = scriptedRds(script, clock);
  const waiting: string[] = [];
  const end = await requestCopy({
    rds,
    clock,
    signal: stop.signal,
    locks: targetLocks(),
    deadline: clock.now() + timeoutMs,
    request,
    onWaiting: (why) => waiting.push(why),
    isOthers: ({ description }) => Promise.resolve(description === "theirs"),
  });
  return { end, calls: calls.map(short), delays: clock.delays, waiting, elapsedMs: clock.elapsed() };
}

/** "3s copy", "3s look", "3s ask rm-target". */
function short(call: string): string {
  return call
    .replace("describeDatabases rm-target", "look")
    .replace("copyDatabases", "copy")
    .replace("describeInstance", "ask");
}

/** A look each second for a minute and one at its end, as the pace has it. */
function looksOfGrace(calls: readonly string[], fromSecond: number): number {
  return calls.filter((call) => {
    const [time = "", name] = call.split("s ");
    return name === "look" && Number(time) >= fromSecond && Number(time) <= fromSecond + 60;
  }).length;
}

function reasonOf(end: Acceptance): string {
  assert.ok(end.state !== "accepted");
  return end.reason;
}

describe("requestCopy", () => {
  it("looks at the target and then asks, once", async () => {
    const asked: unknown[] = [];
    const { end, calls } = await play({
      describeDatabases: inTurn(databases({ other: "Running" })),
      copyDatabases: (wanted) => {
        asked.push(wanted);
        return Promise.resolve(accepted);
      },
    });
    assert.deepEqual(end, { state: "accepted", requestId: "REQ-OK" });
    assert.deepEqual(calls, ["0s look", "0s copy"]);
    assert.deepEqual(asked, [request]);
  });

  it("asks for nothing when a name is there already, whatever its case", async () => {
    const { end, calls } = await play({ describeDatabases: inTurn(taken) });
    assert.deepEqual(end, {
      state: "refused",
      code: "InvalidDBName.Duplicate",
      reason:
        "CRM_Staging appeared on rm-target just before the copy was asked for. Nothing was copied over it.",
    });
    assert.deepEqual(calls, ["0s look"]);
  });

  describe("after a definite refusal", () => {
    for (const refusal of [
      failure("InvalidBackupSet"),
      duplicate(),
      failures.refused(),
      failures.notFound(),
      failures.denied(),
      failures.signIn(),
    ]) {
      it(`ends at once: ${refusal.code}`, async () => {
        const { end, calls, delays } = await play({
          describeDatabases: inTurn(none),
          copyDatabases: inTurn(refusal),
        });
        assert.deepEqual(end, { state: "refused", code: refusal.code, reason: withNextStep(refusal) });
        assert.deepEqual(calls, ["0s look", "0s copy"]);
        assert.deepEqual(delays, []);
      });
    }
  });

  describe("throttled", () => {
    it("waits as long as the service asks, and looks again before it asks again", async () => {
      const { end, calls, waiting } = await play({
        describeDatabases: inTurn(none),
        copyDatabases: inTurn(failures.throttled(), failures.throttled(9000), failures.throttled(), accepted),
      });
      assert.equal(end.state, "accepted");
      assert.deepEqual(calls, [
        "0s look",
        "0s copy",
        "1s look",
        "1s copy",
        "10s look",
        "10s copy",
        "14s look",
        "14s copy",
      ]);
      assert.equal(waiting.length, 3);
      assert.match(waiting[0] ?? "", /Throttling\.User/);
    });

    it("ends when the next try would come after the time-out", async () => {
      const { end, calls } = await play(
        { describeDatabases: inTurn(none), copyDatabases: inTurn(failures.throttled()) },
        { timeoutMs: 7000 },
      );
      assert.deepEqual(calls.slice(-2), ["3s look", "3s copy"]);
      assert.ok(end.state === "refused");
      assert.equal(end.code, "Throttling.User");
      assert.match(
        reasonOf(end),
        /^The cloud did not take the copy before the time-out\. Call answered Throttling\.User/,
      );
    });
  });

  describe("busy", () => {
    it("asks both instances whether waiting is of use, and asks again", async () => {
      const { end, calls } = await play({
        describeDatabases: inTurn(none),
        describeInstance: (instanceId) => Promise.resolve(instance({ instanceId, status: "Backing" })),
        copyDatabases: inTurn(failures.busy(), failures.busy(), accepted),
      });
      assert.equal(end.state, "accepted");
      assert.deepEqual(calls, [
        "0s look",
        "0s copy",
        "0s ask rm-target",
        "0s ask rm-source",
        "1s look",
        "1s copy",
        "1s ask rm-target",
        "1s ask rm-source",
        "3s look",
        "3s copy",
      ]);
    });

    const blocks = [
      [{ status: "Running", lockMode: "ManualLock" }, "locked (ManualLock)"],
      [{ status: "Running", lockMode: "LockByDiskQuota" }, "locked (LockByDiskQuota)"],
      [{ status: "Released" }, "released"],
      [{ status: "Deleting" }, "being deleted"],
    ] as const;
    for (const [facts, words] of blocks) {
      for (const blocked of ["rm-target", "rm-source"]) {
        it(`ends at once when ${blocked} is ${words}`, async () => {
          const { end, delays } = await play({
            describeDatabases: inTurn(none),
            describeInstance: (instanceId) =>
              Promise.resolve(instance({ instanceId, ...(instanceId === blocked ? facts : {}) })),
            copyDatabases: inTurn(failures.busy()),
          });
          assert.equal(end.state, "refused");
          assert.ok(reasonOf(end).startsWith(`Instance ${blocked} is ${words}`), reasonOf(end));
          assert.match(reasonOf(end), /OperationDenied\.DBInstanceStatus/);
          assert.deepEqual(delays, []);
        });
      }
    }

    it("goes on when the instance cannot be asked", async () => {
      const { end } = await play({
        describeDatabases: inTurn(none),
        describeInstance: inTurn(failures.denied()),
        copyDatabases: inTurn(failures.busy(), accepted),
      });
      assert.equal(end.state, "accepted");
    });
  });

  describe("out of reach", () => {
    it("asks again, since nothing was sent", async () => {
      const { end, calls } = await play({
        describeDatabases: inTurn(none),
        copyDatabases: inTurn(failures.unreachable(), accepted),
      });
      assert.equal(end.state, "accepted");
      assert.deepEqual(calls, ["0s look", "0s copy", "1s look", "1s copy"]);
    });

    it("gives up after two minutes without anybody", async () => {
      const { end, calls } = await play({ describeDatabases: inTurn(failures.unreachable()) });
      assert.deepEqual(
        calls,
        ["0s", "1s", "3s", "7s", "15s", "31s", "63s", "123s"].map((time) => `${time} look`),
      );
      assert.deepEqual(end, {
        state: "refused",
        code: "ECONNREFUSED",
        reason:
          "The endpoint rds.aliyuncs.com could not be reached for 2m. Call could not be sent (ECONNREFUSED): The cloud said ECONNREFUSED.",
      });
    });

    it("counts these two minutes anew when somebody answered in between", async () => {
      const { end } = await play({
        describeDatabases: inTurn(
          ...Array.from({ length: 7 }, () => failures.unreachable()),
          failures.throttled(),
          failures.unreachable(),
          none,
        ),
        copyDatabases: inTurn(accepted),
      });
      assert.equal(end.state, "accepted");
    });
  });

  describe("when the answer is lost", () => {
    const losses: readonly (readonly [string, () => RdsFailure])[] = [
      ["a time-out", () => failure("RequestTimeout", { status: undefined })],
      ["a reset", () => failure("ECONNRESET", { status: undefined })],
      ["HTTP 408", () => lost("NetworkOrSqlTimeoutError", 408)],
      ["HTTP 500", () => lost("InternalError", 500)],
      ["HTTP 503", () => lost("ServiceUnavailable", 503)],
      ["an answer that is no JSON", () => failure("AnswerNotJson", { status: undefined })],
      ["an error body with HTTP 200", () => lost("IncorrectDBInstanceState", 200)],
      ["an answer without a request id", () => failure("AnswerWithoutRequestId", { status: 200 })],
      ["a used nonce", () => lost("SignatureNonceUsed", 400)],
    ];
    for (const [what, loss] of losses) {
      it(`${what}: takes a name that appears for acceptance`, async () => {
        const { end, calls } = await play({
          describeDatabases: inTurn(none, none, none, taken),
          copyDatabases: inTurn(loss()),
        });
        assert.deepEqual(end, { state: "accepted", requestId: loss().requestId });
        assert.deepEqual(calls, ["0s look", "0s copy", "0s look", "1s look", "2s look"]);
      });

      it(`${what}: asks once more after a minute without a name, and takes "duplicate" for acceptance`, async () => {
        const { end, calls } = await play({
          describeDatabases: inTurn(none),
          copyDatabases: inTurn(loss(), duplicate()),
        });
        assert.deepEqual(end, { state: "accepted", requestId: loss().requestId });
        assert.deepEqual(calls.slice(0, 2), ["0s look", "0s copy"]);
        assert.deepEqual(calls.slice(-3), ["60s look", "60s copy", "60s look"]);
        assert.equal(calls.filter((call) => call.endsWith("copy")).length, 2);
      });
    }

    it("looks all through the grace period before it asks again", async () => {
      const { end, calls } = await play({
        describeDatabases: inTurn(none),
        copyDatabases: inTurn(lost(), accepted),
      });
      assert.deepEqual(end, { state: "accepted", requestId: "REQ-OK" });
      assert.equal(looksOfGrace(calls, 0), 1 + 51 + 1);
    });

    it("leaves it open when the second answer is lost, too", async () => {
      const { end, calls } = await play({ describeDatabases: inTurn(none), copyDatabases: inTurn(lost()) });
      assert.equal(end.state, "undecided");
      assert.equal(calls.filter((call) => call.endsWith("copy")).length, 2);
      assert.match(calls.at(-1) ?? "", /^120s look/);
      assert.equal(
        reasonOf(end),
        "Whether the copy to rm-target was accepted is not known: its answer was lost, and orders and crm_staging did not " +
          "appear so far. Call answered InternalError: The cloud said InternalError (HTTP 500, request id REQ-LOST). " +
          'A second try was not answered either. The next "pulumi up" looks again, and copies only what is not there by then.',
      );
    });

    it("tells when the calls whose answers were lost were under way", async () => {
      const spanOf = async (...answers: readonly RdsFailure[]) => {
        const clock = fakeClock();
        const [began, next] = [clock.now(), inTurn(...answers)];
        const { rds } = scriptedRds(
          {
            describeDatabases: inTurn(none),
            copyDatabases: async () => {
              await clock.sleep(500);
              return next();
            },
          },
          clock,
        );
        const end = await requestCopy({
          rds,
          clock,
          locks: targetLocks(),
          deadline: began + 60 * minute,
          request,
          onWaiting: () => undefined,
          isOthers: nobodyElse,
        });
        assert.ok(end.state === "undecided");
        return [end.sent.from - began, end.sent.until - began];
      };
      assert.deepEqual(await spanOf(lost(), failures.refused()), [0, 500]);
      assert.deepEqual(await spanOf(lost(), lost()), [0, 61_000]);
      assert.deepEqual(await spanOf(failures.throttled(), lost(), failures.refused()), [1500, 2000]);
    });

    it("takes a name that appears after the second one for acceptance", async () => {
      const clockLooks = inTurn(...Array.from({ length: 60 }, () => none), taken);
      const { end } = await play({ describeDatabases: clockLooks, copyDatabases: inTurn(lost()) });
      assert.equal(end.state, "accepted");
    });

    for (const refusal of [failures.refused(), failures.denied(), failures.signIn(), failures.notFound()]) {
      it(`leaves it open when the second try is refused: ${refusal.code}`, async () => {
        const { end } = await play({
          describeDatabases: inTurn(none),
          copyDatabases: inTurn(lost(), refusal),
        });
        assert.equal(end.state, "undecided");
        assert.ok(reasonOf(end).includes(refusal.message));
      });
    }

    it("goes on asking when the second try is throttled or met a busy instance: that one did nothing", async () => {
      const { end, calls } = await play({
        describeDatabases: inTurn(none),
        describeInstance: inTurn(instance()),
        copyDatabases: inTurn(lost(), failures.throttled(), failures.busy(), duplicate()),
      });
      assert.deepEqual(end, { state: "accepted", requestId: "REQ-LOST" });
      assert.equal(calls.filter((call) => call.endsWith("copy")).length, 4);
    });

    it("finds the name that appears while the second try is throttled", async () => {
      const { end, calls } = await play({
        describeDatabases: inTurn(...Array.from({ length: 53 }, () => none), taken),
        copyDatabases: inTurn(lost(), failures.throttled()),
      });
      assert.deepEqual(end, { state: "accepted", requestId: "REQ-LOST" });
      assert.deepEqual(calls.slice(-3), ["60s look", "60s copy", "61s look"]);
    });

    it("leaves it open when a block comes to light at the second try", async () => {
      const { end } = await play({
        describeDatabases: inTurn(none),
        describeInstance: inTurn(instance({ status: "Deleting" })),
        copyDatabases: inTurn(lost(), failures.busy()),
      });
      assert.equal(end.state, "undecided");
      assert.match(reasonOf(end), /Instance rm-target is being deleted\./);
    });

    it("does not ask again as long as it cannot look, and then finds the name", async () => {
      const looks = inTurn(none, ...Array.from({ length: 58 }, () => failures.unknown()), taken);
      const { end, calls } = await play({ describeDatabases: looks, copyDatabases: inTurn(lost()) });
      assert.deepEqual(end, { state: "accepted", requestId: "REQ-LOST" });
      assert.equal(calls.filter((call) => call.endsWith("copy")).length, 1);
    });

    it("leaves it open within a moment when the identity has expired meanwhile", async () => {
      const { end, calls } = await play({
        describeDatabases: inTurn(none, failures.signIn()),
        copyDatabases: inTurn(lost()),
      });
      assert.equal(end.state, "undecided");
      assert.match(reasonOf(end), /InvalidAccessKeyId\.NotFound/);
      assert.deepEqual(calls, ["0s look", "0s copy", "0s look", "0s look"]);
    });

    it("leaves it open when the cloud is out of reach from then on", async () => {
      const { end } = await play({
        describeDatabases: inTurn(none, failures.unreachable()),
        copyDatabases: inTurn(lost()),
      });
      assert.equal(end.state, "undecided");
      assert.match(reasonOf(end), /The endpoint rds\.aliyuncs\.com could not be reached for 2m\./);
    });

    it("has two minutes anew, since an answer that is lost shows that somebody is there", async () => {
      const away = (times: number) => Array.from({ length: times }, () => failures.unreachable());
      const { end, calls } = await play({
        describeDatabases: inTurn(...away(6), none, ...away(53), taken),
        copyDatabases: inTurn(lost()),
      });
      assert.equal(end.state, "accepted");
      assert.ok(calls.includes("123s look"), "a look out of reach more than two minutes after the first one");
    });

    it("does not ask again after the time-out", async () => {
      const { end, calls } = await play(
        { describeDatabases: inTurn(none), copyDatabases: inTurn(lost()) },
        { timeoutMs: 30_000 },
      );
      assert.equal(end.state, "undecided");
      assert.match(reasonOf(end), /The time-out was reached before the cloud took the copy\./);
      assert.equal(calls.filter((call) => call.endsWith("copy")).length, 1);
      assert.equal(calls.at(-1), "30s look");
    });

    it("does not ask again when it is called off", async () => {
      const { end, calls } = await play(
        { describeDatabases: inTurn(none), copyDatabases: inTurn(lost()) },
        { abortAt: 5500 },
      );
      assert.equal(end.state, "undecided");
      assert.match(reasonOf(end), /called off/);
      assert.equal(calls.at(-1), "5s look");
    });
  });

  describe("called off", () => {
    it("before it began, it asks for nothing at all, and neither does it after its time", async () => {
      for (const [settings, why] of [
        [{ abortAt: "at once" }, "The run was called off before the cloud took the copy."],
        [{ timeoutMs: 0 }, "The time-out was reached before the cloud took the copy."],
      ] as const) {
        const { end, calls } = await play({}, settings);
        assert.deepEqual(end, { state: "refused", reason: why, code: undefined });
        assert.deepEqual(calls, []);
      }
    });

    it("asks for nothing any more, and ends at once", async () => {
      const { end, calls, elapsedMs } = await play(
        { describeDatabases: inTurn(none), copyDatabases: inTurn(failures.throttled()) },
        { abortAt: 5000 },
      );
      assert.equal(end.state, "refused");
      assert.equal(reasonOf(end), "The run was called off before the cloud took the copy.");
      assert.equal(calls.at(-1), "3s copy");
      assert.equal(elapsedMs, 5000);
    });
  });

  describe("when the look before the call fails", () => {
    for (const kind of ["refused", "notFound", "denied", "signIn"] as const) {
      it(`refuses what will not pass: ${kind}`, async () => {
        const { end, calls } = await play({ describeDatabases: inTurn(failures[kind]()) });
        assert.deepEqual(end, {
          state: "refused",
          code: failures[kind]().code,
          reason: withNextStep(failures[kind]()),
        });
        assert.deepEqual(calls, ["0s look"]);
      });
    }
    for (const kind of ["throttled", "busy", "unreachable", "unknown"] as const) {
      it(`looks again after what may pass: ${kind}`, async () => {
        const { end, calls } = await play({
          describeDatabases: inTurn(failures[kind](), none),
          copyDatabases: inTurn(accepted),
        });
        assert.equal(end.state, "accepted");
        assert.deepEqual(calls, ["0s look", "1s look", "1s copy"]);
      });
    }
  });

  it("lets an error through that is no failed call", async () => {
    const bug = () => Promise.reject(new Error("a bug"));
    await assert.rejects(play({ describeDatabases: inTurn(none), copyDatabases: bug }), /a bug/);
  });

  it("lets another request to the same target go between its own tries, not between its look and its call", async () => {
    const clock = fakeClock();
    const slowly = async <T>(answer: () => Promise<T>) => {
      await clock.sleep(100);
      return answer();
    };
    const answers = inTurn(lost(), accepted);
    const { rds, calls } = scriptedRds(
      {
        describeDatabases: () => slowly(inTurn(none)),
        copyDatabases: () => slowly(answers),
      },
      clock,
    );
    const locks = targetLocks();
    const deadline = clock.now() + 60 * minute;
    const options = { rds, clock, locks, deadline, onWaiting: () => undefined, isOthers: nobodyElse };
    const other = { ...request, names: { billing: "billing" } };
    const first = requestCopy({ ...options, request });
    const second = requestCopy({ ...options, request: other });
    assert.equal((await second).state, "accepted");
    assert.ok(clock.elapsed() < minute, "the second one did not wait for the first one's grace period");
    assert.deepEqual(calls.slice(0, 2).map(short), ["0s look", "0.1s copy"]);
    assert.deepEqual(
      calls.map(short).filter((call) => call.endsWith("copy")),
      ["0.1s copy", "0.3s copy"],
    );
    await first;
  });
});

/** What the cloud does with one call, and whether the caller learns of it. */
type Fate = "accepts" | "acceptsUnheard" | "losesIt" | "refuses" | "throttles" | "isBusy" | "isOutOfReach";

describe("requestCopy, whatever the cloud does", () => {
  const fates: readonly Fate[] = [
    "accepts",
    "acceptsUnheard",
    "acceptsUnheard",
    "losesIt",
    "losesIt",
    "refuses",
    "throttles",
    "isBusy",
    "isOutOfReach",
  ];
  const story = fc.record({
    calls: fc.array(fc.constantFrom(...fates), { minLength: 1, maxLength: 8 }),
    /** How long an accepted copy is not listed, in seconds. */
    listedAfter: fc.array(fc.constantFrom(0, 1, 20, 59, 70, 600), { minLength: 1, maxLength: 4 }),
    looks: fc.array(
      fc.constantFrom("shows", "shows", "shows", "unknown", "throttled", "unreachable", "signIn"),
      {
        maxLength: 60,
      },
    ),
  });

  it("starts at most one copy, asks at most once more after a lost answer, and never forgets what it started", async () => {
    await fc.assert(
      fc.asyncProperty(story, async ({ calls, listedAfter, looks }) => {
        const clock = fakeClock();
        /** When a copy was accepted, and from when on it is listed. */
        const copies: { readonly listedFrom: number }[] = [];
        const unclear: Fate[] = [];
        let looked = false;
        const listed = () => copies.some(({ listedFrom }) => listedFrom <= clock.now());
        const nextLook = inTurn(...looks, "shows");
        const nextFate = inTurn(...calls);

        const { rds } = scriptedRds(
          {
            describeDatabases: async () => {
              const look = await nextLook();
              if (look !== "shows") throw failures[look as "unknown"]();
              looked = true;
              return listed() ? databases({ orders: "Creating" }) : none;
            },
            describeInstance: () => Promise.resolve(instance()),
            copyDatabases: async () => {
              assert.ok(looked, "a look since the last call");
              looked = false;
              assert.ok(!listed(), "no wanted name is listed");
              const fate = await nextFate();
              if (fate === "throttles") throw failures.throttled();
              if (fate === "isBusy") throw failures.busy();
              if (fate === "isOutOfReach") throw failures.unreachable();
              unclear.push(fate);
              if (fate === "losesIt") throw lost();
              if (copies.length > 0) throw duplicate();
              if (fate === "refuses") throw failures.refused();
              const seconds = listedAfter[copies.length % listedAfter.length] ?? 0;
              copies.push({ listedFrom: clock.now() + seconds * 1000 });
              if (fate === "acceptsUnheard") throw lost();
              return accepted;
            },
          },
          clock,
        );
        const end = await requestCopy({
          rds,
          clock,
          locks: targetLocks(),
          deadline: clock.now() + 15 * minute,
          request,
          onWaiting: () => undefined,
          isOthers: nobodyElse,
        });
        assert.ok(copies.length <= 1);
        assert.ok(unclear.length <= 2, "one try and one more, beside those that certainly did nothing");
        if (end.state === "accepted") assert.equal(copies.length, 1);
        if (end.state === "refused") assert.equal(copies.length, 0);
      }),
      { numRuns: 500 },
    );
  });
});

/** What a person reads of a refusal: what the cloud said, and what to do. */
function withNextStep({ message, kind }: RdsFailure): string {
  const step = {
    refused: "Correct what the answer names, then run it again.",
    notFound:
      "If the instance exists, this run looks in the wrong region (cn-shanghai) or signs in to another account.",
    denied: "Allow this identity the action rds:Call on the instance, then run it again.",
    signIn: "Check the key that signs the calls and, for a temporary one, its token, then run it again.",
  }[kind as "refused" | "notFound" | "denied" | "signIn"];
  return `${message} ${step}`;
}
