import type { WorldInput } from "alicloud-rds-simulator";
import { oneCopy } from "../harness/program";
import { production } from "../harness/world";

/** What a person does with a copy while the plug is pulled, and what leads up to it. Programs. */
export interface KillScenario {
  readonly name: string;
  /** Run undisturbed. */
  readonly before?: string;
  /** Killed, and run again until it is done. */
  readonly act: string;
}

export const killScenarios: readonly KillScenario[] = [
  { name: "create two databases", act: oneCopy({ dbNames: ["orders", "crm"] }) },
  {
    name: "add one, drop one",
    before: oneCopy({ dbNames: ["orders", "crm"] }),
    act: oneCopy({ dbNames: ["orders", "billing"] }),
  },
  {
    name: "replace by trigger",
    before: oneCopy({ dbNames: ["orders", "crm"] }, '{ replacementTrigger: "november" }'),
    act: oneCopy({ dbNames: ["orders", "crm"] }, '{ replacementTrigger: "december" }'),
  },
];

/** Production, and a staging with somebody else's database. Copies and drops take some looks. */
export const killWorld: WorldInput = {
  instances: [
    production,
    { id: "rm-staging", databases: [{ name: "reports", content: "reports-of-others" }] },
  ],
  service: { callsPerSecond: 0 },
  copy: { minimumSeconds: 8, secondsPerGiB: 2 },
};
