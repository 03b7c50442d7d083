import type { WorldInput } from "../../simulator/src/world/schema";
import type { Cloud } from "./cloud";
import type { Outcome, PlayedEngine, Program } from "./engine";
import type { VirtualTime } from "./virtualTime";

/** A stage on which a scenario plays. */
export interface Stage {
  readonly cloud: Cloud;
  readonly engine: PlayedEngine;
  readonly time: VirtualTime;
}

/** One thing that people do with a copy, and what leads up to it. */
export interface Scenario {
  readonly name: string;
  readonly world: WorldInput;
  /** Played undisturbed. */
  readonly before?: (stage: Stage) => Promise<unknown>;
  /** The program that is true in the end; `undefined` after a destroy. */
  readonly program: Program | undefined;
  /** What is cut. The same thing is done again in the calm, with the program as it is then. */
  readonly act: (stage: Stage, program: Program | undefined) => Promise<Outcome>;
}

export const start = Date.parse("2026-03-01T02:00:00Z");

/** A small company: production with backups, an empty staging and QA, each with somebody else's database. */
export const company: WorldInput = {
  now: "2026-03-01T02:00:00Z",
  instances: [
    {
      id: "rm-prod",
      databases: [
        { name: "orders", content: "orders-live", sizeGiB: 4, users: { app: "ReadWrite" } },
        { name: "crm", content: "crm-live", sizeGiB: 2 },
        { name: "billing", content: "billing-live", sizeGiB: 1 },
      ],
      backups: [
        {
          id: "1001",
          start: "2026-02-27T18:00:00Z",
          end: "2026-02-27T18:40:00Z",
          databases: { orders: "orders-friday", crm: "crm-friday", billing: "billing-friday" },
        },
        {
          id: "1002",
          start: "2026-02-28T18:00:00Z",
          end: "2026-02-28T18:40:00Z",
          databases: { orders: "orders-saturday", crm: "crm-saturday", billing: "billing-saturday" },
        },
      ],
    },
    { id: "rm-staging", databases: [{ name: "reports", content: "reports-of-others" }] },
    { id: "rm-qa", databases: [{ name: "fixtures", content: "fixtures-of-others" }] },
  ],
  service: { callsPerSecond: 0 },
};

const copy = (dbNames: unknown, more: object = {}) => ({
  sourceDbInstanceId: "rm-prod",
  targetDbInstanceId: "rm-staging",
  dbNames,
  ...more,
});

const one: Program = { data: copy(["orders"]) };
const three: Program = { data: copy(["orders", "crm", "billing"]) };
const renamed: Program = { data: copy({ orders: "orders_new", crm: "crm" }) };
const two: Program = { data: copy(["orders", "crm"]) };
const onOneTarget: Program = { data: copy(["orders"]), more: copy(["crm"]) };
const onTwoTargets: Program = {
  data: copy(["orders"]),
  qa: copy(["orders"], { targetDbInstanceId: "rm-qa" }),
};
const triggered = (generation: string): Program => ({
  data: { ...copy(["orders", "crm"]), replacementTrigger: generation },
});
const adopting: Program = { data: copy({ orders: "orders", crm: "reports" }, { adoptExisting: true }) };
const pinned = (backupId: string): Program => ({ data: copy(["orders"], { backupId }) });

const up = ({ engine }: Stage, program: Program = {}) => engine.up(program);
const after = (program: Program) => (stage: Stage) => up(stage, program);

/** Somebody drops a database without Pulumi. */
export function drop(cloud: Cloud, instanceId: string, name: string): void {
  cloud.world = {
    ...cloud.world,
    instances: cloud.world.instances.map((instance) =>
      instance.id === instanceId
        ? { ...instance, databases: instance.databases.filter((database) => database.name !== name) }
        : instance,
    ),
  };
}

/** The same company; its copies and drops take a few looks. */
const quick: WorldInput = {
  ...company,
  copy: { minimumSeconds: 4, secondsPerGiB: 0.5 },
  drop: { seconds: 2 },
};

export const scenarios: readonly Scenario[] = [
  { name: "create one", world: quick, act: up, program: one },
  { name: "create three", world: quick, act: up, program: three },
  { name: "add", world: quick, before: after(one), act: up, program: three },
  { name: "remove", world: quick, before: after(three), act: up, program: one },
  { name: "rename", world: quick, before: after(two), act: up, program: renamed },
  {
    name: "repair",
    world: quick,
    async before(stage) {
      await stage.engine.up(two);
      drop(stage.cloud, "rm-staging", "crm");
      await stage.engine.refresh();
    },
    act: up,
    program: two,
  },
  {
    name: "replace by trigger",
    world: quick,
    before: after(triggered("1")),
    act: up,
    program: triggered("2"),
  },
  {
    name: "replace by backup",
    world: quick,
    before: after(pinned("1001")),
    act: up,
    program: pinned("1002"),
  },
  { name: "adopt", world: quick, act: up, program: adopting },
  {
    name: "destroy",
    world: quick,
    before: after(three),
    act: (stage) => stage.engine.destroy(),
    program: undefined,
  },
  {
    name: "resume",
    world: quick,
    before: (stage) => stage.engine.up({ data: copy(["orders", "crm"], { timeouts: { create: "2s" } }) }),
    act: up,
    program: two,
  },
  { name: "two copies on one target", world: quick, act: up, program: onOneTarget },
  { name: "one source, two targets", world: quick, act: up, program: onTwoTargets },
];
