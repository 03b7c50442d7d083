import type { WorldInput } from "alicloud-rds-simulator";
import { intentKey, intentValue, nameHash } from "../../../provider/src/ownership/intent";
import { markText } from "../../../provider/src/ownership/mark";
import { company, production, staging } from "../../engine/harness/world";
import type { DoctorCase } from "./runDoctor";

const account = {
  accountId: "1000000000000001",
  accessKeyId: "simulated-key",
  accessKeySecret: "simulated-secret",
};
const point = { kind: "backup", backupId: "1002" } as const;
const owner = "0k3f9q0za1b2";

/** A copy of orders and crm whose run was killed: orders is marked already, the tag is still there. */
const interrupted: WorldInput = {
  instances: [
    production,
    {
      ...staging,
      tags: {
        env: "staging",
        [intentKey("a1b2c3d4")]: intentValue({
          id: "a1b2c3d4",
          owner,
          time: Math.floor(Date.now() / 1000) - 3600,
          phase: "accepted",
          point,
          source: "0000",
          names: [nameHash("orders"), nameHash("crm")],
        }),
      },
      databases: [
        { name: "orders", content: "orders-1002", description: markText({ owner, id: "a1b2c3d4", point }) },
        { name: "crm", content: "crm-1002" },
      ],
    },
  ],
};

/** The worlds of docs/doctor.md by their headings there. */
export const doctorCases = {
  Healthy: { world: company },
  "No permission": {
    world: { ...company, accounts: [{ ...account, deny: ["rds:DescribeBackups", "rds:ListTagResources"] }] },
  },
  "Wrong region": { world: company, flags: ["--region", "cn-shanghai"] },
  "Wrong clock": { world: company, aheadMinutes: 20 },
  "Locked target": { world: { instances: [production, { ...staging, lockMode: "LockByExpiration" }] } },
  "Interrupted copy": { world: interrupted },
} as const satisfies Readonly<Record<string, DoctorCase>>;
