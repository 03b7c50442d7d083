import assert from "node:assert/strict";
import { askBusy, instanceBlock } from "../../../../provider/src/copy/instanceBlock";
import { fakeClock } from "../fakeClock";
import { failures, instance, inTurn, scriptedRds } from "../scriptedRds";

describe("instanceBlock", () => {
  it("lets an instance pass that will be free by itself", () => {
    for (const status of ["Running", "Backing", "Restoring", "Rebooting", "DBInstanceClassChanging", ""])
      assert.equal(instanceBlock(instance({ status })), undefined);
    assert.equal(instanceBlock(instance({ lockMode: "" })), undefined);
  });

  it("says why waiting is of no use", () => {
    assert.equal(instanceBlock(instance({ status: "Released" })), "Instance rm-target is released.");
    assert.equal(instanceBlock(instance({ lockMode: "Released" })), "Instance rm-target is released.");
    assert.equal(instanceBlock(instance({ status: "Deleting" })), "Instance rm-target is being deleted.");
    assert.equal(
      instanceBlock(instance({ lockMode: "LockByDiskQuota" })),
      "Instance rm-target is locked (LockByDiskQuota): nothing can be changed on it until it is unlocked.",
    );
  });
});

describe("askBusy", () => {
  it("asks one after the other until one is blocked; those that cannot be asked block nothing", async () => {
    const { rds, calls } = scriptedRds(
      {
        describeInstance: (instanceId) => {
          if (instanceId === "rm-a") return Promise.reject(failures.denied());
          if (instanceId === "rm-b") return Promise.resolve(undefined);
          return Promise.resolve(instance({ instanceId, status: "Deleting" }));
        },
      },
      fakeClock(),
    );
    assert.deepEqual(await askBusy(rds, ["rm-a", "rm-b"]), {});
    assert.deepEqual(await askBusy(rds, ["rm-a", "rm-b", "rm-c", "rm-d"]), {
      block: "Instance rm-c is being deleted.",
    });
    assert.equal(calls.length, 5);
  });

  it("says what they are if not Running", async () => {
    const { rds } = scriptedRds(
      {
        describeInstance: (instanceId) =>
          Promise.resolve(instance({ instanceId, status: instanceId === "rm-a" ? "Stopped" : "Running" })),
      },
      fakeClock(),
    );
    assert.deepEqual(await askBusy(rds, ["rm-a", "rm-b"]), { status: "Instance rm-a is Stopped." });
    assert.deepEqual(await askBusy(rds, ["rm-b"]), {});
  });

  it("lets an error through that is no failed call", async () => {
    const asked = askBusy({ describeInstance: inTurn(new TypeError("a defect")) }, ["rm-a"]);
    await assert.rejects(asked, TypeError);
  });
});
