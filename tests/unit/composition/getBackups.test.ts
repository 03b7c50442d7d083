import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { startSimulator, type Simulator } from "alicloud-rds-simulator";
import { getBackups, getBackupsOutput } from "../../../provider/src/program/getBackups";
import { getRestorableWindow } from "../../../provider/src/program/getRestorableWindow";

const day = (number: number) => String(number).padStart(2, "0");

/** 130 sets, more than a page: every third is incremental, the newest full one failed. */
const backups = Array.from({ length: 130 }, (_, index) => {
  const minute = `2026-02-${day(1 + Math.floor(index / 10))}T${day(index % 10)}`;
  return {
    id: String(1000 + index),
    start: `${minute}:00:30Z`,
    end: `${minute}:20:00Z`,
    type: index % 3 === 1 ? ("IncrementalBackup" as const) : ("FullBackup" as const),
    status: index === 129 ? ("Failed" as const) : ("Success" as const),
    mode: index === 5 ? ("Manual" as const) : ("Automated" as const),
    databases: index === 128 ? { crm: "x" } : { orders: "x", crm: "x" },
  };
});

describe("getBackups and getRestorableWindow", () => {
  let simulator: Simulator;

  before(async () => {
    simulator = await startSimulator({
      clock: "stepped",
      world: {
        now: "2026-02-14T12:00:00Z",
        accounts: [{ accessKeySecret: "simulated-secret" }],
        instances: [
          {
            id: "rm-prod",
            databases: [{ name: "orders" }],
            backups,
            logs: [{ from: "2026-02-13T00:00:00Z", to: "2026-02-14T11:30:00Z" }],
          },
          { id: "rm-bare" },
          { id: "rm-mysql", engine: "MySQL", engineVersion: "8.0" },
        ],
      },
    });
    pulumi.runtime.setAllConfig({
      "alicloud:region": "cn-hangzhou",
      "alicloud:protocol": "HTTP",
      "alicloud:accessKey": "simulated-key",
      "alicloud:secretKey": "simulated-secret",
      "alicloud:endpoints": JSON.stringify([{ rds: simulator.endpoint }]),
    });
  });

  after(() => simulator.close());

  it("give all pages, newest first, and the latest that a copy can be made from", async () => {
    const { backups: found, latest, region } = await getBackups({ dbInstanceId: "rm-prod" });
    assert.equal(found.length, 130);
    assert.deepEqual(
      found.slice(0, 3).map(({ backupId }) => backupId),
      ["1129", "1128", "1127"],
    );
    // 1129 failed, 1128 is whole.
    assert.equal(latest?.backupId, "1128");
    assert.deepEqual(latest, found[1]);
    assert.equal(region, "cn-hangzhou");
  });

  it("filter by status, type, mode, database and time to the second", async () => {
    const ids = async (filter: Partial<Parameters<typeof getBackups>[0]>) => {
      const { backups: found } = await getBackups({ dbInstanceId: "rm-prod", ...filter });
      return found.map(({ backupId }) => backupId);
    };
    assert.deepEqual(await ids({ status: "Failed" }), ["1129"]);
    assert.deepEqual(await ids({ mode: "Manual" }), ["1005"]);
    assert.equal((await ids({ type: "IncrementalBackup" })).length, 43);
    assert.ok(!(await ids({ database: "Orders" })).includes("1128"));
    assert.deepEqual(await ids({ from: "2026-02-13T08:00:30Z" }), ["1129", "1128"]);
    assert.deepEqual(await ids({ from: "2026-02-13T08:00:31Z" }), ["1129"]);
    assert.deepEqual(await ids({ until: "2026-02-01T01:00:30Z" }), ["1001", "1000"]);
    assert.deepEqual(await ids({ until: "2026-02-01T01:00:29Z" }), ["1000"]);
    assert.deepEqual(await ids({ from: "2026-02-01T09:00:00+08:00", until: "2026-02-01T01:30:00Z" }), [
      "1001",
    ]);
  });

  it("take the latest among what the filters leave", async () => {
    const { latest } = await getBackups({ dbInstanceId: "rm-prod", database: "orders" });
    assert.equal(latest?.backupId, "1126");
  });

  it("take inputs that are known later", async () => {
    const output = getBackupsOutput({
      dbInstanceId: pulumi.output(Promise.resolve("rm-prod")),
      mode: "Manual",
    });
    const length = await new Promise((resolve) =>
      output.apply(({ backups: found }) => resolve(found.length)),
    );
    assert.equal(length, 1);
  });

  it("give the window with what it rests on", async () => {
    const window = await getRestorableWindow({ dbInstanceId: "rm-prod" });
    assert.equal(window.earliest, "2026-02-13T00:20:00Z");
    assert.equal(window.latest, "2026-02-14T11:30:00Z");
    assert.deepEqual(window.holes, []);
    const bare = await getRestorableWindow({ dbInstanceId: "rm-bare" });
    assert.deepEqual([bare.earliest, bare.latest, bare.windows], [undefined, undefined, []]);
    assert.match(
      bare.restsOn,
      /^0 usable full backups .* Without a usable full backup nothing can be restored\.$/,
    );
    assert.match(window.restsOn, /made every 30 minutes; recovery model Full\. Inferred:/);
  });

  it("fail with sentences that hold no key and no stack trace", async () => {
    const refusal = async (failing: Promise<unknown>) => {
      const error: unknown = await failing.then(
        () => assert.fail("did not fail"),
        (caught: unknown) => caught,
      );
      assert.ok(pulumi.RunError.isInstance(error));
      return error.message;
    };
    assert.match(
      await refusal(getBackups({ dbInstanceId: "rm-none" })),
      /^getBackups of rm-none failed\. Instance rm-none was not found in region cn-hangzhou \(endpoint \S+\)\. Check the id, the region and the account\.$/,
    );
    const later = pulumi.output("rm-prod") as unknown as string;
    assert.match(
      await refusal(getBackups({ dbInstanceId: later })),
      /^getBackups takes values that are known: dbInstanceId is an Output\. Use getBackupsOutput\.$/,
    );
    assert.match(
      await refusal(getRestorableWindow({ dbInstanceId: "rm-prod", database: later })),
      /database is an Output\. Use getRestorableWindowOutput\.$/,
    );
    assert.match(
      await refusal(getBackups({ dbInstanceId: "rm-prod", from: "2026-02-01 10:00" })),
      /"from" is "2026-02-01 10:00"; write a time with its zone/,
    );
    assert.match(
      await refusal(getRestorableWindow({ dbInstanceId: "rm-mysql" })),
      /rm-mysql is a MySQL instance/,
    );
    simulator.addFault({
      action: "*",
      then: { error: { status: 403, code: "Forbidden.RAM", message: "Not allowed." } },
    });
    const denied = await refusal(getBackups({ dbInstanceId: "rm-prod" }));
    assert.match(denied, /Forbidden\.RAM/);
    assert.doesNotMatch(denied, /simulated-secret/);
  });
});
