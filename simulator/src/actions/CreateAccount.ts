import { newOperation } from "../operations/begin.js";
import { flag } from "../parameters/badValue.js";
import { isReservedName } from "../parameters/databaseName.js";
import { refuse } from "../rules/refuse.js";
import { refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { draftInstance } from "../world/find.js";
import { action } from "./action.js";
import { checkAccountDescription, checkPassword } from "./dbAccount.js";
import { writableInstance } from "./writableInstance.js";

const types = ["Normal", "Super", "Sysadmin"] as const;

/** AccountMaxQuantity of the attributes. */
const maxAccounts = 500;

export const createAccount = action({
  name: "CreateAccount",
  required: ["DBInstanceId", "AccountName", "AccountPassword"],
  optional: ["AccountDescription", "AccountType", "CheckPolicy"],
  handle(call) {
    const instance = writableInstance(call, "CreateAccount");
    const name = call.params["AccountName"] ?? "";
    if (!/^[a-z][a-z0-9_]{0,62}[a-z0-9]$/.test(name)) throw refuse(malformed, { values: { name } });
    if (isReservedName(name)) throw refuse(reserved, { values: { name } });
    checkPassword(call.params["AccountPassword"] ?? "");
    const description = call.params["AccountDescription"] ?? "";
    checkAccountDescription(description);
    const checkPolicy = flag(call.params, "CheckPolicy") ?? false;
    const asked = call.params["AccountType"] ?? "";
    const type = types.find((candidate) => candidate === (asked === "" ? "Normal" : asked));
    if (type === undefined) throw refuse(badType);
    if (type === "Sysadmin" && instance.engineVersion.endsWith("_web")) throw refuse(noSysadmin);
    if (instance.dbAccounts.some((account) => account.name === name))
      throw refuse(taken, { values: { name } });
    if (instance.dbAccounts.length >= maxAccounts) throw refuse(tooMany);
    call.change((draft) => {
      draftInstance(draft, instance.id).dbAccounts.push({
        name,
        type,
        status: "Unavailable",
        description,
        checkPolicy,
      });
      draft.operations.push({
        kind: "createAccount",
        ...newOperation(draft, call, instance.id, draft.life.createAccountSeconds),
        account: name,
      });
    });
    return {};
  },
});

const of = {
  action: "CreateAccount",
  parameter: "AccountName",
  basis: "documented",
  source: sources.createAccountPage,
} as const;

const malformed = refusal({
  ...of,
  id: "create-account.name-format",
  code: "InvalidAccountName.Malformed",
  status: 400,
  message: "The account name {name} is not valid.",
  says: "2 to 64 lower-case letters, digits and _, a letter first, a letter or digit last. The rule is documented, its code only as a pattern.",
  basis: "inferred",
});
const reserved = refusal({
  ...of,
  id: "create-account.name-reserved",
  code: "InvalidAccountName.Forbid",
  status: 400,
  message: "The account name {name} is a keyword.",
  says: "System names and T-SQL words are not allowed.",
});
const badType = refusal({
  ...of,
  id: "create-account.type",
  parameter: "AccountType",
  code: "InvalidAccountType.Format",
  status: 400,
  message: "The type of the account is not valid.",
  says: "Normal (the default), Super or Sysadmin. The code is documented for another fault of the type.",
  basis: "inferred",
});
const noSysadmin = refusal({
  ...of,
  id: "create-account.sysadmin",
  parameter: "AccountType",
  code: "InvalidEngineVersion.NotSupported",
  status: 400,
  message: "The instance does not support system administrators.",
  says: "Web editions have no Sysadmin account; which instances have none is documented only in part.",
  basis: "inferred",
});
const taken = refusal({
  ...of,
  id: "create-account.name-taken",
  code: "InvalidAccountName.Duplicate",
  status: 400,
  message: "The account {name} already exists.",
  says: "The name must be free on the instance.",
});
const tooMany = refusal({
  ...of,
  id: "create-account.count",
  code: "QuotaExceeded.AccountName",
  status: 403,
  message: "The instance takes no more accounts.",
  says: "AccountMaxQuantity accounts at most.",
  source: sources.errorTable2020,
});
