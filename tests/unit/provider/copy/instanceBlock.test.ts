import assert from "node:assert/strict";
import { askForBlock, instanceBlock } from "../../../../provider/src/copy/instanceBlock";
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

describe("askForBlock", () => {
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
    assert.equal(await askForBlock(rds, ["rm-a", "rm-b"]), undefined);
    assert.equal(await askForBlock(rds, ["rm-a", "rm-b", "rm-c", "rm-d"]), "Instance rm-c is being deleted.");
    assert.equal(calls.length, 5);
  });

  it("lets an error through that is no failed call", async () => {
    const asked = askForBlock({ describeInstance: inTurn(new TypeError("a defect")) }, ["rm-a"]);
    await assert.rejects(asked, TypeError);
  });
});
