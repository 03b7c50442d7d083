import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { action } from "./action.js";
import { ownInstance } from "../call/ownInstance.js";

export const describeDBInstanceEncryptionKey = action({
  name: "DescribeDBInstanceEncryptionKey",
  required: ["DBInstanceId"],
  refuses: { EncryptionKey: [], TargetRegionId: [] },
  handle(call) {
    const { encryptionKey } = ownInstance(call, "DescribeDBInstanceEncryptionKey");
    return {
      EncryptionKey: encryptionKey,
      EncryptionKeyStatus: encryptionKey === "" ? "" : "Enabled",
      EncryptionKeyList: encryptionKey === "" ? [] : [encryptionKey],
      KeyUsage: "",
      Origin: "",
      Creator: "",
      Description: "",
      DeleteDate: "",
      MaterialExpireTime: "",
    };
  },
});

behaviour({
  id: "encryption-key.as-asked",
  action: "DescribeDBInstanceEncryptionKey",
  says: "The key that the instance was made with; without one the disk is not encrypted with a key of the user.",
  basis: "inferred",
  source: sources.terraform,
});
