import assert from "node:assert/strict";
import type { WorldInput } from "alicloud-rds-simulator";
import { unknown } from "../../../provider/src/lifecycle/unknown";
import { openProcess, openStage, source, urn, type Inputs, type Seen, type Stage } from "./stage";

/** Production, staging that is filled from it, and a third one that is filled from staging. */
const chain: WorldInput = {
  now: "2026-11-25T12:00:00Z",
  instances: [source, { id: "rm-staging" }, { id: "rm-dev" }],
};
const first = { sourceDbInstanceId: "rm-prod", targetDbInstanceId: "rm-staging", dbNames: { orders: "orders" } };
const second = { sourceDbInstanceId: "rm-staging", targetDbInstanceId: "rm-dev", dbNames: { orders: "orders" } };
const urnOf = (name: string) => urn.replace(/copy$/, name);

describe("preflight: a source that is not filled yet", () => {
  let stage: Stage;
  before(async () => (stage = await openStage()));
  after(() => stage.close());

  async function checked(...programs: readonly Inputs[]) {
    stage.simulator.setWorld(chain);
    const process = openProcess(stage.cloud(), stage.clock);
    let last: Seen = { problems: [], warnings: [], lines: [] };
    for (const [index, program] of programs.entries())
      last = await process.check({ ...program, resourceUrn: urnOf(String(index)) });
    return { problems: last.problems.map(({ reason }) => reason), warnings: last.warnings.join("\n") };
  }

  it("by another resource of the program: what is not there is a warning that names it", async () => {
    const { problems, warnings } = await checked(first, second);
    assert.deepEqual(problems, []);
    assert.match(warnings, /\[not-there-yet\] Instance rm-staging has no database orders.*::0 fills rm-staging in the same run\./);
    assert.match(warnings, /\[not-there-yet\] Instance rm-staging has no full backup/);
  });

  it("with a restore point that is known only in the run: a warning", async () => {
    const { problems, warnings } = await checked({ ...second, backupId: unknown });
    assert.deepEqual(problems, []);
    assert.match(warnings, /\[not-there-yet\] Instance rm-staging has no database orders.*restore point is known only in the run/);
  });

  it("blocks a name that nobody fills", async () => {
    const { problems } = await checked(first, { ...second, dbNames: { crm: "crm" } });
    assert.match(problems.join("\n"), /\[source-database-missing\] Instance rm-staging has no database crm/);
    const alone = await checked(second);
    assert.match(alone.problems.join("\n"), /source-database-missing[^]*no-usable-backup/);
  });
});
