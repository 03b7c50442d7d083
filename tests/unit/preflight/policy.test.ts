import assert from "node:assert/strict";
import { actions } from "alicloud-rds-simulator/machine";
import { policyCommand } from "../../../provider/src/cli/policyCommand";
import { policyDocument, type PolicyDocument } from "../../../provider/src/cli/policyDocument";
import { create } from "../../../provider/src/lifecycle/create";
import { deleteCopy } from "../../../provider/src/lifecycle/delete";
import type { CopyInputs } from "../../../provider/src/lifecycle/inputs";
import { read } from "../../../provider/src/lifecycle/read";
import type { RdsApi } from "../../../provider/src/rds/rdsApi";
import { ramAction, rdsActions, type RdsAction } from "../../../provider/src/rds/permissions";
import { inputs, openProcess, openStage, worldOf, type Stage } from "./stage";

describe("the policy that suffices", () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());
  afterEach(() => stage.simulator.clearFaults());

  const scope = { sources: ["rm-prod"], targets: ["rm-staging"], account: "*", region: "*", readOnly: false };
  const allowed = ({ Statement }: PolicyDocument) => Statement.flatMap(({ Action }) => Action);
  const simulated = actions.map(({ name }) => ramAction(name as RdsAction));

  /**
   * Whole lives with only these permissions: a copy of a backup and one of a moment that fails; a refresh; a destroy; a run
   * that is killed at the copy call, and continued. Answers with everything that was said, and what failed.
   */
  async function live(deny: readonly string[]): Promise<{ said: string; failed: boolean }> {
    const said: string[] = [];
    let failed = false;
    const lives = [{ requireTargetTags: { env: "staging" } }, { restoreTime: "2026-11-25T10:00:00Z" }, {}];
    for (const [index, more] of lives.entries()) {
      stage.simulator.setWorld(
        worldOf({
          target: { tags: { env: "staging" } },
          more: {
            accounts: [{ deny: [...deny] }],
            copy: { failDatabases: "restoreTime" in more ? ["crm"] : [] },
          },
        }),
      );
      const news = { ...inputs, ...more };
      if (index === 2) await killedAtTheCopy(news).catch(() => undefined);
      // A process for each run of the engine.
      const [up, destroy] = [
        openProcess(stage.cloud(), stage.clock),
        openProcess(stage.cloud(), stage.clock),
      ];
      try {
        const { problems } = await up.check(news);
        said.push(...problems.map(({ reason }) => reason));
        const { id, state, reasons } = await create(news as unknown as CopyInputs, up.session);
        said.push(...reasons);
        const seen = await read(id, { ...state }, destroy.session);
        await deleteCopy(seen.state === "gone" ? state : seen.resource, destroy.session);
      } catch (error) {
        failed = true;
        said.push(String(error));
      }
      for (const { warnings, statuses } of [up, destroy]) said.push(...warnings, ...statuses);
    }
    return { said: said.join("\n"), failed };
  }

  /** Marks are written before a run ends: killed here, the next one has only the intent and the tasks to go by. */
  async function killedAtTheCopy(news: object): Promise<void> {
    const cloud = stage.cloud();
    const killed = () => Promise.reject(new Error("killed"));
    const rds: RdsApi = {
      ...cloud,
      async copyDatabases(request) {
        await cloud.copyDatabases(request);
        throw new Error("killed");
      },
      untagInstance: killed,
    };
    await create(news as unknown as CopyInputs, openProcess(rds, stage.clock).session);
  }

  it("whole lives pass with nothing else allowed, and no permission is missed", async () => {
    const suffices = new Set(allowed(policyDocument(scope)));
    const { said, failed } = await live(simulated.filter((action) => !suffices.has(action)));
    assert.equal(failed, false, said);
    assert.doesNotMatch(said, /Forbidden|permission/);
    assert.match(said, /crm/);
  });

  for (const action of rdsActions) {
    it(`${ramAction(action)} is needed: without it something is missing`, async () => {
      const whole = await live([]);
      const without = await live([ramAction(action)]);
      assert.notEqual(withoutIds(without.said), withoutIds(whole.said));
      // Running tasks only add the progress; without their history an interrupted run is refused in words of its own.
      if (action === "DescribeTasks" || action === "DescribeHistoryTasks") return;
      assert.ok(
        new RegExp(`rds:${action}\\b|\\b${action} answered Forbidden\\.RAM`).test(without.said),
        `${action} is not named in:\n${without.said}`,
      );
    });
  }

  it("a preview needs nothing that changes anything", async () => {
    const readOnly = new Set(allowed(policyDocument({ ...scope, readOnly: true })));
    stage.simulator.setWorld(
      worldOf({ more: { accounts: [{ deny: simulated.filter((action) => !readOnly.has(action)) }] } }),
    );
    const { problems, warnings } = await openProcess(stage.cloud(), stage.clock).check({
      ...inputs,
      restoreTime: "2026-11-25T10:00:00Z",
    });
    assert.deepEqual({ problems, warnings }, { problems: [], warnings: [] });
    assert.ok(
      ![...readOnly].some(
        (action) => /Copy|Delete|Modify|TagResources$/.test(action) && !/List/.test(action),
      ),
    );
  });

  it("the command prints it, each action on the instances it is called for", async () => {
    const printed: string[] = [];
    const flags = [
      "--source",
      "rm-a",
      "--target",
      "rm-b",
      "rm-c",
      "--account",
      "123",
      "--region",
      "cn-hangzhou",
    ];
    await policyCommand((line) => printed.push(line)).parseAsync(flags, { from: "user" });
    const document = JSON.parse(printed.join("\n")) as PolicyDocument;
    assert.equal(document.Version, "1");
    const on = (action: string) => document.Statement.find(({ Action }) => Action.includes(action))?.Resource;
    const name = (id: string) => `acs:rds:cn-hangzhou:123:dbinstance/${id}`;
    assert.deepEqual(on("rds:CopyDatabaseBetweenInstances"), ["rm-a", "rm-b", "rm-c"].map(name));
    assert.deepEqual(on("rds:DescribeBackups"), [name("rm-a")]);
    assert.deepEqual(on("rds:DeleteDatabase"), ["rm-b", "rm-c"].map(name));
    assert.deepEqual(allowed(document).sort(), rdsActions.map(ramAction).sort());
  });
});

/** Request ids differ from one life to the next. */
function withoutIds(said: string): string {
  return said.replace(/[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}/g, "id");
}
