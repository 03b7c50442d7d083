import assert from "node:assert/strict";
import { inputs, openProcess, openStage, source, worldOf, type Stage } from "./stage";

describe("preflight: databases that come and go", () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());

  const check = (more: object) => openProcess(stage.cloud(), stage.clock).check({ ...inputs, ...more });
  const codes = ({ problems }: { readonly problems: readonly { readonly reason: string }[] }) =>
    problems.map(({ reason }) => reason.split(" ")[0]);

  it("one that was dropped since can still be copied from a backup that holds it", async () => {
    stage.simulator.setWorld(worldOf({ source: { databases: [{ name: "crm" }] } }));
    for (const point of [{}, { backupId: "b-1" }, { restoreTime: "2026-11-25T10:00:00Z" }]) {
      assert.deepEqual((await check(point)).problems, [], JSON.stringify(point));
    }
  });

  it("one that is not there is told once, not also as missing in the backup", async () => {
    stage.simulator.setWorld(worldOf());
    const names = { orders: "orders", crn: "crn" };
    assert.deepEqual(codes(await check({ dbNames: names })), ["[source-database-missing]"]);
    assert.deepEqual(codes(await check({ dbNames: names, backupId: "b-2" })), ["[source-database-missing]"]);
  });

  it("of two wanted ones no single backup holds, although each is in one", async () => {
    const [newest, older] = source.backups ?? [];
    assert.ok(newest && older);
    const backups = [
      { ...newest, databases: { orders: "" } },
      { ...older, databases: { crm: "" } },
    ];
    stage.simulator.setWorld(worldOf({ source: { backups } }));
    assert.deepEqual(codes(await check({})), ["[backup-lacks-database]"]);
  });
});
