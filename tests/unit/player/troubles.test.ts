import assert from "node:assert/strict";
import { RdsFailure } from "../../../provider/src/rds/failure";
import type { RdsApi } from "../../../provider/src/rds/rdsApi";
import { instance } from "../provider/scriptedRds";
import { killedAfter, later, oneCopy, openPlayedStage, well, type PlayedStage } from "../nothing-lost/stage";

const hour = 3_600_000;

/** What happens to a target or to a finished copy while nobody looks: what a refresh, a preview and a run say of it, and the ways out. */
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

describe("player: a replacement onto another target that is refused", () => {
  it("says from which target the databases were dropped", async () => {
    const stage = openPlayedStage();
    await well(stage.engine.up(oneCopy(["orders"])));
    stage.cloud.addFault({
      action: "CopyDatabaseBetweenInstances",
      when: { times: 100 },
      then: { error: { status: 403, code: "Forbidden.RAM", message: "Not allowed." } },
    });
    const moved = { data: { ...oneCopy(["orders"])["data"], targetDbInstanceId: "rm-qa" } };
    const { errors } = await stage.engine.up(moved);
    assert.match(
      errors.join("\n"),
      /had copied to rm-staging were dropped.*from rm-prod to rm-qa did not begin/,
    );
  });
});
