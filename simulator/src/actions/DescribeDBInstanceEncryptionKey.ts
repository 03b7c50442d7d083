import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { action } from "./action.js";
import { ownInstance } from "./ownInstance.js";

export const describeDBInstanceEncryptionKey = action({
  name: "DescribeDBInstanceEncryptionKey",
  required: ["DBInstanceId"],
  handle(call) {
    ownInstance(call, "DescribeDBInstanceEncryptionKey");
    return {
      EncryptionKey: "",
      EncryptionKeyStatus: "",
      EncryptionKeyList: [],
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
  id: "encryption-key.none",
  action: "DescribeDBInstanceEncryptionKey",
  says: "The disk is not encrypted with a key of the user.",
  basis: "inferred",
  source: sources.terraform,
});
