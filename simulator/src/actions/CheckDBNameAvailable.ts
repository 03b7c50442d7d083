import { isReservedName, isWellFormedName } from "../parameters/databaseName.js";
import { refuse } from "../rules/refuse.js";
import { refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { findDatabase } from "../world/find.js";
import { action } from "./action.js";
import { ownInstance } from "../call/ownInstance.js";

export const checkDBNameAvailable = action({
  name: "CheckDBNameAvailable",
  required: ["DBInstanceId", "DBName"],
  handle(call) {
    const instance = ownInstance(call, "CheckDBNameAvailable");
    const name = call.params["DBName"] ?? "";
    if (!isWellFormedName(name)) throw refuse(malformed);
    if (isReservedName(name)) throw refuse(reserved);
    if (findDatabase(instance, name) !== undefined) throw refuse(taken, { values: { name } });
    return {};
  },
});

const of = {
  action: "CheckDBNameAvailable",
  parameter: "DBName",
  basis: "inferred",
  source: sources.errorTable2020,
} as const;

const malformed = refusal({
  ...of,
  id: "check-name.format",
  code: "InvalidDBName.Format",
  status: 400,
  message: "The database name does not follow the naming rule.",
  says: "2 to 64 lower-case letters, digits, _ and -, a letter first, a letter or digit last.",
});
const reserved = refusal({
  ...of,
  id: "check-name.reserved",
  code: "InvalidParameter.Keyword",
  status: 400,
  message: "The database name is a reserved word.",
  says: "System names and T-SQL words are not allowed.",
});
const taken = refusal({
  ...of,
  id: "check-name.taken",
  code: "InvalidDBName.Duplicate",
  status: 400,
  message: "The database {name} already exists.",
  says: "The name must be free on the instance.",
});
