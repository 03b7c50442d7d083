import assert from "node:assert/strict";
import type { Simulator } from "alicloud-rds-simulator";
import { oneCopy } from "../harness/program";
import { openStage, type Stage } from "../harness/stage";
import { ago, company, production, staging } from "../harness/world";

/** Findings that rest on answers which no simulated instance gives by itself. */
describe("engine: preflight, answers that are rare", () => {
  const copy = { dbNames: { orders: "orders" } };

  it("snapshot-part: a snapshot set that tells what it holds is not restored in part", async () => {
    await using stage = await openStage({
      world: { instances: [production, staging].map((one) => ({ ...one, backupMethod: "Snapshot" })) },
    });
    await stage.program(oneCopy(copy));
    answering(stage.simulator, "DescribeBackups", backupsAnswer);
    const { exitCode, text } = await stage.preview();
    assert.notEqual(exitCode, 0, text);
    assert.match(
      text,
      /error: .*'copy' has a problem: dbNames: \[snapshot-part\] A snapshot backup is restored with all of its databases or not at all, and crm would be left out\. Name all databases, or copy a physical backup\. \(the cloud would answer Forbidden\.SnapshotRecovery\)/,
    );
    assertUntouched(stage);

    await stage.program(oneCopy({ dbNames: { orders: "orders", crm: "crm" } }));
    const whole = await stage.preview();
    assert.equal(whole.exitCode, 0, whole.text);
    assert.doesNotMatch(whole.text, /snapshot-part\]/);
  });

  it("encryption-unclear: of an instance older than 2019 it is not told which databases are encrypted", async () => {
    await using stage = await openStage({ world: company });
    await stage.program(oneCopy(copy));
    answering(stage.simulator, "DescribeDBInstanceTDE", {
      TDEStatus: "Enabled",
      TDEMode: "Aliyun_Generate_Key",
    });
    const { exitCode, text } = await stage.preview();
    assert.equal(exitCode, 0, text);
    assert.match(
      text,
      /warning: \[encryption-unclear\] Transparent data encryption \(TDE\) is on for rm-prod, and the API does not tell for which databases/,
    );
    assertUntouched(stage);

    stage.simulator.clearFaults();
    assert.doesNotMatch((await stage.preview()).text, /encryption-unclear/);
  });

  it("target-tags-unknown: a preview goes on, and the copy itself is refused until the tags can be read", async () => {
    await using stage = await openStage({
      world: { ...company, accounts: [{ deny: ["rds:ListTagResources"] }] },
    });
    await stage.program(oneCopy({ ...copy, requireTargetTags: { env: "staging" } }));
    const preview = await stage.preview();
    assert.equal(preview.exitCode, 0, preview.text);
    assert.match(preview.text, /warning: \[target-tags-unknown\] .*permission rds:ListTagResources/);
    const up = await stage.up();
    assert.notEqual(up.exitCode, 0, up.text);
    assert.match(up.text, /error: .*The tags of rm-staging could not be read: .*rds:ListTagResources/);
    assertUntouched(stage);
    assert.equal(await stage.resource(), undefined);

    stage.simulator.setWorld({ instances: [production, { ...staging, tags: { env: "staging" } }] });
    const allowed = await stage.up();
    assert.equal(allowed.exitCode, 0, allowed.text);
    assert.deepEqual(stage.changes(), ["copy orders from backup 1002"]);
  });
});

/** A set of the service as it is shown where single databases can be downloaded. */
const backupsAnswer = {
  Items: {
    Backup: [
      {
        BackupId: "1002",
        DBInstanceId: "rm-prod",
        BackupStatus: "Success",
        BackupType: "FullBackup",
        BackupMode: "Automated",
        BackupMethod: "Snapshot",
        BackupStartTime: ago(9),
        BackupEndTime: ago(8),
        BackupSize: 1024,
        IsAvail: 1,
        BackupDownloadLinkByDB: {
          BackupDownloadLinkByDB: [{ DataBase: "orders" }, { DataBase: "crm" }],
        },
      },
    ],
  },
  PageNumber: "1",
  PageRecordCount: "1",
  TotalRecordCount: "1",
};

function answering(simulator: Simulator, action: string, answer: object): void {
  const body = JSON.stringify({ RequestId: "00000000-0000-0000-0000-000000000000", ...answer });
  simulator.addFault({ action, then: { raw: { status: 200, body, contentType: "application/json" } } });
}

function assertUntouched({ simulator }: Stage): void {
  const changing = simulator.journal().filter(({ action }) => !/^(Describe|List)/.test(action));
  assert.deepEqual(changing, []);
}
