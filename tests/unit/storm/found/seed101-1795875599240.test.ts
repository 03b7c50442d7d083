import assert from "node:assert/strict";
import { playStorm } from "../../../player/storm/play";
import type { Schedule } from "../../../player/storm/schedule";

const schedule: Schedule = {
  "service": {
    "copiedDescription": "empty",
    "notFoundStatus": 400,
    "targetNameSpelling": "asAsked",
    "targetStatus": "Running",
    "listedAfterMs": 0
  },
  "failing": [],
  "steps": [
    {
      "kind": "together",
      "copies": [
        [
          {
            "name": "a",
            "target": "rm-staging",
            "sources": [
              "orders"
            ],
            "suffix": "_a",
            "pin": "none",
            "trigger": "1",
            "adoptExisting": true,
            "short": true,
            "preflight": "off"
          },
          {
            "name": "b",
            "target": "rm-staging",
            "sources": [
              "orders"
            ],
            "suffix": "_b",
            "pin": "none",
            "trigger": "1",
            "adoptExisting": true,
            "short": true,
            "preflight": "off"
          }
        ],
        [
          {
            "name": "c",
            "target": "rm-staging",
            "sources": [
              "orders"
            ],
            "suffix": "_c",
            "pin": "none",
            "trigger": "1",
            "adoptExisting": true,
            "short": true,
            "preflight": "enforce"
          }
        ]
      ],
      "latencies": [
        195,
        418,
        267
      ],
      "trouble": {
        "cut": {
          "nth": 30,
          "way": "lost"
        },
        "faults": []
      }
    },
    {
      "kind": "hand",
      "hand": {
        "deed": "drop",
        "instanceId": "rm-staging",
        "which": 0
      }
    },
    {
      "kind": "hand",
      "hand": {
        "deed": "drop",
        "instanceId": "rm-staging",
        "which": 0
      }
    }
  ]
};

it("keeps its promises in the life that seed 101 found", async () => {
  assert.deepEqual((await playStorm(schedule)).violations, []);
});
