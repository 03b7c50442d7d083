import assert from "node:assert/strict";
import { instanceFindings } from "../../../provider/src/preflight/instanceFindings";
import type { Side } from "../../../provider/src/preflight/known";
import type { InstanceFacts } from "../../../provider/src/rds/rdsApi";
import { briefs, knownOf, onlyText, sourceInstance, targetInstance } from "./known";

const sides = ["source", "target"] as const;

/** What is found about one instance that was told, while nothing is known of the other. */
const findingsOf = (side: Side, facts: Partial<InstanceFacts>) =>
  instanceFindings(
    knownOf({ [side]: side === "source" ? sourceInstance(facts) : targetInstance(facts) }),
    side,
  );

type Expected = Readonly<Record<Side, readonly string[]>>;

const nothing: Expected = { source: [], target: [] };

/** One finding on whichever side it is, with the code that the cloud has for that side. */
const onEither = (code: string, ofSource: string, ofTarget = ofSource): Expected => ({
  source: [`${code} sourceDbInstanceId ${ofSource}`],
  target: [`${code} targetDbInstanceId ${ofTarget}`],
});

const serverless = onEither("blocks serverless", "IncorrectDBInstanceType");
const stateOf = (code: string) =>
  onEither(code, "IncorrectMasterDBInstanceState", "IncorrectDBInstanceState");
const locked = onEither(
  "blocks instance-locked",
  "MasterDBInstanceState.NotSupport",
  "IncorrectDBInstanceState",
);

describe("an instance by itself", () => {
  it("is not found fault with before it was told, nor when it is sound", () => {
    for (const side of sides) {
      assert.deepEqual(instanceFindings(knownOf(), side), []);
      assert.deepEqual(findingsOf(side, {}), []);
    }
  });

  const faults: readonly (readonly [string, Partial<InstanceFacts>, Expected])[] = [
    [
      "runs another engine",
      { engine: "MySQL" },
      onEither("blocks engine", "EngineNotSupported", "TargetInstanceEngineNotSupported"),
    ],
    ["does not tell its engine", { engine: "" }, nothing],
    ["is read-only", { type: "Readonly" }, onEither("blocks instance-type", "ReadDBInstanceNotSupport")],
    ["is temporary", { type: "Temp" }, onEither("blocks instance-type", "InvalidTempInstance.NotSupport")],
    ["is for disasters", { type: "Guard" }, onEither("blocks instance-type", "IncorrectDBInstanceType")],
    ["is serverless by its category alone", { category: "serverless_ha" }, serverless],
    ["is serverless in the older spelling", { category: "Serverless_basic" }, serverless],
    ["is serverless by what it is paid by alone", { payType: "SERVERLESS" }, serverless],
    ["is serverless by its version alone", { engineVersion: "2019_std_sl" }, serverless],
    ["only looks serverless by its category", { category: "no_serverless" }, nothing],
    ["only looks serverless by what it is paid by", { payType: "serverless_no" }, nothing],
    ["only looks serverless by the end of that", { payType: "no_serverless" }, nothing],
    ["only looks serverless by its version", { engineVersion: "2019_slow_ha" }, nothing],
    ["is locked by hand", { lockMode: "ManualLock" }, locked],
    ["is locked in a way that no document has", { lockMode: "LockByWhim" }, locked],
    ["is released by its status", { status: "Released" }, stateOf("blocks instance-released")],
    ["is released by its lock", { lockMode: "Released" }, stateOf("blocks instance-released")],
    ["is being deleted", { status: "Deleting" }, stateOf("blocks instance-deleting")],
    ["is busy", { status: "Restoring" }, stateOf("warns instance-busy")],
    ["is stopped", { status: "Stopped" }, stateOf("warns instance-busy")],
    ["does not tell its status", { status: "" }, nothing],
    ["does not tell whether it is locked", { lockMode: "" }, nothing],
  ];
  for (const [what, facts, expected] of faults)
    it(`that ${what}`, () => {
      for (const side of sides) assert.deepEqual(briefs(findingsOf(side, facts)), expected[side], side);
    });

  it("that has several faults hears of all of them at once", () => {
    const facts = { engine: "MySQL", type: "Temp", status: "Restoring", regionId: "cn-beijing" };
    assert.deepEqual(
      findingsOf("target", facts).map(({ code }) => code),
      ["engine", "instance-type", "instance-busy", "region-other"],
    );
  });
});

describe("the way out of a state", () => {
  const ways: readonly (readonly [Partial<InstanceFacts>, string])[] = [
    [{ status: "Restoring" }, "The copy waits until it is Running, at most until its timeout."],
    [{ status: "Stopped" }, "Start it. Otherwise the copy waits until its timeout."],
    [{ status: "Stopping" }, "Start it. Otherwise the copy waits until its timeout."],
    [{ lockMode: "ManualLock" }, "Unlock it in the console."],
    [{ lockMode: "LockByExpiration" }, "Renew it."],
    [{ lockMode: "LockByRestoration" }, "Wait until it has been restored."],
    [{ lockMode: "LockByDiskQuota" }, "Enlarge its disk, or make room on it."],
    [
      { lockMode: "LockReadInstanceByDiskQuota" },
      "Enlarge the disk of its read-only instance, or make room there.",
    ],
    [{ lockMode: "LockByWhim" }, "Name another instance."],
    [{ lockMode: "Released" }, "Name another instance."],
    [{ status: "Deleting" }, "Name another instance."],
  ];
  for (const [facts, way] of ways)
    it(`${Object.values(facts).join()}: ${way}`, () => {
      const text = onlyText(findingsOf("source", facts));
      assert.ok(text.endsWith(` ${way}`), text);
    });
});
