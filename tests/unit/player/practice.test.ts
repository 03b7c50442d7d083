import assert from "node:assert/strict";
import { RdsFailure } from "../../../provider/src/rds/failure";
import { oneCopy, openPlayedStage, well, type PlayedStage } from "../nothing-lost/stage";

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
        new RegExp(
          `claimed with the data of backup 1002 ?.*${age.split(", ")[1] ?? ""}; maxBackupAge allows 60h`,
        ),
      );
      await well(stage.engine.up(claimed));
      assert.equal(stage.accepted("CopyDatabaseBetweenInstances"), 1);
    });
  }

  it("is claimed without a word about its age where it is young enough", async () => {
    const stage = openPlayedStage();
    await well(stage.engine.up(oneCopy(["orders"])));
    const id =
      /-(\w{8})-b1002/.exec(stage.hands.database("rm-staging", "orders")?.description ?? "")?.[1] ?? "";
    stage.engine.state = {};
    const claimed = oneCopy(["orders"], { maxBackupAge: "7d", claim: [id] });
    const { warnings } = await well(stage.engine.preview(claimed));
    assert.deepEqual(warnings, []);
  });
});

describe("player: what a copy call says and leaves out", () => {
  it("spells a source name as the service does", async () => {
    const stage = openPlayedStage();
    const program = oneCopy({ ORDERS: "orders" });
    await well(stage.engine.up(program));
    const call = stage.cloud.calls.find(({ action }) => action === "CopyDatabaseBetweenInstances");
    assert.deepEqual(JSON.parse(call?.params["DbNames"] ?? ""), { orders: "orders" });
    assert.deepEqual((await stage.engine.preview(program)).changes, []);
  });

  it("warns once where syncUserPrivilege brought no account along", async () => {
    for (const [accounts, warned] of [
      [[], 1],
      [["app"], 0],
    ] as const) {
      const stage = openPlayedStage();
      stage.seeThrough((rds) => ({
        describeDatabases: async (id) =>
          (await rds.describeDatabases(id)).map((one) =>
            id === "rm-staging" ? { ...one, accounts } : { ...one, accounts: ["app"] },
          ),
      }));
      const { warnings } = await well(
        stage.engine.up(oneCopy(["orders", "crm"], { syncUserPrivilege: true })),
      );
      assert.deepEqual(
        warnings.filter((line) => /No account has rights on crm and orders on rm-staging/.test(line)).length,
        warned,
        warnings.join("\n"),
      );
    }
  });

  it("repeats the status of a stopped target where the time runs out", async () => {
    const stage = openPlayedStage();
    stage.cloud.world = {
      ...stage.cloud.world,
      instances: stage.cloud.world.instances.map((one) =>
        one.id === "rm-staging" ? { ...one, status: "Stopped" as const } : one,
      ),
    };
    const { errors } = await stage.engine.up(oneCopy(["orders"], { timeouts: { create: "5m" } }));
    assert.match(
      errors.at(-1) ?? "",
      /Timed out before the copy of orders to rm-staging could be requested\. Instance rm-staging is Stopped\. /,
    );
  });

  it("says that a name is taken though it is not listed", async () => {
    const stage = openPlayedStage();
    const action = "CopyDatabaseBetweenInstances";
    stage.seeThrough(() => ({
      copyDatabases: () =>
        Promise.reject(
          new RdsFailure({ action, code: "InvalidDBName.Duplicate", status: 400, message: "Taken." }),
        ),
    }));
    const { errors } = await stage.engine.up(oneCopy(["orders"]));
    assert.match(
      errors.join("\n"),
      /The name orders is taken on rm-staging, though no database of that name is listed/,
    );
  });
});

