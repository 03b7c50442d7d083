import { versionOf, type Product } from "../../../simulator/src/actions/products.js";
import {
  actions,
  createWorld,
  handle,
  type Answer,
  type Database,
  type Instance,
  type World,
  type WorldInput,
} from "../../../simulator/src/machine.js";

/** The machine with a world and a time, for tests that play a few calls. */
export interface Cloud {
  world: World;
  now: number;
  stepped: boolean;
  call(action: string, params?: Record<string, string>, accessKeyId?: string, product?: Product): Answer;
  /** The same, for calls that must succeed. */
  ask(action: string, params?: Record<string, string>): Record<string, unknown>;
  wait(seconds: number): void;
  instance(id: string): Instance;
  database(instanceId: string, name: string): Database | undefined;
}

export function cloud(document: WorldInput = smallCompany): Cloud {
  const world = createWorld(document, Date.parse("2026-03-01T02:00:00Z"));
  let requests = 0;
  return {
    world,
    now: Date.parse(world.now),
    stepped: false,
    call(action, params = {}, accessKeyId = "simulated-key", product) {
      requests += 1;
      const requestId = `00000000-0000-0000-0000-${String(requests).padStart(12, "0")}`;
      const result = handle(
        this.world,
        {
          action,
          version: product === undefined ? versionFor(action) : versionOf(product),
          params,
          accessKeyId,
          requestId,
        },
        this,
      );
      this.world = result.world;
      return result.answer;
    },
    ask(action, params = {}) {
      const answer = this.call(action, params);
      if (answer.status !== 200) throw new Error(`${action}: ${JSON.stringify(answer.body)}`);
      return answer.body;
    },
    wait(seconds) {
      this.now += seconds * 1000;
    },
    instance(id) {
      const found = this.world.instances.find((instance) => instance.id === id);
      if (found === undefined) throw new Error(`No instance ${id}.`);
      return found;
    },
    database(instanceId, name) {
      return this.instance(instanceId).databases.find((database) => database.name === name);
    },
  };
}

/** Of the API that has an action. */
export const versionFor = (action: string): string =>
  versionOf(actions.find(({ name }) => name.toLowerCase() === action.toLowerCase())?.product ?? "Rds");

/** Production with two databases and its backups, and an empty staging instance. */
export const smallCompany = {
  now: "2026-03-01T02:00:00Z",
  instances: [
    {
      id: "rm-prod",
      databases: [
        {
          name: "orders",
          sizeGiB: 40,
          content: "orders-march",
          users: { app: "ReadWrite", owner: "DBOwner" },
        },
        { name: "crm", sizeGiB: 10, content: "crm-march" },
        { name: "late", sizeGiB: 1, content: "late-march" },
      ],
      backups: [
        {
          id: "101",
          start: "2026-02-27T18:00:00Z",
          end: "2026-02-27T18:40:00Z",
          databases: { orders: "orders-january", crm: "crm-january", gone: "gone-january" },
        },
        {
          id: "102",
          start: "2026-02-28T18:00:00Z",
          end: "2026-02-28T18:40:00Z",
          databases: { orders: "orders-february", crm: "crm-february" },
        },
      ],
      logs: [{ from: "2026-02-27T18:00:00Z", to: "2026-03-01T01:30:00Z" }],
    },
    { id: "rm-staging" },
  ],
} as const satisfies WorldInput;

/** A copy that lacks only its restore point. */
export const copyWithoutPoint = {
  DBInstanceId: "rm-prod",
  TargetDBInstanceId: "rm-staging",
  DbNames: '{"orders":"orders"}',
} as const;

/** A copy that is allowed in the small company; a test changes what it is about. */
export const goodCopy = { ...copyWithoutPoint, BackupId: "102" } as const;
