import assert from "node:assert/strict";
import { factsOf, type Facts } from "../../../provider/src/preflight/facts";
import type { Patience } from "../../../provider/src/preflight/patience";
import type { RdsAction } from "../../../provider/src/rds/permissions";
import type { RdsApi } from "../../../provider/src/rds/rdsApi";
import type { Clock } from "../../../provider/src/time/clock";
import { fakeClock } from "../provider/fakeClock";
import {
  databases,
  failure,
  failures,
  inTurn,
  instance,
  scriptedRds,
  type RdsCalls,
} from "../provider/scriptedRds";

const hour = 3_600_000;
const never = () => new Promise<never>(() => undefined);
const there = { describeInstance: () => Promise.resolve(instance()) };

/** Patience without end that keeps a record of what it was told. */
function recordingPatience() {
  const actions: RdsAction[] = [];
  let heard = 0;
  const patience: Patience = {
    hear: (action, read) => {
      actions.push(action);
      return read();
    },
    heard: () => void heard++,
  };
  return { patience, actions, timesHeard: () => heard };
}

function open(script: Partial<RdsCalls>) {
  const clock = fakeClock();
  const { rds, names } = scriptedRds(script, clock);
  const ask = (maxAgeMs = hour, patience = recordingPatience().patience) =>
    asking(rds, clock, maxAgeMs, patience);
  return { clock, names, ask };
}

function asking(rds: RdsApi, clock: Clock, maxAgeMs: number, patience: Patience): Facts {
  return factsOf(rds, { reads: rds, clock, patience, maxAgeMs });
}

describe("a question of the preflight", () => {
  const questions: readonly (readonly [RdsAction, keyof RdsCalls, (facts: Facts) => Promise<unknown>])[] = [
    ["DescribeDBInstanceAttribute", "describeInstance", (facts) => facts.instance("rm-a")],
    ["DescribeDatabases", "describeDatabases", (facts) => facts.databases("rm-a")],
    ["DescribeBackups", "describeBackups", (facts) => facts.backups("rm-a")],
    ["DescribeBackupPolicy", "describeBackupPolicy", (facts) => facts.policy("rm-a")],
    ["DescribeLogBackupFiles", "describeLogBackups", (facts) => facts.logs("rm-a", 0, 1)],
    ["DescribeDBInstanceTDE", "describeEncryption", (facts) => facts.encryption("rm-a")],
    ["ListTagResources", "listTags", (facts) => facts.tags("rm-a")],
  ];
  for (const [action, call, question] of questions) {
    it(`is one call, heard under the name of its action: ${action}`, async () => {
      const answer = {};
      const { names, ask } = open({ [call]: () => Promise.resolve(answer) });
      const { patience, actions } = recordingPatience();
      assert.equal(await question(ask(hour, patience)), answer);
      assert.deepEqual([names(), actions], [[call], [action]]);
    });
  }

  it("for backups is for all of an instance, or for the one that is named", async () => {
    const asked: unknown[] = [];
    const { ask } = open({
      describeBackups: (query) => {
        asked.push(query);
        return Promise.resolve([]);
      },
    });
    const facts = ask();
    await facts.backups("rm-a");
    await facts.backups("rm-a", "b-1");
    await facts.backups("rm-a", "b-1");
    assert.deepEqual(asked, [{ instanceId: "rm-a" }, { instanceId: "rm-a", backupId: "b-1" }]);
  });

  it("for log backups is for a span of time, and another span is another question", async () => {
    const asked: number[][] = [];
    const { ask } = open({
      describeLogBackups: (_instanceId, since, until) => {
        asked.push([since.getTime(), until.getTime()]);
        return Promise.resolve([]);
      },
    });
    const facts = ask();
    await facts.logs("rm-a", 1000, 3000);
    await facts.logs("rm-a", 1000, 3000);
    await facts.logs("rm-a", 2000, 3000);
    await facts.logs("rm-a", 1000, 4000);
    assert.deepEqual(asked, [
      [1000, 3000],
      [2000, 3000],
      [1000, 4000],
    ]);
  });
});

describe("an answer that somebody else got", () => {
  it("shows that the way works", async () => {
    const { ask } = open(there);
    await ask().instance("rm-a");
    const { patience, actions, timesHeard } = recordingPatience();
    await ask(hour, patience).instance("rm-a");
    assert.deepEqual([actions, timesHeard()], [[], 1]);
  });

  it("shows so to those, too, who waited for it with questions of their own", async () => {
    const { ask } = open(there);
    const { patience, actions, timesHeard } = recordingPatience();
    await Promise.all([ask().instance("rm-a"), ask(hour, patience).instance("rm-b")]);
    assert.deepEqual([actions, timesHeard()], [["DescribeDBInstanceAttribute"], 1]);
  });

  it("is no older than the oldest of them", async () => {
    const { clock, ask } = open(there);
    await ask().instance("rm-a");
    await clock.sleep(3000);
    await ask().instance("rm-b");
    await clock.sleep(2000);
    const facts = ask();
    await facts.instance("rm-a");
    await facts.instance("rm-b");
    assert.equal(facts.oldest(), 5000);
  });
});

