import { refuse } from "../rules/refuse.js";
import { refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { draftInstance, entryOf } from "../world/find.js";
import { privileges } from "../world/schema.js";
import { action } from "./action.js";
import { availableAccount } from "./dbAccount.js";
import { existingDatabase, writableInstance } from "./writableInstance.js";

export const grantAccountPrivilege = action({
  name: "GrantAccountPrivilege",
  required: ["DBInstanceId", "AccountName", "DBName", "AccountPrivilege"],
  handle(call) {
    const instance = writableInstance(call, "GrantAccountPrivilege");
    const account = availableAccount(call, instance);
    const database = existingDatabase(call, instance);
    const asked = (call.params["AccountPrivilege"] ?? "").toLowerCase();
    const privilege = privileges.find((candidate) => candidate.toLowerCase() === asked);
    if (privilege === undefined) throw refuse(badPrivilege);
    if (database.status !== "Running")
      throw refuse(databaseBusy, { values: { name: database.name, status: database.status } });
    if (entryOf(database.users, account.name) === privilege) return {};
    call.change((draft) => {
      const changed = draftInstance(draft, instance.id).databases.find(({ name }) => name === database.name);
      if (changed !== undefined) changed.users[account.name] = privilege;
    });
    return {};
  },
});

const badPrivilege = refusal({
  id: "grant.privilege",
  action: "GrantAccountPrivilege",
  parameter: "AccountPrivilege",
  code: "InvalidAccountPrivilege.Malformed",
  status: 400,
  message: "The privilege is not valid.",
  says: "ReadWrite, ReadOnly, DDLOnly, DMLOnly or DBOwner, without regard to case. A later grant replaces an earlier one.",
  basis: "documented",
  source: sources.createAccountPage,
});
const databaseBusy = refusal({
  id: "grant.database-status",
  action: "GrantAccountPrivilege",
  parameter: "DBName",
  code: "OperationDenied.DBStatus",
  status: 403,
  message: "The database {name} is {status}; the operation is not permitted in this state.",
  says: "The database is Running; the alicloud provider tries again on this code.",
  basis: "documented",
  source: sources.errorTable2020,
});
