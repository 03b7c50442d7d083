import { randomUUID } from "node:crypto";
import { mapOf, textOf, textsOf, type Properties, type ResourceKind } from "../resourceKind";
import { isNotFound, listOf, until, type Answer, type Cloud } from "./cloud";

/** `alicloud.rds.Instance`, as far as the examples go. */
export function instanceKind(cloud: Cloud): ResourceKind {
  const outputs = (inputs: Properties, { ConnectionString, Port, ZoneId }: Answer): Properties => ({
    ...inputs,
    connectionString: ConnectionString,
    port: Port,
    zoneId: ZoneId,
  });
  return {
    replaceOn: ["engine", "engineVersion", "vswitchId"],
    async create(inputs) {
      const tags = Object.entries(mapOf(inputs, "tags")).flatMap(
        ([key, value], index): [string, string][] => [
          [`Tag.${index + 1}.Key`, key],
          [`Tag.${index + 1}.Value`, value],
        ],
      );
      const { DBInstanceId } = await cloud("CreateDBInstance", {
        Engine: textOf(inputs, "engine"),
        EngineVersion: textOf(inputs, "engineVersion"),
        DBInstanceClass: textOf(inputs, "instanceType"),
        DBInstanceStorage: textOf(inputs, "instanceStorage"),
        DBInstanceStorageType: textOf(inputs, "dbInstanceStorageType"),
        DBInstanceNetType: "Intranet",
        InstanceNetworkType: "VPC",
        VSwitchId: textOf(inputs, "vswitchId"),
        SecurityIPList: textsOf(inputs, "securityIps").join(","),
        PayType: "Postpaid",
        ClientToken: randomUUID(),
      });
      const id = String(DBInstanceId);
      const running = await instanceRunning(cloud, id);
      // The provider sets tags afterwards, with a call of their own.
      if (tags.length > 0)
        await cloud("TagResources", {
          ResourceType: "INSTANCE",
          "ResourceId.1": id,
          ...Object.fromEntries(tags),
        });
      return { id, outputs: outputs(inputs, running) };
    },
    async read(id, recorded) {
      const attribute = await lookAt(cloud, id);
      return attribute && outputs(recorded, attribute);
    },
    update: () => Promise.reject(new Error("This stand-in for tests changes no instance.")),
    async delete(id) {
      await cloud("DeleteDBInstance", { DBInstanceId: id });
      await until(async () => ((await lookAt(cloud, id)) === undefined ? "gone" : undefined));
    },
  };
}

/** Waits until an instance is `Running`, as the provider does before each of its changes. */
export function instanceRunning(cloud: Cloud, id: string): Promise<Answer> {
  return until(async () => {
    const attribute = await lookAt(cloud, id);
    return attribute?.["DBInstanceStatus"] === "Running" ? attribute : undefined;
  });
}

async function lookAt(cloud: Cloud, id: string): Promise<Answer | undefined> {
  try {
    const answer = await cloud("DescribeDBInstanceAttribute", { DBInstanceId: id });
    return listOf(answer, "Items", "DBInstanceAttribute")[0];
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