describe("player: a resource with 250 databases", () => {
  const names = Array.from({ length: 250 }, (_one, index) => `db_${String(index).padStart(3, "0")}`);

  function many(): PlayedStage {
    const stage = openPlayedStage();
    for (const name of names) stage.hands.make("rm-prod", name, name);
    const instances = stage.cloud.world.instances.map((one) => ({
      ...one,
      maxDatabases: 1000,
      storageGiB: 10_000,
    }));
    stage.cloud.world = { ...stage.cloud.world, instances };
    stage.hands.backUp("rm-prod", "2001");
    return stage;
  }
  const told = ({ errors, warnings, infos }: Told) => [...errors, ...warnings, ...infos].join("\n");

  it("of which 100 are dropped: one question per restore point, and texts that name a few and count the rest", async () => {
    const stage = many();
    const program = oneCopy(names, { timeouts: { create: "24h", update: "24h" } });
    assert.ok(told(await well(stage.engine.up(program))).length < 2000);
    for (const name of names.slice(100, 200)) stage.hands.drop("rm-staging", name);
    const refreshed = told(await well(stage.engine.refresh()));
    assert.match(refreshed, /The same applies to 95 more on rm-staging: db_105, .* and 87 others\./);
    assert.ok(refreshed.length < 2000, refreshed);
    for (const run of [() => stage.engine.preview(program), () => stage.engine.up(program)]) {
      const before = count(stage, "DescribeBackups");
      const text = told(await well<Told>(run()));
      assert.match(
        text,
        /Copies db_100, .* and 92 others as of backup 2001 .* from rm-prod to rm-staging\. The last copy took \d+\w*\./,
      );
      assert.ok(text.length < 2000, text);
      assert.ok(
        count(stage, "DescribeBackups") - before <= 2,
        `${count(stage, "DescribeBackups") - before} questions`,
      );
    }
    assert.equal(stage.accepted("DeleteDatabase"), 0);
  });

  it("of which many are no longer declared, or stand in the way: a few each, and a count", async () => {
    const stage = many();
    const program = oneCopy(names.slice(0, 60), { timeouts: { create: "24h" } });
    await well(stage.engine.up(program));
    const fewer = told(await well(stage.engine.preview(oneCopy(["orders"]))));
    assert.match(fewer, /Database db_004 on rm-staging will be dropped \(data of backup 2001/);
    assert.match(
      fewer,
      /Databases db_005, .* and 47 others on rm-staging will be dropped \(data of backup 2001/,
    );
    assert.ok(fewer.length < 3000, fewer);

    stage.engine.state = {};
    for (const { errors } of [await stage.engine.preview(program), await stage.engine.up(program)])
      if (errors.length > 0) assert.ok(errors.join("\n").length < 6000, errors.join("\n"));
  });
});

interface Told {
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  readonly infos: readonly string[];
}

function count({ cloud }: PlayedStage, action: string): number {
  return cloud.calls.filter((call) => call.action === action).length;
}

describe("player: the line of a preview", () => {
  it("says what is copied from when to where with the size of the backup and how long the last copy took, what is dropped, what is kept", async () => {
    const stage = openPlayedStage();
    const first = await well(stage.engine.preview(oneCopy(["orders", "crm"])));
    const backup = "the latest usable backup, now 1002 of [\\dTZ:-]+ \\(\\w+ old, [\\d.]+ GiB\\)";
    assert.match(
      first.infos.join("\n"),
      new RegExp(`^Copies orders and crm as of ${backup} from rm-prod to rm-staging\\.$`),
    );
    await well(stage.engine.up(oneCopy(["orders", "crm"])));
    const { infos, warnings } = await well(stage.engine.preview(oneCopy(["orders", "billing"])));
    assert.match(
      infos.join("\n"),
      /^Copies billing as of backup 1002 of .* old, [\d.]+ GiB\) from rm-prod to rm-staging\. The last copy took \d+\w+\. Drops crm on rm-staging\. Keeps orders on rm-staging\.$/,
    );
    assert.match(warnings.join("\n"), /Database crm on rm-staging will be dropped/);
    const [before, after] = ["1", "2"].map((replacementTrigger) =>
      oneCopy(["orders"], { replacementTrigger }),
    );
    assert.ok(before && after);
    await well(stage.engine.up(before));
    const moved = await well(
      stage.engine.preview({
        data: { ...before["data"], sourceDbInstanceId: "rm-prod", backupId: "1001", dbNames: ["orders"] },
      }),
    );
    assert.match(
      moved.infos.join("\n"),
      /^Copies orders as of backup 1001 of .*The last copy took \d+\w+\. Drops orders on rm-staging\.$/m,
    );
  });
});
