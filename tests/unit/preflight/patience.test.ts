import assert from "node:assert/strict";
import { factsOf } from "../../../provider/src/preflight/facts";
import { shortPatience, Silence } from "../../../provider/src/preflight/patience";
import { preflight } from "../../../provider/src/preflight/preflight";
import type { RdsApi } from "../../../provider/src/rds/rdsApi";
import type { Clock } from "../../../provider/src/time/clock";
import { fakeClock } from "../provider/fakeClock";
import { failures, instance, scriptedRds } from "../provider/scriptedRds";
import { copyOfOrders } from "./plan";

function asking(rds: RdsApi, clock: Clock, maxAgeMs: number, budgetMs: number) {
  return factsOf(rds, {
    reads: rds,
    clock,
    patience: shortPatience(clock, budgetMs, rds.waitsFor),
    maxAgeMs,
  });
}

const nobody = () => "nobody";
const never = () => new Promise<never>(() => undefined);

describe("preflight: patience", () => {
  it("ends in silence, for all questions together", async () => {
    const clock = fakeClock();
    const { rds } = scriptedRds({ describeInstance: never }, clock);
    const facts = factsOf(rds, {
      reads: rds,
      clock,
      patience: shortPatience(clock, 20, rds.waitsFor),
      maxAgeMs: 60_000,
    });
    const { findings } = await preflight(facts, clock, copyOfOrders);
    assert.deepEqual(
      findings.map(({ code }) => code),
      ["not-checked"],
    );
    assert.match(findings[0]?.text ?? "", /rds\.aliyuncs\.com did not respond in time\. Check the region/);
  });

  it("says who was silent, for how long, and what was asked", async () => {
    const silent = shortPatience(fakeClock(), 20, nobody).hear("DescribeBackups", never);
    await assert.rejects(silent, (error) => {
      assert.ok(error instanceof Silence);
      assert.deepEqual(
        [error.action, error.code, error.from],
        ["DescribeBackups", "RequestTimeout", "nobody"],
      );
      assert.equal(error.said, "nothing was heard from nobody for 0.02 s");
      return true;
    });
  });

  it("watches no longer over a question that was answered", async () => {
    let watched = 0;
    const patience = shortPatience(fakeClock(), 20, () => String(watched++));
    assert.equal(await patience.hear("DescribeBackups", () => Promise.resolve("told")), "told");
    await assert.rejects(patience.hear("DescribeBackups", () => Promise.reject(failures.refused())));
    await new Promise((resolve) => setTimeout(resolve, 60));
    assert.equal(watched, 0);
  });

  it("goes on as long as something is heard", async () => {
    const patience = shortPatience(fakeClock(), 50, nobody);
    const slow = patience.hear(
      "DescribeBackups",
      () => new Promise((resolve) => setTimeout(resolve, 90, "told")),
    );
    const chatter = setInterval(() => patience.heard(), 10);
    assert.equal(await slow, "told");
    clearInterval(chatter);
  });

  it("does not count while nothing is on the wire, and gives who signs in a budget of its own", async () => {
    // By ticks: each counts for a tick, or two where the machine is late.
    let ticks = 0;
    let answer: (told: string) => void = () => undefined;
    const patience = shortPatience(fakeClock(), 400, () => {
      if (++ticks === 13) answer("told");
      return ticks <= 2 ? "STS" : ticks <= 10 ? undefined : "rds.aliyuncs.com";
    });
    const asked = patience.hear(
      "DescribeBackups",
      () => new Promise<string>((resolve) => (answer = resolve)),
    );
    assert.equal(await asked, "told");
    const silent = patience.hear("DescribeBackups", never);
    await assert.rejects(silent, (error) => error instanceof Silence && error.from === "rds.aliyuncs.com");
  });

  it("asks again what was throttled or lost, and gives up after three tries", async () => {
    const clock = fakeClock();
    for (const failure of [failures.throttled(), failures.unknown(), failures.busy()]) {
      let tries = 0;
      const asked = shortPatience(clock, 60_000, nobody).hear("DescribeBackups", () => {
        tries++;
        return Promise.reject(failure);
      });
      await assert.rejects(asked, failure);
      assert.equal(tries, 3);
    }
  });

  it("asks once what no second try makes better", async () => {
    for (const failure of [
      failures.denied(),
      failures.signIn(),
      failures.unreachable(),
      failures.refused(),
    ]) {
      let tries = 0;
      const asked = shortPatience(fakeClock(), 60_000, nobody).hear("DescribeBackups", () => {
        tries++;
        return Promise.reject(failure);
      });
      await assert.rejects(asked, failure);
      assert.equal(tries, 1);
    }
  });

  it("does not wait longer than its budget because the service asks for it", async () => {
    const clock = fakeClock();
    const patience = shortPatience(clock, 4500, nobody);
    await assert.rejects(patience.hear("DescribeBackups", () => Promise.reject(failures.throttled(60_000))));
    assert.deepEqual(clock.delays, []);
  });

  it("does not let others walk a way that was silent, for a minute or until somebody wants it fresh", async () => {
    const clock = fakeClock();
    const scripted = scriptedRds(
      { describeInstance: never, describeDatabases: () => Promise.resolve([]) },
      clock,
    );
    const ask = (maxAgeMs: number) => asking(scripted.rds, clock, maxAgeMs, 20);
    const silent = (error: unknown) => error instanceof Silence;
    await assert.rejects(ask(600_000).instance("rm-a"), silent);
    await clock.sleep(59_000);
    await assert.rejects(ask(600_000).databases("rm-b"), silent);
    assert.deepEqual(scripted.names(), ["describeInstance"]);
    assert.deepEqual(await ask(1000).databases("rm-b"), []);

    const later = scriptedRds(
      { describeInstance: never, describeDatabases: () => Promise.resolve([]) },
      clock,
    );
    await assert.rejects(asking(later.rds, clock, 600_000, 20).instance("rm-a"), silent);
    await clock.sleep(61_000);
    assert.deepEqual(await asking(later.rds, clock, 600_000, 20).databases("rm-b"), []);
  });

  it("knows the facts of others only as long as they are young enough", async () => {
    const clock = fakeClock();
    const scripted = scriptedRds({ describeInstance: () => Promise.resolve(instance()) }, clock);
    const ask = (maxAgeMs: number) => asking(scripted.rds, clock, maxAgeMs, 1000);
    await ask(0).instance("rm-a");
    await clock.sleep(2000);
    const shared = ask(2000);
    await shared.instance("rm-a");
    assert.equal(shared.oldest(), 2000);
    assert.equal(scripted.names().length, 1);
    const fresh = ask(1999);
    await fresh.instance("rm-a");
    assert.equal(fresh.oldest(), 0);
    assert.equal(scripted.names().length, 2);
  });
});
