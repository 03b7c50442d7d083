import assert from "node:assert/strict";
import { RdsFailure } from "../../../provider/src/rds/failure";
import type { RdsApi } from "../../../provider/src/rds/rdsApi";
import { instance } from "../provider/scriptedRds";
import { killedAfter, later, oneCopy, openPlayedStage, type PlayedStage } from "../nothing-lost/stage";

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

describe("player: a target that was released", () => {
  for (const [what, told] of [
    ["and says so", true],
    ["and answers every call alike", false],
  ] as const) {
    it(`${what}: refresh, destroy and a move to another target name the ways out`, async () => {
      const stage = openPlayedStage();
      await well(stage.engine.up(oneCopy(["orders"])));
      const answer = {
        status: 403,
        code: "OperationDenied.DBInstanceStatus",
        message: "Not in this status.",
      };
      const released: Partial<RdsApi> = Object.fromEntries(
        (["describeDatabases", "describeInstance", "listTags", "deleteDatabase"] as const).map((call) => [
          call,
          (id: string) => {
            if (id !== "rm-staging") return undefined;
            if (told && call === "describeInstance")
              return Promise.resolve(instance({ instanceId: id, lockMode: "Released" }));
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
      const moved = { data: { ...oneCopy(["orders"])["data"], targetDbInstanceId: "rm-qa" } };
      for (const run of [
        () => stage.engine.refresh(),
        () => stage.engine.destroy(),
        () => stage.engine.up(moved),
      ]) {
        const { errors } = await run();
        assert.match(
          errors.join("\n"),
          told ? /rm-staging is released/ : /A released instance may answer so as well/,
        );
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

describe("player: the target is deleted during the wait", () => {
  const losing = (stage: PlayedStage) =>
    stage.cloud.interrupt(0, () => {
      if (stage.accepted("CopyDatabaseBetweenInstances") < 1) return "again";
      const { instances } = stage.cloud.world;
      stage.cloud.world = {
        ...stage.cloud.world,
        instances: instances.filter(({ id }) => id !== "rm-staging"),
      };
      return "done";
    });

  it("the run says that the copy is gone with it, and what to do; a refresh lets the resource go", async () => {
    const stage = openPlayedStage();
    losing(stage);
    const { errors } = await stage.engine.up(oneCopy(["orders"]));
    assert.deepEqual(errors, [
      "data: Instance rm-staging no longer exists, nor does what was being copied to it. Run `pulumi refresh` to remove this resource from the state, or take it out of the program.",
    ]);
    await well(stage.engine.refresh());
    assert.deepEqual(stage.engine.state, {});
  });

  it("seen by a poll as well, and a destroy that waits for the copy succeeds", async () => {
    const stage = openPlayedStage();
    const short = await stage.engine.up(oneCopy(["orders"], { timeouts: { create: "5s" } }));
    assert.match(short.errors.join("\n"), /Timed out before orders was ready on rm-staging \(Creating\)/);
    let looks = 0;
    stage.seeThrough((rds) => ({
      describeDatabases: (id) => {
        if (id === "rm-staging" && ++looks === 3)
          stage.cloud.world = {
            ...stage.cloud.world,
            instances: stage.cloud.world.instances.filter((one) => one.id !== id),
          };
        return rds.describeDatabases(id);
      },
    }));
    assert.deepEqual((await stage.engine.destroy()).errors, []);
  });
});

describe("player: a finished copy that is out of order", () => {
  for (const status of ["Suspect", "Offline"]) {
    it(`${status}: refresh and every preview name it, nothing is waited for, and the others go on`, async () => {
      const stage = openPlayedStage();
      const two = oneCopy(["orders", "crm"]);
      await well(stage.engine.up(two));
      setStatus(stage, "orders", status);
      const says = new RegExp(`orders on rm-staging is ${status}, not Running.*Bring it online, or drop it`);
      assert.match((await well(stage.engine.refresh())).warnings.join("\n"), says);
      const began = stage.time.now();
      const drift = await well(stage.engine.preview(two));
      assert.deepEqual(drift.changes, ["update data"]);
      assert.match(drift.warnings.join("\n"), says);
      const up = await well(stage.engine.up(oneCopy(["orders", "crm", "billing"])));
      assert.match(up.warnings.join("\n"), says);
      assert.ok(stage.time.now() - began < 30 * 60_000, "it is not waited for");
      assert.equal(stage.hands.database("rm-staging", "billing")?.status, "Running");
      assert.match(
        (await stage.engine.preview(oneCopy(["orders", "crm", "billing"]))).warnings.join("\n"),
        says,
      );
      setStatus(stage, "orders", "Running");
      await well(stage.engine.up(oneCopy(["orders", "crm", "billing"])));
      assert.deepEqual((await stage.engine.preview(oneCopy(["orders", "crm", "billing"]))).changes, []);
    });
  }
});

describe("player: a drift that a refresh has recorded", () => {
  it("is a difference at every refresh until it is settled, and none after that", async () => {
    const stage = openPlayedStage();
    const two = oneCopy(["orders", "crm"]);
    await well(stage.engine.up(two));
    const seen = () => stage.engine.state["data"]?.outputs.driftSeen;
    await well(stage.engine.refresh());
    assert.equal(seen(), undefined);
    for (const drift of [
      () => setStatus(stage, "orders", "Suspect"),
      () => stage.hands.drop("rm-staging", "crm"),
    ]) {
      drift();
      for (const times of [1, 2]) {
        await well(stage.engine.refresh());
        assert.equal(seen(), times);
      }
      setStatus(stage, "orders", "Running");
      await well(stage.engine.up(two));
      await well(stage.engine.refresh());
      assert.equal(seen(), undefined);
    }
  });
});

describe("player: a finished copy that is out of order and never had a mark", () => {
  it("is named and not waited for where marks are turned on, and gets its mark once it runs", async () => {
    const stage = openPlayedStage();
    await well(stage.engine.up(oneCopy(["orders"], { ownershipMarks: false })));
    setStatus(stage, "orders", "Suspect");
    const began = stage.time.now();
    const { warnings } = await well(stage.engine.up(oneCopy(["orders"])));
    assert.match(warnings.join("\n"), /orders on rm-staging is Suspect, not Running/);
    assert.ok(stage.time.now() - began < 30 * 60_000, "it is not waited for");
    setStatus(stage, "orders", "Running");
    await well(stage.engine.up(oneCopy(["orders"])));
    assert.match(stage.hands.database("rm-staging", "orders")?.description ?? "", /^pulumi-/);
  });
});

describe("player: a repair whose restore point is no longer listed", () => {
  async function lost(more: object = {}): Promise<PlayedStage> {
    const stage = openPlayedStage();
    await well(stage.engine.up(oneCopy(["orders", "crm"], more)));
    stage.hands.drop("rm-staging", "crm");
    expire(stage, "1001", "1002");
    await well(stage.engine.refresh());
    return stage;
  }

  it("from a newer one: the preview says that two will be mixed, and the state names none for both", async () => {
    const stage = await lost();
    stage.hands.backUp("rm-prod", "1003");
    const program = oneCopy(["orders", "crm"]);
    const { infos, warnings } = await well(stage.engine.preview(program));
    assert.match(infos.join("\n"), /Copies crm .*1003/);
    assert.match(
      warnings.join("\n"),
      /The other databases hold backup 1002 of .*, which can no longer be restored\. The missing ones are copied from backup 1003 of .*two restore points/,
    );
    await well(stage.engine.up(program));
    assert.equal(stage.engine.state["data"]?.outputs.restorePoint, undefined);
    assert.deepEqual((await stage.engine.preview(program)).changes, []);
  });

  it("from none that is young enough, or from none at all: refused in preview, as in the run", async () => {
    for (const [more, code] of [
      [{ maxBackupAge: "36h" }, "backup-too-old"],
      [{}, "no-usable-backup"],
    ] as const) {
      const stage = await lost(more);
      if (code === "backup-too-old") stage.hands.backUp("rm-prod", "1003");
      stage.time.advance(60 * hour);
      const program = oneCopy(["orders", "crm"], more);
      for (const { errors } of [await stage.engine.preview(program), await stage.engine.up(program)])
        assert.match(errors.join("\n"), new RegExp(`\\[${code}\\]`));
      assert.equal(stage.engine.state["data"]?.outputs.restorePoint?.kind, "backup");
    }
  });

  it("pinned, and the pin held by ignoreChanges: the preview names a way out that works", async () => {
    const stage = await lost({ backupId: "1002" });
    stage.hands.backUp("rm-prod", "1003");
    // What `ignoreChanges: ["backupId"]` hands on, whatever the program says.
    const held = oneCopy(["orders", "crm"], { backupId: "1002" });
    for (const { errors } of [await stage.engine.preview(held), await stage.engine.up(held)])
      assert.match(
        errors.join("\n"),
        /\[backup-missing\].*Leave backupId out, and take it out of ignoreChanges/,
      );
    await well(stage.engine.up(oneCopy(["orders", "crm"])));
    assert.equal(stage.accepted("DeleteDatabase"), 0);
    assert.equal(stage.hands.database("rm-staging", "crm")?.content, "crm-1003");
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

function setStatus({ cloud }: PlayedStage, name: string, status: string): void {
  const instances = cloud.world.instances.map((one) =>
    one.id === "rm-staging"
      ? {
          ...one,
          databases: one.databases.map((database) =>
            database.name === name ? { ...database, status } : database,
          ),
        }
      : one,
  );
  cloud.world = { ...cloud.world, instances } as typeof cloud.world;
}

function expire({ cloud }: PlayedStage, ...ids: readonly string[]): void {
  const instances = cloud.world.instances.map((one) => ({
    ...one,
    backups: one.backups.filter(({ id }) => !ids.includes(id)),
  }));
  cloud.world = { ...cloud.world, instances };
}

async function well<Run extends { readonly errors: readonly string[] }>(run: Promise<Run>): Promise<Run> {
  const outcome = await run;
  assert.deepEqual(outcome.errors, []);
  return outcome;
}
