import assert from "node:assert/strict";
import { playStorm } from "../../../player/storm/play";
import type { Schedule } from "../../../player/storm/schedule";

const schedule: Schedule = {
  service: {
    copiedDescription: "empty",
    notFoundStatus: 400,
    targetNameSpelling: "asAsked",
    targetStatus: "Running",
    listedAfterMs: 30000,
  },
  failing: [],
  steps: [
    {
      kind: "up",
      stack: 0,
      copies: [
        {
          name: "a",
          target: "rm-staging",
          sources: ["orders"],
          suffix: "_a",
          pin: "none",
          trigger: "1",
          adoptExisting: true,
          short: true,
          preflight: "off",
        },
        {
          name: "b",
          target: "rm-staging",
          sources: ["orders"],
          suffix: "_b",
          pin: "none",
          trigger: "1",
          adoptExisting: true,
          short: true,
          preflight: "off",
        },
      ],
      trouble: {
        cut: {
          nth: 0,
          way: "outlived",
        },
        faults: [],
      },
      impatient: true,
    },
    {
      kind: "up",
      stack: 0,
      copies: [
        {
          name: "a",
          target: "rm-staging",
          sources: ["orders"],
          suffix: "_a",
          pin: "none",
          trigger: "1",
          adoptExisting: true,
          short: true,
          preflight: "off",
        },
      ],
      trouble: {
        cut: {
          nth: 11,
          way: "outlived",
        },
        faults: [],
      },
      impatient: false,
    },
    {
      kind: "together",
      copies: [
        [
          {
            name: "a",
            target: "rm-staging",
            sources: ["crm"],
            suffix: "_a",
            pin: "none",
            trigger: "1",
            adoptExisting: true,
            short: true,
            preflight: "off",
          },
        ],
        [
          {
            name: "c",
            target: "rm-staging",
            sources: ["orders"],
            suffix: "_c",
            pin: "none",
            trigger: "1",
            adoptExisting: true,
            short: true,
            preflight: "off",
          },
        ],
      ],
      latencies: [20, 20, 20],
      trouble: {
        faults: [],
      },
    },
  ],
};

it("waits for what an interrupted run requested, also beyond a timeout that is shorter than the grace", async () => {
  assert.deepEqual((await playStorm(schedule)).violations, []);
});
