import assert from "node:assert/strict";
import { copiedStage } from "../harness/copiedStage";
import { startSimulator } from "alicloud-rds-simulator";
import { oneCopy } from "../harness/program";
import { refused, succeeds } from "./target";

const two = { dbNames: ["orders", "crm"] };
const copied = { orders: "orders-1002", crm: "crm-1002" };

describe("engine: ownership, the region or the endpoint of a stack changes", () => {
  it("to a place without the instances, or without an answer: refused, and refresh and destroy go by the recorded place", async () => {
    await using stage = await copiedStage(oneCopy(two));
    await stage.program(oneCopy({ ...two, connection: { endpoint: "127.0.0.1:1" } }));
    const preview = await stage.preview();
    assert.equal(preview.exitCode, 0, preview.text);
    assert.match(preview.text, /warning:.*127\.0\.0\.1:1\b/);
    await refused(stage, stage.up(), "127.0.0.1:1");

    // As in life, where every region has an endpoint of its own.
    const shanghai = await startSimulator({ world: { instances: [] } });
    try {
      await stage.program(oneCopy(two));
      await stage.configure({
        "alicloud:region": "cn-shanghai",
        "alicloud:endpoints": JSON.stringify([{ rds: shanghai.endpoint }]),
      });
      await refused(stage, stage.up(), "cn-hangzhou", stage.simulator.endpoint);
      await succeeds(stage, stage.refresh());
      assert.ok(await stage.resource(), "what is not found elsewhere is not lost");
      assert.deepEqual([...(await succeeds(stage, stage.destroy()))].sort(), ["drop crm", "drop orders"]);
    } finally {
      await shanghai.close();
    }
  });

  it("to one that has the instances: recorded, nothing is dropped or copied", async () => {
    await using stage = await copiedStage(oneCopy(two));
    const endpoint = stage.simulator.endpoint.replace("127.0.0.1", "localhost");
    await stage.program(oneCopy({ ...two, connection: { endpoint } }));
    assert.deepEqual(await succeeds(stage, stage.up()), []);
    await succeeds(stage, stage.preview("--expect-no-changes"));

    // This endpoint answers for the instances whatever the region; their tags are read and written in their own.
    await stage.configure({ "alicloud:region": "cn-shanghai" });
    assert.deepEqual(await succeeds(stage, stage.up()), []);
    await succeeds(stage, stage.preview("--expect-no-changes"));
    assert.deepEqual(stage.contents(), copied);
    assert.deepEqual([...(await succeeds(stage, stage.destroy()))].sort(), ["drop crm", "drop orders"]);
  });
});
