import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  allRules,
  createWorld,
  WorldError,
  worldSchema,
  type WorldInput,
} from "../../../simulator/src/machine.js";

const problems = (document: unknown): string[] => {
  try {
    createWorld(document as WorldInput, 0);
    return [];
  } catch (error) {
    assert.ok(error instanceof WorldError);
    return error.problems.map(({ path, message }) => `${path}: ${message}`);
  }
};

describe("simulator: worlds", () => {
  it("fills in everything but ids", () => {
    const world = createWorld(
      { instances: [{ id: "rm-a", databases: [{ name: "a1" }] }] },
      Date.parse("2026-03-01T02:00:00Z"),
    );
    const [instance] = world.instances;
    assert.deepEqual(
      [
        world.now,
        instance?.accountId,
        instance?.zone,
        instance?.category,
        instance?.databases[0]?.status,
        world.copy.secondsPerGiB,
      ],
      ["2026-03-01T02:00:00Z", "1000000000000001", "cn-hangzhou-h", "HighAvailability", "Running", 3],
    );
  });

  it("takes back what it gave", () => {
    const world = createWorld({ instances: [{ id: "rm-a", databases: [{ name: "a1" }] }] }, 0);
    assert.deepEqual(createWorld(JSON.parse(JSON.stringify(world)) as WorldInput, 5), world);
  });

  it("covers the time from the oldest full set to now with logs, where none are given", () => {
    const backups = [{ id: "1", start: "2026-02-01T00:00:00Z", end: "2026-02-01T01:00:00Z" }];
    const partial = { id: "0", start: "2026-01-01T00:00:00Z", end: "2026-01-01T01:00:00Z" };
    const logs = (patch: object) =>
      createWorld({ now: "2026-03-01T02:00:00Z", instances: [{ id: "rm-a", backups, ...patch }] }, 0)
        .instances[0]?.logs;
    assert.deepEqual(logs({}), [{ from: "2026-02-01T00:00:00Z", to: "2026-03-01T02:00:00Z" }]);
    assert.deepEqual(logs({ backups: [{ ...partial, type: "IncrementalBackup" }] }), []);
    assert.deepEqual(logs({ backups: [{ ...partial, status: "Failed" }] }), []);
    assert.deepEqual(logs({ recoveryModel: "Simple" }), []);
    assert.deepEqual(logs({ logs: [] }), []);
  });

  it("reports every problem with its path", () => {
    assert.deepEqual(
      problems({
        now: "yesterday",
        colour: "blue",
        instances: [
          { id: "rm a" },
          {
            id: "rm-b",
            databases: [{ nam: "x" }],
            backups: [{ id: "1", start: "x", end: "2026-03-01T02:00:00Z" }],
          },
          { engine: "Oracle" },
        ],
      })
        .map((line) => line.split(":")[0])
        .sort(),
      [
        "colour",
        "instances[0].id",
        "instances[1].backups[0].start",
        "instances[1].databases[0].nam",
        "instances[1].databases[0].name",
        "instances[2].engine",
        "instances[2].id",
        "now",
      ],
    );
  });

  it("reports what a schema cannot say, too", () => {
    assert.deepEqual(
      problems({
        instances: [
          { id: "rm-a", accountId: "7", databases: [{ name: "a" }, { name: "A" }] },
          {
            id: "rm-a",
            backups: [{ id: "1", start: "2026-03-02T00:00:00Z", end: "2026-03-01T00:00:00Z" }],
            logs: [{ from: "2026-03-02T00:00:00Z", to: "2026-03-01T00:00:00Z" }],
          },
        ],
      }).map((line) => line.split(":")[0]),
      [
        "instances[1].id",
        "instances[0].accountId",
        "instances[0].databases[1].name",
        "instances[1].backups[0].end",
        "instances[1].logs[0].to",
      ],
    );
  });

  it("ships the schema it checks with", () => {
    const file = join(__dirname, "../../../simulator/world.schema.json");
    assert.deepEqual(JSON.parse(readFileSync(file, "utf8")), JSON.parse(JSON.stringify(worldSchema)));
  });
});

describe("simulator: rules", () => {
  it("has no message that contains an error code, which would set off a client that searches texts", () => {
    const codes = new Set(allRules().flatMap((rule) => (rule.kind === "refusal" ? [rule.code] : [])));
    for (const rule of allRules()) {
      if (rule.kind !== "refusal") continue;
      for (const code of codes) assert.ok(!rule.message.includes(code), `${rule.id} says ${code}`);
      assert.ok(!/NotFound/.test(rule.message), rule.id);
    }
  });
});
