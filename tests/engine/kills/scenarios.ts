import type { WorldInput } from "alicloud-rds-simulator";
import { oneCopy } from "../harness/program";
import { production } from "../harness/world";

/** What a person does with a copy while the plug is pulled, and what leads up to it. Programs. */
export interface KillScenario {
  readonly name: string;
  /** Run undisturbed. */
  readonly before?: string;
  /** Killed, and run again until it is done, with the ids that a refusal says to claim. */
  act(claim?: readonly string[]): string;
}

const copyOf = (dbNames: readonly string[], claim: readonly string[] = [], options?: string) =>
  oneCopy({ dbNames, ...(claim.length > 0 ? { claim } : {}) }, options);

const trigger = (month: string) => `{ replacementTrigger: "${month}" }`;

export const killScenarios: readonly KillScenario[] = [
  { name: "create two databases", act: (claim) => copyOf(["orders", "crm"], claim) },
  {
    name: "add one, drop one",
    before: copyOf(["orders", "crm"]),
    act: (claim) => copyOf(["orders", "billing"], claim),
  },
  {
    name: "replace by trigger",
    before: copyOf(["orders", "crm"], [], trigger("november")),
    act: (claim) => copyOf(["orders", "crm"], claim, trigger("december")),
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
