import assert from "node:assert/strict";
import { RdsFailure } from "../../../provider/src/rds/failure";
import type { RdsApi } from "../../../provider/src/rds/rdsApi";
import { instance } from "../provider/scriptedRds";
import { killedAfter, later, oneCopy, openPlayedStage } from "../nothing-lost/stage";

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

describe("player: a target that was released", () => {
  for (const [what, told] of [
    ["and says so", true],
    ["and answers every call alike", false],
  ] as const) {
    it(`${what}: refresh, destroy and a move to another target name the ways out`, async () => {
      const stage = openPlayedStage();
      await well(stage.engine.up(oneCopy(["orders"])));
      const answer = { status: 403, code: "OperationDenied.DBInstanceStatus", message: "Not in this status." };
      const released: Partial<RdsApi> = Object.fromEntries(
        (["describeDatabases", "describeInstance", "listTags", "deleteDatabase"] as const).map((call) => [
          call,
          (id: string) => {
            if (id !== "rm-staging") return undefined;
            if (told && call === "describeInstance") return Promise.resolve(instance({ instanceId: id, lockMode: "Released" }));
            return Promise.reject(new RdsFailure({ action: call, ...answer }));
          },
        ]),
      );
      stage.seeThrough((rds) =>
        Object.fromEntries(
          Object.entries(released).map(([call, act]) => [
            call,
            (id: string, ...more: unknown[]) =>
              (act as (id: string) => unknown)(id) ??
              (rds[call as keyof RdsApi] as (...args: unknown[]) => unknown)(id, ...more),
          ]),
        ),
      );
      const moved = { data: { ...oneCopy(["orders"]).data, targetDbInstanceId: "rm-qa" } };
      for (const run of [() => stage.engine.refresh(), () => stage.engine.destroy(), () => stage.engine.up(moved)]) {
        const { errors } = await run();
        assert.match(errors.join("\n"), told ? /rm-staging is released/ : /A released instance may answer so as well/);
        assert.match(errors.join("\n"), /pulumi state delete.*deletedWith.*retainOnDelete: true/);
      }
      // The way out, carried out.
      const program = oneCopy(["orders"], { retainOnDelete: true });
      await well(stage.engine.up(program));
      assert.equal(stage.engine.state["data"]?.outputs.retainOnDelete, true);
    });
  }
});

describe("player: a tag that the resource of the instance took off after an interruption", () => {
  const interrupted = () =>
    killedAfter(
      () => Promise.resolve(openPlayedStage()),
      ({ engine }) => engine.up(oneCopy(["orders"])),
      "CopyDatabaseBetweenInstances",
    );

  it("leaves a copy that is refused, with this as what may have happened and the ways out", async () => {
    const stage = await interrupted();
    stage.hands.untag("rm-staging");
    later(stage);
    const { errors } = await stage.engine.up(oneCopy(["orders"]));
    assert.match(
      errors.join("\n"),
      /drop orders yourself.*adoptExisting: true.*may have removed the tag that covered it.*--refresh.*ignoreChanges: \["tags"\]/,
    );
    await well(stage.engine.up(oneCopy(["orders"], { adoptExisting: true })));
    assert.equal(stage.accepted("DeleteDatabase"), 0);
  });

  it("does no harm where a plain up came first", async () => {
    const stage = await interrupted();
    later(stage);
    await well(stage.engine.up(oneCopy(["orders"])));
    stage.hands.untag("rm-staging");
    await well(stage.engine.up(oneCopy(["orders"])));
    assert.equal(stage.accepted("CopyDatabaseBetweenInstances"), 1);
  });
});

async function well<Run extends { readonly errors: readonly string[] }>(run: Promise<Run>): Promise<Run> {
  const outcome = await run;
  assert.deepEqual(outcome.errors, []);
  return outcome;
}
