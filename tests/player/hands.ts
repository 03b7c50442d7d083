import type { Database, Instance } from "../../simulator/src/world/schema";
import type { Cloud } from "./cloud";

/** What people do to the cloud without Pulumi. */
export interface Hands {
  drop(instanceId: string, name: string): void;
  /** Makes a database of their own, in place of one that may be there. */
  make(instanceId: string, name: string, content: string): void;
  describe(instanceId: string, name: string, description: string): void;
  /** Takes one tag off an instance, or all of them. */
  untag(instanceId: string, key?: string): void;
  backUp(instanceId: string, id: string): void;
  database(instanceId: string, name: string): Database | undefined;
}

export function handsOn(cloud: Cloud, now: () => number): Hands {
  const change = (instanceId: string, recipe: (instance: Instance) => Instance) => {
    const instances = cloud.world.instances.map((one) => (one.id === instanceId ? recipe(one) : one));
    cloud.world = { ...cloud.world, instances };
  };
  const others = (instance: Instance, name: string) => instance.databases.filter((one) => one.name !== name);
  const template = (): Database => {
    const [database] = cloud.world.instances.flatMap(({ databases }) => databases);
    if (!database) throw new Error("a world without a database");
    return database;
  };
  const moment = () => new Date(now()).toISOString().replace(/\.\d+Z$/, "Z");
  return {
    drop: (instanceId, name) => change(instanceId, (one) => ({ ...one, databases: others(one, name) })),
    make: (instanceId, name, content) =>
      change(instanceId, (one) => ({
        ...one,
        databases: [
          ...others(one, name),
          // As one of production's, so that whatever else a database has is there.
          { ...template(), name, content, contentSince: moment(), users: {}, description: "" },
        ],
      })),
    describe: (instanceId, name, description) =>
      change(instanceId, (one) => ({
        ...one,
        databases: one.databases.map((database) =>
          database.name === name ? { ...database, description } : database,
        ),
      })),
    untag: (instanceId, key) =>
      change(instanceId, (one) => ({
        ...one,
        tags: Object.fromEntries(
          Object.entries(one.tags).filter(([other]) => key !== undefined && other !== key),
        ),
      })),
    backUp: (instanceId, id) =>
      change(instanceId, (one) => ({
        ...one,
        backups: [
          ...one.backups,
          {
            id,
            start: moment(),
            end: moment(),
            type: "FullBackup",
            mode: "Manual",
            method: "Physical",
            status: "Success",
            available: true,
            copyOnly: false,
            archived: false,
            databases: Object.fromEntries(one.databases.map(({ name }) => [name, `${name}-${id}`])),
          },
        ],
      })),
    database: (instanceId, name) =>
      cloud.world.instances
        .find(({ id }) => id === instanceId)
        ?.databases.find((one) => one.name.toLowerCase() === name.toLowerCase()),
  };
}
