import { nextNumber } from "../call/call.js";
import { beginDrop } from "../operations/drop.js";
import { refuse } from "../rules/refuse.js";
import { refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { action } from "./action.js";
import { existingDatabase, writableInstance } from "./writableInstance.js";

export const deleteDatabase = action({
  name: "DeleteDatabase",
  required: ["DBInstanceId", "DBName"],
  handle(call) {
    const instance = writableInstance(call, "DeleteDatabase");
    const database = existingDatabase(call, instance);
    if (database.status === "Creating" || database.status === "Deleting") {
      throw refuse(databaseBusy, { values: { name: database.name, status: database.status } });
    }
    call.change((draft) => {
      beginDrop(
        draft,
        {
          id: `t-${nextNumber(draft)}`,
          requestId: call.requestId,
          accountId: call.account.accountId,
          instanceId: instance.id,
          database: database.name,
        },
        call.now,
      );
    });
    return {};
  },
});

const databaseBusy = refusal({
  id: "drop.database-status",
  action: "DeleteDatabase",
  parameter: "DBName",
  code: "OperationDenied.DBStatus",
  status: 403,
  message: "The database {name} is {status}; the operation is not permitted in this state.",
  says: "A database that is being made or dropped cannot be dropped.",
  basis: "documented",
  source: sources.errorTable2020,
});
