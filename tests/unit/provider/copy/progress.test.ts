import assert from "node:assert/strict";
import { copyProgress, leastPercent } from "../../../../provider/src/copy/progress";
import { fakeClock } from "../fakeClock";
import { task } from "../scriptedRds";

const percent = (database: string, percentage: number) => task({ database, percent: percentage });
const creating = (...names: string[]) => names.map((name) => ({ name, status: "Creating" }));

function open(isTerminal = false) {
  const clock = fakeClock();
  const lines: string[] = [];
  const at: number[] = [];
  const status = (line: string) => {
    lines.push(line);
    at.push(clock.elapsed() / 1000);
  };
  return { clock, lines, at, progress: copyProgress(clock, clock.now(), { status, isTerminal }) };
}

describe("copyProgress", () => {
  it("says the percentage first, then the database that is least far and for how long, then how many are done", async () => {
    const { clock, lines, progress } = open();
    progress(creating("orders", "crm"), [percent("ORDERS", 51), percent("crm", 12)]);
    await clock.sleep(60_000);
    progress([...creating("orders"), { name: "crm", status: "Running" }], [percent("orders", 51)]);
    assert.deepEqual(lines, ["12% · crm 0s · 0 of 2 done", "51% · orders 1m · 1 of 2 done"]);
  });

  it("says what is not known, and any status but that of a copy", () => {
    const { lines, progress } = open();
    progress([{ name: "orders", status: "Requested" }], []);
    progress([{ name: "orders", status: "" }], []);
    progress([{ name: "orders", status: "Restoring" }], [percent("orders", 0)]);
    assert.deepEqual(lines, [
      "orders not listed yet 0s",
      "orders of unknown status 0s",
      "0% · orders Restoring 0s",
    ]);
  });

  it("names one whose percentage nobody tells before all others, and takes none from another's task", () => {
    for (const names of [
      ["orders", "crm"],
      ["crm", "orders"],
    ]) {
      const { lines, progress } = open();
      progress(creating(...names), [percent("orders", 0)]);
      assert.deepEqual(lines, ["crm 0s · 0 of 2 done"]);
    }
  });

  it("takes a task that names no database for all", () => {
    const { lines, progress } = open();
    progress(creating("crm"), [percent("", 7)]);
    assert.deepEqual(lines, ["7% · crm 0s"]);
  });

  it("is one short line, however many databases there are", () => {
    const { lines, progress } = open();
    progress(creating(...Array.from({ length: 250 }, (_one, index) => `database_${index}`)), [
      percent("", 7),
    ]);
    assert.deepEqual(lines, ["7% · database_0 0s · 0 of 250 done"]);
  });

  async function copied(isTerminal: boolean) {
    const { clock, at, progress } = open(isTerminal);
    for (let second = 0; second < 200; second++) {
      const status = second < 90 ? "Creating" : "Restoring";
      progress([{ name: "orders", status }], [percent("orders", Math.floor(second / 20))]);
      await clock.sleep(1000);
    }
    return at;
  }

  it("speaks in a log at a change of state and once a minute", async () => {
    assert.deepEqual(await copied(false), [0, 60, 90, 150]);
  });

  it("speaks in a terminal at each change of the percentage as well", async () => {
    assert.deepEqual(await copied(true), [0, 20, 40, 60, 80, 90, 100, 120, 140, 160, 180]);
  });
});

describe("the least percentage", () => {
  it("is that of the databases asked for, as far as any task of them tells one", () => {
    const tasks = [percent("orders", 51), percent("CRM", 12), percent("billing", 3)];
    assert.equal(leastPercent(["orders", "crm"], tasks), 12);
    assert.equal(leastPercent(["orders", "sales"], tasks), 51);
    assert.equal(leastPercent(["sales"], tasks), undefined);
    assert.equal(leastPercent(["sales"], [percent("", 7)]), 7);
    assert.equal(leastPercent([], tasks), undefined);
  });
});
