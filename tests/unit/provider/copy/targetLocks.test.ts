import assert from "node:assert/strict";
import { targetLocks } from "../../../../provider/src/copy/targetLocks";
import { fakeClock } from "../fakeClock";

describe("targetLocks", () => {
  it("lets calls to one instance go one at a time, in their order, and those to others beside them", async () => {
    const clock = fakeClock();
    const locks = targetLocks();
    const steps: string[] = [];
    const call = (instanceId: string, name: string) =>
      locks.oneAtATime(instanceId, async () => {
        steps.push(`${clock.elapsed()} ${name} begins`);
        await clock.sleep(10);
        steps.push(`${clock.elapsed()} ${name} ends`);
        return name;
      });
    const names = await Promise.all([call("rm-a", "a1"), call("rm-a", "a2"), call("rm-b", "b1")]);
    assert.deepEqual(names, ["a1", "a2", "b1"]);
    const stepsOf = (letter: "a" | "b") => steps.filter((step) => step.split(" ")[1]?.startsWith(letter));
    assert.deepEqual(stepsOf("a"), ["0 a1 begins", "10 a1 ends", "10 a2 begins", "20 a2 ends"]);
    assert.deepEqual(stepsOf("b"), ["0 b1 begins", "10 b1 ends"]);
  });

  it("is free again after a call that failed", async () => {
    const locks = targetLocks();
    await assert.rejects(
      locks.oneAtATime("rm-a", () => Promise.reject(new Error("no"))),
      /no/,
    );
    assert.equal(await locks.oneAtATime("rm-a", () => Promise.resolve("yes")), "yes");
  });
});
