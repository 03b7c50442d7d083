import assert from "node:assert/strict";
import { targetLocks } from "../../../../provider/src/copy/targetLocks";
import { fakeClock } from "../fakeClock";

describe("targetLocks", () => {
  it("one instance is held by one at a time, in their order, and others beside it", async () => {
    const clock = fakeClock();
    const locks = targetLocks();
    const steps: string[] = [];
    const hold = async (instanceId: string, name: string) => {
      const release = await locks.acquire(instanceId);
      steps.push(`${clock.elapsed()} ${name} begins`);
      await clock.sleep(10);
      steps.push(`${clock.elapsed()} ${name} ends`);
      release();
    };
    await Promise.all([hold("rm-a", "a1"), hold("rm-a", "a2"), hold("rm-b", "b1")]);
    const stepsOf = (letter: "a" | "b") => steps.filter((step) => step.split(" ")[1]?.startsWith(letter));
    assert.deepEqual(stepsOf("a"), ["0 a1 begins", "10 a1 ends", "10 a2 begins", "20 a2 ends"]);
    assert.deepEqual(stepsOf("b"), ["0 b1 begins", "10 b1 ends"]);
  });
});
