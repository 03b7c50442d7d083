import assert from "node:assert/strict";
import { copyProgress } from "../../../../provider/src/copy/progress";
import { fakeClock } from "../fakeClock";

const row = (status: string, percent?: number) => ({
  targetName: "orders",
  status,
  ...(percent === undefined ? {} : { percent }),
});

describe("copyProgress", () => {
  it("tells each database's state, for how long, and how far", async () => {
    const clock = fakeClock();
    const lines: string[] = [];
    const progress = copyProgress(clock, clock.now(), (line) => lines.push(line));
    progress([row("Requested"), { targetName: "crm", status: "" }]);
    await clock.sleep(12 * 60_000);
    progress([row("Creating", 43), { targetName: "crm", status: "Running" }]);
    assert.deepEqual(lines, [
      "orders: not seen yet, 0s; crm: of unknown status, 0s",
      "orders: Creating, 12m, 43%; crm: Running",
    ]);
  });

  it("tells that nothing is done yet, and nothing where that is not known", () => {
    const clock = fakeClock();
    const lines: string[] = [];
    const progress = copyProgress(clock, clock.now(), (line) => lines.push(line));
    progress([row("Creating", 0), { ...row("Creating"), targetName: "crm" }]);
    assert.deepEqual(lines, ["orders: Creating, 0s, 0%; crm: Creating, 0s"]);
  });

  it("speaks at a change of state and once a minute, at most", async () => {
    const clock = fakeClock();
    const said: number[] = [];
    const progress = copyProgress(clock, clock.now(), () => said.push(clock.elapsed() / 1000));
    for (let second = 0; second < 200; second++) {
      progress([row(second < 90 ? "Creating" : "Restoring", second % 100)]);
      await clock.sleep(1000);
    }
    assert.deepEqual(said, [0, 60, 90, 150]);
  });
});
