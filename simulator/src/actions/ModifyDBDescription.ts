import { refuse } from "../rules/refuse.js";
import { behaviour, refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { draftInstance } from "../world/find.js";
import { action } from "./action.js";
import { existingDatabase, writableInstance } from "./writableInstance.js";

export const modifyDBDescription = action({
  name: "ModifyDBDescription",
  required: ["DBInstanceId", "DBName", "DBDescription"],
  handle(call) {
    const instance = writableInstance(call, "ModifyDBDescription");
    const database = existingDatabase(call, instance);
    const description = call.params["DBDescription"] ?? "";
    if (!isDescription(description)) throw refuse(badDescription);
    if (description === database.description) return {};
    call.change((draft) => {
      const changed = draftInstance(draft, instance.id).databases.find(({ name }) => name === database.name);
      if (changed !== undefined) changed.description = description;
    });
    return {};
  },
});

/** 2 to 256 characters, a letter first (Chinese characters are letters), then letters, digits, `_` and `-`. */
export const isDescription = (text: string): boolean => /^\p{L}[\p{L}\p{N}_-]{1,255}$/u.test(text);

const badDescription = refusal({
  id: "description.format",
  action: "ModifyDBDescription",
  parameter: "DBDescription",
  code: "InvalidDBDescription.Format",
  status: 400,
  message: "The description must have 2 to 256 characters and begin with a letter.",
  says: "The rule of CreateDatabase holds: a letter first, then letters, digits, _ and -. The code is not documented for this action.",
  basis: "inferred",
  source: sources.metadata,
});
behaviour({
  id: "description.any-status",
  action: "ModifyDBDescription",
  says: "A database can be described from the moment it is listed, while it is still being made.",
  basis: "inferred",
  source: sources.metadata,
});
