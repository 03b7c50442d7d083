import { connectionString } from "../answers/connection.js";
import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { parseMoment, secondText } from "../world/time.js";
import { action } from "./action.js";
import { ownInstance } from "../call/ownInstance.js";

const year = 365 * 24 * 3600 * 1000;

export const describeDBInstanceSSL = action({
  name: "DescribeDBInstanceSSL",
  required: ["DBInstanceId"],
  handle(call) {
    const instance = ownInstance(call, "DescribeDBInstanceSSL");
    const { ssl } = instance;
    return {
      SSLEnabled: ssl === undefined ? "No" : "Yes",
      RequireUpdate: "No",
      RequireUpdateReason: "",
      RequireUpdateItem: "",
      ConnectionString: ssl?.connectionString ?? connectionString(instance),
      SSLExpireTime: ssl === undefined ? "" : secondText(parseMoment(ssl.since) + year),
      SSLCreateTime: ssl === undefined ? "" : secondText(parseMoment(ssl.since)),
      ...(ssl?.forceEncryption === undefined ? {} : { ForceEncryption: ssl.forceEncryption }),
      ...(ssl?.tlsVersion === undefined ? {} : { TlsVersion: ssl.tlsVersion }),
    };
  },
});

behaviour({
  id: "ssl.shown",
  action: "DescribeDBInstanceSSL",
  says: "TLS to the database is off until it is switched on. ForceEncryption is a text, and left out until it was asked for; the client certificates are left out: with another type, or with a text, the alicloud provider ends or sees a difference.",
  basis: "measured",
  source: sources.terraform,
});