describe("a question that failed", () => {
  for (const kind of ["refused", "notFound", "busy", "throttled", "signIn", "unknown"] as const) {
    it(`is asked again by the next one: ${kind}`, async () => {
      const { clock, names, ask } = open({ describeInstance: inTurn(failures[kind](), instance()) });
      await assert.rejects(ask().instance("rm-a"), failures[kind]());
      await clock.sleep(61_000);
      assert.deepEqual(await ask().instance("rm-a"), instance());
      assert.equal(names().length, 2);
    });
  }

  it("is not asked again where a permission is missing, which is missing for the whole run", async () => {
    const { clock, names, ask } = open({ describeInstance: inTurn(failures.denied(), instance()) });
    await assert.rejects(ask().instance("rm-a"), failures.denied());
    await clock.sleep(61_000);
    await assert.rejects(ask().instance("rm-a"), failures.denied());
    assert.equal(names().length, 1);
  });

  it("leaves the answer alone that somebody got meanwhile who wanted it fresh", async () => {
    let fail = (): void => undefined;
    const slow = new Promise<never>((_resolve, reject) => (fail = () => reject(failures.throttled())));
    const looks = [slow, Promise.resolve(instance())];
    const { clock, names, ask } = open({ describeInstance: () => looks.shift() ?? never() });
    const first = ask().instance("rm-a");
    await clock.sleep(2000);
    await ask(1000).instance("rm-a");
    fail();
    await assert.rejects(first, failures.throttled());
    assert.deepEqual(await ask().instance("rm-a"), instance());
    assert.equal(names().length, 2);
  });
});

describe("the way to the cloud", () => {
  /** Two questions at once; the first one fails. How many were asked of the cloud? */
  async function askedAfter(met: Error): Promise<number> {
    const { names, ask } = open({
      describeInstance: () => Promise.reject(met),
      describeDatabases: () => Promise.resolve([]),
    });
    await Promise.allSettled([ask().instance("rm-a"), ask().databases("rm-b")]);
    return names().length;
  }

  for (const kind of ["refused", "notFound", "busy", "throttled", "denied", "unknown"] as const) {
    it(`is open when the service answered, whatever it said: ${kind}`, async () => {
      assert.equal(await askedAfter(failures[kind]()), 2);
    });
  }

  for (const [what, met] of [
    ["the key is not known", failures.signIn()],
    ["nobody listens", failures.unreachable()],
    ["no answer came", failure("ECONNRESET", { status: undefined })],
    ["another service answers", failure("AnswerNotJson", { status: 302 })],
  ] as const) {
    it(`leads nowhere, and is walked by one alone, when ${what}`, async () => {
      assert.equal(await askedAfter(met), 1);
    });
  }

  it("leads nowhere when there is no asking at all, and all hear the same", async () => {
    const { names, ask } = open({ describeInstance: () => Promise.reject(new TypeError("a defect")) });
    const asked = [ask().instance("rm-a"), ask().databases("rm-b")];
    for (const one of asked) await assert.rejects(one, TypeError);
    assert.deepEqual(names(), ["describeInstance"]);
  });

  it("is tried again after a minute, and not before", async () => {
    const { clock, names, ask } = open({
      describeInstance: inTurn(failures.unreachable()),
      describeDatabases: () => Promise.resolve(databases({ orders: "Running" })),
    });
    await assert.rejects(ask().instance("rm-a"));
    await clock.sleep(60_000);
    await assert.rejects(ask().databases("rm-b"), failures.unreachable());
    await clock.sleep(1);
    assert.deepEqual(await ask().databases("rm-b"), databases({ orders: "Running" }));
    assert.deepEqual(names(), ["describeInstance", "describeDatabases"]);
  });

  it("stays open for the whole run: later nobody waits for the answer of another", async () => {
    const { clock, names, ask } = open({ ...there, describeDatabases: never });
    await ask().instance("rm-a");
    await clock.sleep(2 * 60_000);
    void ask().databases("rm-a");
    void ask().instance("rm-b");
    await clock.sleep(1);
    assert.deepEqual(names(), ["describeInstance", "describeDatabases", "describeInstance"]);
  });
});
