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
  "failing": [
    "orders_c"
  ],
  "steps": [
    {
      "kind": "up",
      "stack": 1,
      "copies": [
        {
          "name": "c",
          "target": "rm-qa",
          "sources": [
            "Billing",
            "orders"
          ],
          "suffix": "_c",
          "pin": "none",
          "trigger": "1",
          "adoptExisting": true,
          "short": false,
          "preflight": "off"
        },
        {
          "name": "d",
          "target": "rm-staging",
          "sources": [
            "orders"
          ],
          "suffix": "_d",
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
              "times": 8
            },
            "then": {
              "error": {
                "status": 403,
                "code": "OperationDenied.DBInstanceStatus",
                "message": "OperationDenied.DBInstanceStatus happened"
              }
            }
          },
          {
            "action": "DescribeDatabases",
            "when": {
              "nth": 4
            },
            "then": {
              "error": {
                "status": 404,
                "code": "InvalidDBInstanceId.NotFound",
                "message": "InvalidDBInstanceId.NotFound happened"
              }
            }
          }
        ]
      },
      "impatient": true
    },
    {
      "kind": "up",
      "stack": 1,
      "copies": [
        {
          "name": "c",
          "target": "rm-qa",
          "sources": [
            "Billing"
          ],
          "suffix": "_c",
          "pin": "none",
          "trigger": "2",
          "adoptExisting": true,
          "short": true,
          "preflight": "off"
        }
      ],
      "trouble": {
        "faults": []
      },
      "impatient": true
    }
  ]
};

it("keeps its promises in the life that seed 132 found", async () => {
  assert.deepEqual((await playStorm(schedule)).violations, []);
});
