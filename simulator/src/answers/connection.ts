import type { Instance } from "../world/schema.js";

/** The address that a prefix gives; the internal and the public ones are built alike. */
export const addressOf = (prefix: string): string => `${prefix}.sqlserver.rds.aliyuncs.com`;

/** The internal address, which the attributes name. */
export const connectionString = (instance: Pick<Instance, "connectionPrefix">): string =>
  addressOf(instance.connectionPrefix);
