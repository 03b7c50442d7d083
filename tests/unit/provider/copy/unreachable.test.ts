import assert from "node:assert/strict";
import { unreachablePatience } from "../../../../provider/src/copy/unreachable";
import { fakeClock } from "../fakeClock";
import { failures } from "../scriptedRds";

const minute = 60_000;

function open() {
  const clock = fakeClock();
  return { clock, judge: unreachablePatience(clock, "rds.aliyuncs.com") };
}

describe("a cloud that is out of reach", () => {
  it("is given up after two minutes, and not before", async () => {
    const { clock, judge } = open();
    assert.equal(judge(failures.unreachable()), undefined);
    await clock.sleep(minute);
    assert.equal(judge(failures.unreachable()), undefined);
    await clock.sleep(minute - 1);
    assert.equal(judge(failures.unreachable()), undefined);
    await clock.sleep(1);
    assert.equal(
      judge(failures.unreachable()),
      `The endpoint rds.aliyuncs.com could not be reached for 2m. ${failures.unreachable().message}`,
    );
  });

  it("is told with the whole time", async () => {
    const { clock, judge } = open();
    judge(failures.unreachable());
    await clock.sleep(5 * minute);
    assert.match(judge(failures.unreachable()) ?? "", /could not be reached for 5m\./);
  });

  const others = [failures.throttled(), failures.unknown(), failures.denied(), failures.signIn(), undefined];
  for (const other of others) {
    it(`has all its time again once somebody answered: ${other?.kind ?? "a good answer"}`, async () => {
      const { clock, judge } = open();
      judge(failures.unreachable());
      await clock.sleep(3 * minute);
      assert.equal(judge(other), undefined);
      assert.equal(judge(failures.unreachable()), undefined);
      await clock.sleep(2 * minute - 1);
      assert.equal(judge(failures.unreachable()), undefined);
      await clock.sleep(1);
      assert.match(judge(failures.unreachable()) ?? "", /for 2m\./);
    });
  }
});
