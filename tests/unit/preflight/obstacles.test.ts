import assert from "node:assert/strict";
import { findingCodes, severityOf } from "../../../provider/src/preflight/finding";
import { RdsFailure } from "../../../provider/src/rds/failure";
import type { RdsApi } from "../../../provider/src/rds/rdsApi";
import { obstacles, type Obstacle } from "./obstacles";
import { inputs as sound, openProcess, openStage, worldOf, type Inputs, type Stage } from "./stage";

describe("preflight: obstacles", () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());

  for (const obstacle of obstacles) {
    const severity = severityOf(obstacle);
    it(`${obstacle.what}: ${obstacle.code} ${severity}`, async () => {
      stage.simulator.setWorld(worldOf(obstacle.world));
      const seen = await openProcess(stage.cloud(), stage.clock).check({ ...sound, ...obstacle.inputs });
      const problem = seen.problems.find(({ reason }) => reason.startsWith(`[${obstacle.code}]`));
      const text = (severity === "blocks" ? problem?.reason : seen.warnings.join("\n")) ?? "";
      assert.ok(text.includes(`[${obstacle.code}]`), JSON.stringify(seen, null, 2));
      assert.match(text, obstacle.way);
      if (obstacle.apiCode) assert.ok(text.includes(`answer ${obstacle.apiCode})`), text);
      if (severity === "blocks") assert.equal(problem?.property, obstacle.property);
      else assert.deepEqual(seen.problems, []);
      assert.ok(seen.warnings.length <= 1, seen.warnings.join("\n---\n"));
      assert.deepEqual(stage.simulator.world().operations, []);
    });

    it(`${obstacle.what}: the cloud answers what was foretold`, async () => {
      stage.simulator.setWorld(worldOf(obstacle.world));
      assert.equal(
        await answerTo(stage.cloud(), { ...sound, ...obstacle.inputs }),
        obstacle.answer ?? obstacle.apiCode,
      );
    });

    it(`${obstacle.what}: nothing is said without it`, async () => {
      stage.simulator.setWorld(worldOf(obstacle.without?.world));
      const seen = await openProcess(stage.cloud(), stage.clock).check({
        ...sound,
        ...obstacle.without?.inputs,
      });
      assert.deepEqual({ ...seen, lines: [] }, { problems: [], warnings: [], lines: [] });
      assert.equal(seen.lines.length, 1);
    });
  }

  it("every code that the cloud's facts can lead to is among these", () => {
    const shown = new Set(obstacles.map(({ code }: Obstacle) => code));
    const elsewhere = [
      "encryption-unclear",
      "encryption-not-supported",
      "snapshot-part",
      "target-tags-unknown",
      "not-checked",
      // Of a program, not of the cloud.
      "not-there-yet",
    ];
    assert.deepEqual(
      Object.keys(findingCodes)
        .filter((code) => !shown.has(code as Obstacle["code"]))
        .sort(),
      elsewhere.sort(),
    );
  });
});

/** Asks for the copy itself, without looking ahead: the code of the refusal, or "accepted". */
async function answerTo(rds: RdsApi, inputs: Inputs): Promise<string> {
  const { sourceDbInstanceId, targetDbInstanceId, dbNames, backupId, restoreTime } = inputs as {
    readonly [name: string]: string;
  } & { readonly dbNames: Record<string, string> };
  try {
    await rds.copyDatabases({
      sourceDbInstanceId: sourceDbInstanceId ?? "",
      targetDbInstanceId: targetDbInstanceId ?? "",
      names: dbNames,
      restorePoint: restoreTime === undefined ? { backupId: backupId ?? "b-2" } : { restoreTime },
      syncUserPrivilege: false,
    });
    return "accepted";
  } catch (error) {
    if (error instanceof RdsFailure) return error.code;
    throw error;
  }
}
