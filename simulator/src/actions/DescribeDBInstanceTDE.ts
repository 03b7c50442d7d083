import { refuse } from "../rules/refuse.js";
import { refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { action } from "./action.js";
import { ownInstance } from "./ownInstance.js";

export const describeDBInstanceTDE = action({
  name: "DescribeDBInstanceTDE",
  required: ["DBInstanceId"],
  handle(call) {
    const instance = ownInstance(call, "DescribeDBInstanceTDE");
    if (instance.engineVersion.endsWith("_web")) throw refuse(editionWithoutTde);
    const enabled = instance.databases.some((database) => database.tde);
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

const editionWithoutTde = refusal({
  id: "tde.edition",
  action: "DescribeDBInstanceTDE",
  code: "InvalidEngineVersion.Malformed",
  status: 400,
  message: "The engine version of the instance does not support this operation.",
  says: "Web editions have no transparent data encryption, and refuse to be asked for it.",
  basis: "inferred",
  source: sources.metadata,
});
