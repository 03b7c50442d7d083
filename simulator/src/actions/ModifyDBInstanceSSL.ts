import { addressOf, connectionString } from "../answers/connection.js";
import { badValue, choice } from "../parameters/badValue.js";
import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { draftInstance } from "../world/find.js";
import { momentText } from "../world/time.js";
import { action } from "./action.js";
import { runningInstance } from "./writableInstance.js";

export const modifyDBInstanceSSL = action({
  name: "ModifyDBInstanceSSL",
  required: ["DBInstanceId", "ConnectionString"],
  optional: ["ForceEncryption", "SSLEnabled", "TlsVersion"],
  refuses: {
    ...{ ACL: [], CAType: ["aliyun"], Certificate: [], ClientCACert: [], ClientCAEnabled: ["0"] },
    ...{ ClientCertRevocationList: [], ClientCrlEnabled: ["0"], PassWord: [], ReplicationACL: [] },
    ...{ ServerCert: [], ServerKey: [] },
  },
  handle(call) {
    const instance = runningInstance(call, "ModifyDBInstanceSSL");
    const address = call.params["ConnectionString"] ?? "";
    const { publicConnection, ssl } = instance;
    const isPublic = publicConnection !== undefined && address === addressOf(publicConnection.prefix);
    if (!isPublic && address !== connectionString(instance)) throw badValue("ConnectionString");
    const enabled = choice(call.params, "SSLEnabled", ["0", "1", "2"]) ?? (ssl === undefined ? "0" : "1");
    if (enabled === "2" && ssl === undefined) throw badValue("SSLEnabled");
    const forced = choice(call.params, "ForceEncryption", ["0", "1"]) ?? ssl?.forceEncryption;
    const tlsVersion = choice(call.params, "TlsVersion", ["1.0", "1.1", "1.2"]) ?? ssl?.tlsVersion;
    if (enabled === "0" && forced === "1") throw badValue("ForceEncryption");
    call.change((draft) => {
      const changed = draftInstance(draft, instance.id);
      if (enabled === "0") delete changed.ssl;
      else
        changed.ssl = {
          connectionString: address,
          since: enabled === "1" && ssl !== undefined ? ssl.since : momentText(call.now),
          ...(forced === undefined ? {} : { forceEncryption: forced }),
          ...(tlsVersion === undefined ? {} : { tlsVersion }),
        };
    });
    return {};
  },
});

behaviour({
  id: "ssl.change",
  action: "ModifyDBInstanceSSL",
  parameter: "SSLEnabled",
  says: "1 switches TLS on for an address of the instance, 2 renews its certificate, as the alicloud provider sends it, 0 switches it off. A certificate of one's own is refused by name.",
  basis: "inferred",
  source: sources.terraform,
});
