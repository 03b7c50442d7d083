import assert from "node:assert/strict";
import { cutEverywhere } from "../player/cuts";
import { scenarios } from "../player/scenarios";

/** One scenario of each kind: what all of them take is more than every mutant can wait. */
describe("mutants: a few scenarios, cut at every call", () => {
  const few = [
    "create one",
    "remove",
    "rename",
    "repair",
    "replace by trigger",
    "adopt",
    "destroy",
    "resume",
  ];
  for (const scenario of scenarios.filter(({ name }) => few.includes(name))) {
    it(scenario.name, async () => {
      for (const { sameEnd, lost, doubled, complaints } of await cutEverywhere(scenario)) {
        assert.deepEqual(
          { sameEnd, lost, doubled, complaints },
          { sameEnd: true, lost: [], doubled: [], complaints: [] },
        );
      }
    });
  }
});
