import { newOperation } from "../operations/begin.js";
import { badValue } from "../parameters/badValue.js";
import { isReservedName, isWellFormedName } from "../parameters/databaseName.js";
import { refuse } from "../rules/refuse.js";
import { behaviour, refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { draftInstance, findDatabase } from "../world/find.js";
import { momentText } from "../world/time.js";
import { action } from "./action.js";
import { isDescription } from "./ModifyDBDescription.js";
import { writableInstance } from "./writableInstance.js";

export const createDatabase = action({
  name: "CreateDatabase",
  required: ["DBInstanceId", "DBName"],
  optional: ["CharacterSetName", "DBDescription"],
  handle(call) {
    const instance = writableInstance(call, "CreateDatabase");
    const name = call.params["DBName"] ?? "";
    if (!isWellFormedName(name)) throw refuse(malformed, { values: { name } });
    if (isReservedName(name)) throw refuse(reserved, { values: { name } });
    if (findDatabase(instance, name) !== undefined) throw refuse(taken, { values: { name } });
    const description = call.params["DBDescription"] ?? "";
    if (description !== "" && !isDescription(description)) throw refuse(badDescription);
    const charset = call.params["CharacterSetName"] ?? "";
    if (!/^\w{0,64}$/.test(charset)) throw badValue("CharacterSetName");
    if (instance.databases.length >= instance.maxDatabases)
      throw refuse(tooMany, { values: { limit: instance.maxDatabases } });
    const utf8 = charset.toLowerCase() === "utf8" ? call.world.service.utf8Collation : charset;
    call.change((draft) => {
      draftInstance(draft, instance.id).databases.push({
        name,
        status: "Creating",
        sizeGiB: 0,
        content: "",
        contentSince: momentText(call.now),
        tde: false,
        users: {},
        description,
        collation: utf8 === "" ? instance.collation : utf8,
        growsGiBPerDay: 0,
      });
      draft.operations.push({
        kind: "createDatabase",
        ...newOperation(draft, call, instance.id, draft.life.createDatabaseSeconds),
        database: name,
      });
    });
    return {};
  },
});

const of = {
  action: "CreateDatabase",
  parameter: "DBName",
  basis: "documented",
  source: sources.errorTable2020,
} as const;

const malformed = refusal({
  ...of,
  id: "create-database.name-format",
  code: "InvalidDBName.Format",
  status: 400,
  message: "The database name {name} does not follow the naming rule.",
  says: "2 to 64 lower-case letters, digits, _ and -, a letter first, a letter or digit last.",
  source: sources.metadata,
});
const reserved = refusal({
  ...of,
  id: "create-database.name-reserved",
  code: "InvalidParameter.Keyword",
  status: 400,
  message: "The database name {name} is a reserved word.",
  says: "System names and T-SQL words are not allowed.",
});
const taken = refusal({
  ...of,
  id: "create-database.name-taken",
  code: "InvalidDBName.Duplicate",
  status: 400,
  message: "The database {name} already exists.",
  says: "The name must be free on the instance, compared without case; a second call after a lost answer meets its own database.",
});
const badDescription = refusal({
  ...of,
  id: "create-database.description",
  parameter: "DBDescription",
  code: "InvalidDBDescription.Format",
  status: 400,
  message: "The description must have 2 to 256 characters and begin with a letter.",
  says: "A letter first, then letters, digits, _ and -.",
  source: sources.createAccountPage,
});
const tooMany = refusal({
  ...of,
  id: "create-database.count",
  code: "QuotaExceeded.DBName",
  status: 400,
  message: "The instance takes at most {limit} databases.",
  says: "DBMaxQuantity databases at most; those being made or dropped count.",
});
behaviour({
  id: "create-database.utf8",
  action: "CreateDatabase",
  parameter: "CharacterSetName",
  switch: "utf8Collation",
  says: "utf8 becomes a collation of SQL Server, Chinese_PRC_CI_AS: any other than these two replaces the database in the alicloud provider.",
  basis: "measured",
  source: sources.terraform,
});
