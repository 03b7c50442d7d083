import assert from "node:assert/strict";
import { killAfter, runUndisturbed, type Undisturbed } from "./kill";
import { killScenarios } from "./scenarios";
import { spread } from "./spread";

/** Four kills of one scenario, one of them at the acceptance of the copy; `npm run kills` has twenty. A file for each scenario, so that they run side by side. */
export function killTests(name: string): void {
  describe(`engine: kill -9 of the CLI, ${name}`, () => {
    const scenario = killScenarios.find((one) => one.name === name);
    assert.ok(scenario);
    let undisturbed: Undisturbed;
    before(async () => {
      undisturbed = await runUndisturbed(scenario);
    });
    for (const point of [1, 2, 3]) {
      it(`at moment ${point} of 3: the next up ends as if nothing had been, or names what to claim`, async () => {
        const call = spread(3, undisturbed.actions.length)[point - 1];
        assert.ok(call);
        const { complaints, action } = await killAfter(scenario, { nth: call }, undisturbed);
        assert.deepEqual(complaints, [], `killed after call ${call}, ${action}`);
      });
    }

    it("at the acceptance of the copy, with its plugins: the next up knows the copy by its intent", async () => {
      const moment = { action: "CopyDatabaseBetweenInstances", nth: 1 };
      const { complaints, action } = await killAfter(scenario, moment, undisturbed, "killAll");
      assert.equal(action, moment.action);
      assert.deepEqual(complaints, []);
    });
  });
}
