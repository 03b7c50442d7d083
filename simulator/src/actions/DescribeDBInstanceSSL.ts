import { connectionString } from "../answers/connection.js";
import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { action } from "./action.js";
import { ownInstance } from "./ownInstance.js";

export const describeDBInstanceSSL = action({
  name: "DescribeDBInstanceSSL",
  required: ["DBInstanceId"],
  handle(call) {
    const instance = ownInstance(call, "DescribeDBInstanceSSL");
    return {
      SSLEnabled: "No",
      RequireUpdate: "No",
      RequireUpdateReason: "",
      RequireUpdateItem: "",
      ConnectionString: connectionString(instance),
      SSLExpireTime: "",
      SSLCreateTime: "",
    };
  },
});

behaviour({
  id: "ssl.off",
  action: "DescribeDBInstanceSSL",
  says: "TLS to the database is off. ForceEncryption and the client certificates are left out: with another type, or with a text, the alicloud provider ends or sees a difference.",
  basis: "measured",
  source: sources.terraform,
});
