import type { Call } from "../call/call.js";
import { choice } from "../parameters/badValue.js";
import { refuse } from "../rules/refuse.js";
import { behaviour, refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { draftInstance } from "../world/find.js";
import type { Database, Instance } from "../world/schema.js";
import { action } from "./action.js";
import { given } from "./askedInstance.js";
import { checkTdeEdition } from "./DescribeDBInstanceTDE.js";
import { existingDatabase, primaryInstance } from "./writableInstance.js";

export const modifyDBInstanceTDE = action({
  name: "ModifyDBInstanceTDE",
  required: ["DBInstanceId", "TDEStatus"],
  optional: ["DBName"],
  refuses: {
    ...{ Certificate: [], EncryptionKey: [], IsRotate: ["false"], PassWord: [], PrivateKey: [], RoleArn: [] },
    RoleARN: [],
  },
  handle(call) {
    const instance = primaryInstance(call, "ModifyDBInstanceTDE");
    checkTdeEdition(instance);
    const on = choice(call.params, "TDEStatus", ["Enabled", "Disabled"]) === "Enabled";
    const databases = namedDatabases(call, instance);
    if (databases === undefined && !on && instance.tde) throw refuse(staysOn);
    call.change((draft) => {
      const changed = draftInstance(draft, instance.id);
      if (databases === undefined) changed.tde = on;
      else {
        if (on) changed.tde = true;
        for (const database of changed.databases)
          if (databases.some(({ name }) => name === database.name)) database.tde = on;
      }
    });
    return {};
  },
});

/** The databases of DBName, a comma list; nothing where the call is about the instance. */
function namedDatabases(call: Call, instance: Instance): Database[] | undefined {
  const names = given(call, "DBName");
  return names?.split(",").map((name) => existingDatabase(call, instance, name.trim()));
}

const of = { action: "ModifyDBInstanceTDE", basis: "inferred", source: sources.terraform } as const;

const staysOn = refusal({
  ...of,
  id: "modify-tde.stays-on",
  parameter: "TDEStatus",
  code: "OperationDenied.TDEStatus",
  status: 403,
  message: "Transparent data encryption of the instance cannot be switched off.",
  says: "Once on for an instance it stays on, as that provider's documentation says; the code is not documented.",
});
behaviour({
  ...of,
  id: "modify-tde.databases",
  parameter: "DBName",
  says: "Without DBName the instance is switched on, and no database is encrypted by it; with it those databases are encrypted or decrypted, and a copy of an encrypted one is refused. A certificate of one's own is refused by name.",
  source: sources.sdk,
});
