import { refuse } from "../rules/refuse.js";
import { refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import type { Instance } from "../world/schema.js";
import { action } from "./action.js";
import { ownInstance } from "../call/ownInstance.js";

export const describeDBInstanceTDE = action({
  name: "DescribeDBInstanceTDE",
  required: ["DBInstanceId"],
  handle(call) {
    const instance = ownInstance(call, "DescribeDBInstanceTDE");
    checkTdeEdition(instance);
    const enabled = instance.tde || instance.databases.some((database) => database.tde);
    return {
      TDEStatus: enabled ? "Enabled" : "Disabled",
      TDEMode: enabled ? "Aliyun_Generate_Key" : "Unknown",
      EncryptionKey: "",
      Databases: {
        Database: instance.databases.map((database) => ({
          DBName: database.name,
          TDEStatus: database.tde ? "Enabled" : "Disabled",
        })),
      },
    };
  },
});

export function checkTdeEdition({ engineVersion }: Pick<Instance, "engineVersion">): void {
  if (engineVersion.endsWith("_web")) throw refuse(editionWithoutTde);
}

const editionWithoutTde = refusal({
  id: "tde.edition",
  action: "DescribeDBInstanceTDE, ModifyDBInstanceTDE",
  code: "InvalidEngineVersion.Malformed",
  status: 400,
  message: "The engine version of the instance does not support this operation.",
  says: "Web editions have no transparent data encryption, and refuse to be asked about it and for it.",
  basis: "inferred",
  source: sources.metadata,
});
