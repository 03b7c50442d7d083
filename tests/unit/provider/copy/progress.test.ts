import assert from "node:assert/strict";
import { copyProgress } from "../../../../provider/src/copy/progress";
import { fakeClock } from "../fakeClock";
import { task } from "../scriptedRds";

const percent = (database: string, percentage: number) => task({ database, percent: percentage });

describe("copyProgress", () => {
  it("says of each database how far it is, its state and for how long, running ones last", async () => {
    const clock = fakeClock();
    const lines: string[] = [];
    const progress = copyProgress(clock, clock.now(), (line) => lines.push(line));
    progress(
      [
        { name: "orders", status: "Requested" },
        { name: "crm", status: "" },
      ],
      [],
    );
    await clock.sleep(12 * 60_000);
    progress(
      [
        { name: "crm", status: "Running" },
        { name: "orders", status: "Creating" },
      ],
      [percent("ORDERS", 43)],
    );
    assert.deepEqual(lines, [
      "orders: not listed yet, 0s; crm: of unknown status, 0s",
      "43% orders: Creating, 12m; crm: Running",
    ]);
  });

  it("says that nothing is done yet, and nothing where that is not known", () => {
    const clock = fakeClock();
    const lines: string[] = [];
    const progress = copyProgress(clock, clock.now(), (line) => lines.push(line));
    progress(
      [
        { name: "orders", status: "Creating" },
        { name: "crm", status: "Creating" },
      ],
      [percent("orders", 0)],
    );
    assert.deepEqual(lines, ["0% orders: Creating, 0s; crm: Creating, 0s"]);
  });

  it("a task that names no database speaks for all", () => {
    const clock = fakeClock();
    const lines: string[] = [];
    copyProgress(clock, clock.now(), (line) => lines.push(line))(
      [{ name: "crm", status: "Creating" }],
      [percent("", 7)],
    );
    assert.deepEqual(lines, ["7% crm: Creating, 0s"]);
  });

  it("speaks at a change of state and once a minute, at most", async () => {
    const clock = fakeClock();
    const said: number[] = [];
    const progress = copyProgress(clock, clock.now(), () => said.push(clock.elapsed() / 1000));
    for (let second = 0; second < 200; second++) {
      progress(
        [{ name: "orders", status: second < 90 ? "Creating" : "Restoring" }],
        [percent("orders", second % 100)],
      );
      await clock.sleep(1000);
    }
    assert.deepEqual(said, [0, 60, 90, 150]);
  });
});
