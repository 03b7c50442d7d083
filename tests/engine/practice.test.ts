import assert from "node:assert/strict";
import { copiedStage } from "./harness/copiedStage";
import { oneCopy } from "./harness/program";
import { openStage, type Stage } from "./harness/stage";
import { company } from "./harness/world";
import {
  changeInstance,
  descriptionOn,
  dropByHand,
  makeByHand,
  refused,
  writeDescription,
} from "./ownership/target";

/** A resource whose output is known only in the run: a backup that is made anew, or an instance that is replaced. */
const later = `
class Later extends pulumi.dynamic.Resource {
  constructor(name, given, trigger) {
    const changes = (olds, news) => olds.trigger !== news.trigger;
    super({
      create: async (inputs) => ({ id: "1", outs: { ...inputs, value: inputs.given } }),
      diff: async (_id, olds, news) => ({ changes: changes(olds, news), replaces: changes(olds, news) ? ["trigger"] : [] }),
    }, name, { given, trigger, value: undefined });
  }
}
`;

describe("engine: cases from practice", () => {
  it("a chain of copies previews, though the second one's source is filled by the first", async () => {
    const world = { instances: [...(company.instances ?? []), { id: "rm-dev" }] };
    await using stage = await openStage({ world });
    await stage.program(`${later}
      const first = ${oneCopy({ dbNames: ["orders"] }, "{}", "first").replace(/;$/, "")};
      const set = new Later("set", "1002", "one");
      new DatabaseCopy("second", {
        sourceDbInstanceId: "rm-staging", targetDbInstanceId: "rm-dev", dbNames: ["orders"],
        backupId: set.value,
      }, { dependsOn: [first] });`);
    const { exitCode, text } = await stage.preview();
    assert.equal(exitCode, 0, text);
    assert.match(
      text,
      /\[not-there-yet\] Instance rm-staging has no database orders.*::first fills rm-staging in the same run/,
    );
  });

  it("a pin that is known only in the run: one warning in preview that names what it may drop", async () => {
    const program = (trigger: string) => `${later}
      const set = new Later("set", "1002", ${JSON.stringify(trigger)});
      new DatabaseCopy("copy", {
        sourceDbInstanceId: "rm-prod", targetDbInstanceId: "rm-staging", dbNames: ["orders"], backupId: set.value,
      });`;
    await using stage = await copiedStage(program("one"));
    await stage.program(program("two"));
    const { exitCode, text } = await stage.preview();
    assert.equal(exitCode, 0, text);
    const warnings = text.match(
      /warning: The value of backupId is known only in the run\..*orders on rm-staging will be dropped/g,
    );
    assert.equal(new Set(warnings).size, 1, text);
    assert.deepEqual((await stage.up()).exitCode, 0);
    assert.deepEqual(stage.changes(), [], "it was the same in the end");
  });

  it("drift is an exit code: a missing, a foreign and a changed database each, until it is settled", async () => {
    const program = oneCopy({ dbNames: ["orders", "crm", "billing"] });
    await using stage = await copiedStage(program);
    const mark = descriptionOn(stage, "crm") ?? "";
    await same(stage, true);
    dropByHand(stage, "orders");
    await same(stage, false);
    makeByHand(stage, "orders");
    await same(stage, false);
    writeDescription(stage, "crm", mark.replace(/^pulumi-.{12}-.{8}/, "pulumi-0therowner00-0therid0"));
    const changed = await stage.refresh();
    assert.equal(changed.exitCode, 0, changed.text);
    await same(stage, false);
    for (let times = 0; times < 2; times++) {
      const preview = await stage.preview("--expect-no-changes");
      assert.notEqual(preview.exitCode, 0, preview.text);
      for (const name of ["orders", "crm"])
        assert.match(
          preview.text,
          new RegExp(
            `warning: Database ${name} on rm-staging is recorded by this resource, and it is someone else's now`,
          ),
        );
      if (times === 0) {
        // `names` still holds them; the update says of which an application must not be sure.
        const up = await stage.up();
        assert.equal(up.exitCode, 0, up.text);
        assert.match(up.text, /warning: Database crm on rm-staging is recorded/);
      }
    }
    assert.deepEqual(stage.changes(), []);
  });

  it("a released target: refresh and destroy name the ways out, and state delete is one", async () => {
    await using stage = await copiedStage(oneCopy({ dbNames: ["orders"] }));
    changeInstance(stage, "rm-staging", () => ({ lockMode: "Released" }));
    const error = { status: 403, code: "OperationDenied.DBInstanceStatus" };
    stage.simulator.addFault({ action: "DescribeDatabases", when: { times: 1000 }, then: { error } });
    const ways = [/rm-staging is released/, /pulumi state delete.*deletedWith.*retainOnDelete: true/];
    await refused(stage, stage.refresh(), ...ways);
    await refused(stage, stage.destroy(), ...ways);
    const urn = (await stage.resource())?.urn ?? "";
    const gone = await stage.pulumi("state", "delete", urn, "--yes");
    assert.equal(gone.exitCode, 0, gone.text);
    assert.equal(await stage.resource(), undefined);
  });
});

/** Both ways to ask for drift; neither saves anything. */
async function same(stage: Stage, isSame: boolean): Promise<void> {
  const refresh = await stage.pulumi("refresh", "--preview-only", "--expect-no-changes");
  assert.equal(refresh.exitCode === 0, isSame, refresh.text);
  const preview = await stage.preview("--refresh", "--expect-no-changes");
  assert.equal(preview.exitCode === 0, isSame, preview.text);
}
