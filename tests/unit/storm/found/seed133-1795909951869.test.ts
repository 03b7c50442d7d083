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
            "preflight": "off"
          }
        ]
      ],
      "latencies": [
        25,
        20,
        20
      ],
      "trouble": {
        "cut": {
          "nth": 27,
          "way": "outlived"
        },
        "faults": []
      }
    },
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
          }
        ],
        [
          {
            "name": "c",
            "target": "rm-qa",
            "sources": [
              "orders"
            ],
            "suffix": "_c",
            "pin": "none",
            "trigger": "1",
            "adoptExisting": true,
            "short": true,
            "preflight": "off"
          }
        ]
      ],
      "latencies": [
        20,
        20,
        20
      ],
      "trouble": {
        "faults": []
      }
    },
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
            "suffix": "",
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
            "suffix": "",
            "pin": "none",
            "trigger": "1",
            "adoptExisting": true,
            "short": true,
            "preflight": "off"
          }
        ]
      ],
      "latencies": [
        20,
        20,
        20
      ],
      "trouble": {
        "faults": [
          {
            "action": "ListTagResources",
            "when": {
              "times": 100000
            },
            "then": {
              "error": {
                "status": 403,
                "code": "Forbidden.RAM",
                "message": "Forbidden.RAM happened"
              }
            }
          }
        ]
      }
    }
  ]
};

it("keeps its promises in the life that seed 133 found", async () => {
  assert.deepEqual((await playStorm(schedule)).violations, []);
});
