import { newOperation } from "../operations/begin.js";
import { badValue } from "../parameters/badValue.js";
import { wholeNumber } from "../parameters/page.js";
import { refuse } from "../rules/refuse.js";
import { refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { sqlServerVersions, storageTypes } from "../world/engineVersions.js";
import { draftInstance } from "../world/find.js";
import { action } from "./action.js";
import { runningInstance } from "./writableInstance.js";

export const modifyDBInstanceSpec = action({
  name: "ModifyDBInstanceSpec",
  required: ["DBInstanceId"],
  handle(call) {
    const instance = runningInstance(call, "ModifyDBInstanceSpec");
    const given = (name: string, otherwise: string) => (call.params[name] ?? "") || otherwise;
    const becomes = {
      instanceClass: given("DBInstanceClass", instance.instanceClass),
      storageGiB: wholeNumber(call.params["DBInstanceStorage"], instance.storageGiB) ?? 0,
      storageType: given("DBInstanceStorageType", instance.storageType),
      engineVersion: given("EngineVersion", instance.engineVersion),
    };
    if (becomes.storageGiB % 5 !== 0 || becomes.storageGiB > 32000) throw badValue("DBInstanceStorage");
    if (becomes.storageGiB < instance.storageGiB) throw refuse(smaller);
    if (!storageTypes.includes(becomes.storageType)) throw badValue("DBInstanceStorageType");
    if (instance.engine === "SQLServer" && !sqlServerVersions.includes(becomes.engineVersion))
      throw badValue("EngineVersion");
    const same =
      becomes.instanceClass === instance.instanceClass &&
      becomes.storageGiB === instance.storageGiB &&
      becomes.storageType === instance.storageType &&
      becomes.engineVersion === instance.engineVersion;
    if (same) throw refuse(nothingToChange);
    let order = 0;
    call.change((draft) => {
      draftInstance(draft, instance.id).status = "DBInstanceClassChanging";
      draft.operations.push({
        kind: "changeInstance",
        ...newOperation(draft, call, instance.id, draft.life.changeInstanceSeconds),
        becomes,
      });
      order = 300_000_000_000 + draft.sequence;
    });
    return { DBInstanceId: instance.id, OrderId: order };
  },
});

const of = { action: "ModifyDBInstanceSpec", basis: "documented", source: sources.errorTable2020 } as const;

const smaller = refusal({
  ...of,
  id: "change-instance.smaller",
  parameter: "DBInstanceStorage",
  code: "OperationDenied.DBInstanceStorageReduce",
  status: 403,
  message: "The storage cannot be reduced.",
  says: "A disk only grows.",
});
const nothingToChange = refusal({
  ...of,
  id: "change-instance.nothing",
  code: "MissingParameter",
  status: 400,
  message: "Nothing is given that differs from the instance.",
  says: "Class, storage, storage type or version differ from what the instance has.",
});
