import assert from "node:assert/strict";
import { startSimulator, type Simulator } from "alicloud-rds-simulator";
import { simulatedTime } from "../../../provider/src/engine/stackCloud";
import { simulatorClock } from "../../../provider/src/time/simulatorClock";

const now = "2026-11-25T12:00:00Z";
const start = Date.parse(now);
const day = 24 * 3_600_000;

describe("the simulator's time in processes of the provider", () => {
  let simulator: Simulator;

  beforeEach(async () => {
    simulator = await startSimulator({ world: { now }, clock: "virtual" });
  });
  afterEach(() => simulator.close());

  async function follower() {
    const clock = simulatorClock(simulator.endpoint);
    await clock.ready;
    return clock;
  }

  it("passes in waits, in the order of their ends, and in the world as well", async () => {
    const clock = await follower();
    const woken: string[] = [];
    await Promise.all(
      [3, 1, 2].map(async (days) => {
        await clock.sleep(days * day);
        woken.push(`${days} at ${(clock.now() - start) / day}`);
      }),
    );
    assert.deepEqual(woken, ["1 at 1", "2 at 2", "3 at 3"]);
    assert.equal(Date.parse(simulator.world().now), start + 3 * day);
  });

  it("stands still while a call is under way, in all processes", async () => {
    const [busy, waiting] = [await follower(), await follower()];
    let isWoken = false;
    let asleep: Promise<void> | undefined;
    const aWhile = () => new Promise((later) => setTimeout(later, 100));
    await busy.during(async () => {
      await aWhile();
      asleep = waiting.sleep(day).then(() => void (isWoken = true));
      await aWhile();
      assert.equal(isWoken, false);
      assert.equal(busy.now(), start);
    });
    await asleep;
    assert.equal(Date.parse(simulator.world().now), start + day);
  });

  it("goes on for the others when one ends a wait before its end, or has nothing to wait for", async () => {
    const [idle, one, other] = [await follower(), await follower(), await follower()];
    const stop = new AbortController();
    const short = one.sleep(day, stop.signal);
    const long = other.sleep(2 * day);
    stop.abort();
    await Promise.all([short, long]);
    assert.equal(idle.now() - start > 0, true);
    assert.equal(Date.parse(simulator.world().now), start + 2 * day);
  });

  it("is the simulator's again when that was away", async () => {
    const clock = await follower();
    const port = Number(simulator.endpoint.split(":")[1]);
    await simulator.close();
    const asleep = clock.sleep(day);
    simulator = await startSimulator({ world: { now }, clock: "virtual", port });
    await asleep;
    assert.equal(Date.parse(simulator.world().now), start + day);
  });

  it("is followed by whoever is told to, and on this machine alone", async () => {
    const told = { ALICLOUD_RDS_COPY_CLOCK: "simulator" };
    assert.equal(
      simulatedTime(() => simulator.endpoint, {}),
      undefined,
    );
    assert.equal(
      simulatedTime(() => "rds.aliyuncs.com", told),
      undefined,
    );
    const clock = simulatedTime(() => simulator.endpoint, told);
    await clock?.ready;
    assert.equal(clock?.now(), start);
  });

  it("is the real one where no simulator listens, or one whose clock is real", async () => {
    await using real = await realSimulator();
    for (const endpoint of ["127.0.0.1:9", real.endpoint]) {
      const clock = simulatorClock(endpoint);
      await clock.ready;
      assert.equal(clock.standsStillInCalls, false);
      const before = Date.now();
      await clock.sleep(20);
      assert.ok(Date.now() - before >= 19, endpoint);
    }
  });
});

async function realSimulator(): Promise<{ readonly endpoint: string } & AsyncDisposable> {
  const { endpoint, close } = await startSimulator({ clock: "real" });
  return { endpoint, [Symbol.asyncDispose]: close };
}
