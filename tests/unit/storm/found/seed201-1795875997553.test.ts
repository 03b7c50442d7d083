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
      "kind": "up",
      "stack": 0,
      "copies": [
        {
          "name": "a",
          "target": "rm-staging",
          "sources": [
            "crm",
            "Billing",
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
      "trouble": {
        "cut": {
          "nth": 0,
          "way": "outlived"
        },
        "faults": []
      },
      "impatient": true
    },
    {
      "kind": "up",
      "stack": 0,
      "copies": [
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
      "trouble": {
        "faults": [
          {
            "action": "ModifyDBDescription",
            "when": {
              "times": 4
            },
            "then": {
              "error": {
                "status": 403,
                "code": "OperationDenied.DBInstanceStatus",
                "message": "OperationDenied.DBInstanceStatus happened"
              }
            }
          }
        ]
      },
      "impatient": false
    },
    {
      "kind": "up",
      "stack": 0,
      "copies": [
        {
          "name": "a",
          "target": "rm-staging",
          "sources": [
            "crm",
            "orders",
            "Billing"
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
      "trouble": {
        "meanwhile": {
          "nth": 0,
          "hand": {
            "deed": "edit",
            "instanceId": "rm-staging",
            "which": 1
          }
        },
        "faults": []
      },
      "impatient": true
    }
  ]
};

it("keeps its promises in the life that seed 201 found", async () => {
  assert.deepEqual((await playStorm(schedule)).violations, []);
});
