import assert from "node:assert/strict";
import { copiedStage } from "../harness/copiedStage";
import { oneCopy } from "../harness/program";
import type { Stage } from "../harness/stage";
import { refused, succeeds } from "./target";

const two = { dbNames: ["orders", "crm"] };
const copied = { orders: "orders-1002", crm: "crm-1002" };
const failing = { error: { status: 500, code: "InternalError" } };

describe("engine: ownership, before the first drop of a replacement", () => {
  it("what cannot be looked up for a while is looked up with patience, and refused when it is not there", async () => {
    await using stage = await copiedStage(oneCopy(two));
    await stage.program(oneCopy({ ...two, backupId: "9999" }));
    stage.simulator.addFault({ action: "DescribeBackups", when: { times: 6 }, then: failing });
    await refused(stage, stage.up(), "9999");
    stage.simulator.clearFaults();

    stage.simulator.addFault({ action: "DescribeBackups", then: { delayMs: 7000 } });
    await refused(stage, stage.up(), /9999|DescribeBackups/);
    stage.simulator.clearFaults();

    await stage.program(oneCopy({ ...two, sourceDbInstanceId: "rm-nowhere" }));
    stage.simulator.addFault({ action: "DescribeDBInstanceAttribute", when: { times: 6 }, then: failing });
    await refused(stage, stage.up(), "rm-nowhere");
    await isWhole(stage);
  });

  it("what stays unanswered is named and stops the drop, under preflight warn as well; the preview only warns", async () => {
    await using stage = await copiedStage(oneCopy(two));
    stage.simulator.addFault({ action: "DescribeBackups", then: failing });
    await stage.program(oneCopy({ ...two, backupId: "1001" }));
    const preview = await stage.preview();
    assert.equal(preview.exitCode, 0, preview.text);
    assert.match(preview.text, /warning:.*DescribeBackups/);
    for (const preflight of ["enforce", "warn"]) {
      await stage.program(oneCopy({ ...two, preflight, backupId: "1001" }));
      await refused(stage, stage.up(), "DescribeBackups", "preflight");
    }
    await isWhole(stage);
  });

  it("a denied read names its permission; only preflight off drops without looking", async () => {
    await using stage = await copiedStage(oneCopy(two));
    deny(stage, ["rds:DescribeBackups"]);
    const pinned = { ...two, backupId: "1001" };
    await stage.program(oneCopy(pinned));
    await refused(stage, stage.up(), "rds:DescribeBackups", "preflight");
    await stage.program(oneCopy({ ...pinned, preflight: "off" }));
    const off = await stage.up();
    assert.deepEqual(
      stage
        .changes()
        .filter((change) => change.startsWith("drop"))
        .sort(),
      ["drop crm", "drop orders"],
      off.text,
    );
    deny(stage, []);
    await succeeds(stage, stage.up());
    assert.deepEqual(stage.contents(), { orders: "orders-1001", crm: "crm-1001" });
  });
});

/** The data is there, and with the program put back there is nothing to do. */
async function isWhole(stage: Stage): Promise<void> {
  assert.deepEqual(stage.contents(), copied);
  stage.simulator.clearFaults();
  await stage.program(oneCopy(two));
  const { exitCode, text } = await stage.preview("--expect-no-changes");
  assert.equal(exitCode, 0, text);
}

function deny({ simulator }: Stage, actions: readonly string[]): void {
  const world = simulator.world();
  simulator.setWorld({ ...world, accounts: world.accounts.map((one) => ({ ...one, deny: [...actions] })) });
}
