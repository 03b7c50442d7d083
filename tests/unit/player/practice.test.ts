import assert from "node:assert/strict";
import { oneCopy, openPlayedStage } from "../nothing-lost/stage";

const hour = 3_600_000;

/** Cases from practice in which a preview and its run disagreed, or a message led nowhere. */
describe("player: a database whose state was lost", () => {
  for (const [days, age] of [
    [3, "of [\\dTZ:-]+, 3d\\w* old"],
    [44, ", no longer listed"],
  ] as const) {
    it(`${days} days ago is refused with the age of its data and what maxBackupAge allows; claimed, it is taken over with one warning`, async () => {
      const stage = openPlayedStage();
      await well(stage.engine.up(oneCopy(["orders"])));
      stage.engine.state = {};
      stage.time.advance(days * 24 * hour);
      stage.hands.backUp("rm-prod", "1003");
      const { errors } = await stage.engine.up(oneCopy(["orders"], { maxBackupAge: "60h" }));
      const refusal = new RegExp(
        `\\(id (\\w{8}), backup 1002 ?${age} while maxBackupAge allows 60h\\), and the state does not record it`,
      );
      const [, id = ""] = refusal.exec(errors.join("\n")) ?? assert.fail(errors.join("\n"));

      const claimed = oneCopy(["orders"], { maxBackupAge: "60h", claim: [id] });
      const { warnings } = await well(stage.engine.preview(claimed));
      assert.equal(warnings.filter((line) => line.includes("maxBackupAge")).length, 1, warnings.join("\n"));
      assert.match(
        warnings.join("\n"),
        new RegExp(`claimed with the data of backup 1002 ?.*${age.split(", ")[1] ?? ""}; maxBackupAge allows 60h`),
      );
      await well(stage.engine.up(claimed));
      assert.equal(stage.accepted("CopyDatabaseBetweenInstances"), 1);
    });
  }

  it("is claimed without a word about its age where it is young enough", async () => {
    const stage = openPlayedStage();
    await well(stage.engine.up(oneCopy(["orders"])));
    const id = /-(\w{8})-b1002/.exec(stage.hands.database("rm-staging", "orders")?.description ?? "")?.[1] ?? "";
    stage.engine.state = {};
    const claimed = oneCopy(["orders"], { maxBackupAge: "7d", claim: [id] });
    const { warnings } = await well(stage.engine.preview(claimed));
    assert.deepEqual(warnings, []);
  });
});

async function well<Run extends { readonly errors: readonly string[] }>(run: Promise<Run>): Promise<Run> {
  const outcome = await run;
  assert.deepEqual(outcome.errors, []);
  return outcome;
}
