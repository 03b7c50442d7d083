import { refuse } from "../rules/refuse.js";
import { refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import type { Instance } from "../world/schema.js";

/** Refuses to copy from an instance that is no primary one, or serverless. */
export const checkSourceType = (source: Instance): void => {
  checkType(source, readOnlySource);
};

/** Refuses to copy onto such an instance. */
export const checkTargetType = (target: Instance): void => {
  checkType(target, readOnlyTarget);
};

function checkType(instance: Instance, readOnly: typeof readOnlySource): void {
  if (/^serverless/i.test(instance.category) || instance.payType === "SERVERLESS") throw refuse(serverless);
  switch (instance.type) {
    case "Primary":
      return;
    case "Readonly":
      throw refuse(readOnly, { values: { id: instance.id } });
    case "Temp":
      throw refuse(temporary, { values: { id: instance.id } });
    case "Guard":
      throw refuse(guard, { values: { id: instance.id } });
  }
}

const of = { action: "CopyDatabaseBetweenInstances", basis: "documented", source: sources.copyPage } as const;

const serverless = refusal({
  ...of,
  id: "copy.serverless",
  code: "IncorrectDBInstanceType",
  status: 403,
  message: "Serverless instances do not support this operation.",
  says: "Neither side is serverless; the code is not documented for this.",
  basis: "inferred",
  source: sources.copyPageNewest,
});
const readOnlySource = refusal({
  ...of,
  id: "copy.read-only-source",
  parameter: "DBInstanceId",
  code: "ReadOnlyInstanceNotSupport",
  status: 400,
  message: "The read-only instance {id} does not support this operation.",
  says: "The source is not a read-only instance. Of the two documented codes about read-only instances this one is taken for it.",
  basis: "inferred",
});
const readOnlyTarget = refusal({
  ...of,
  id: "copy.read-only-target",
  parameter: "TargetDBInstanceId",
  code: "ReadDBInstanceNotSupport",
  status: 400,
  message: "The read-only instance {id} does not support this operation.",
  says: "The target is not a read-only instance.",
});
const temporary = refusal({
  ...of,
  id: "copy.temporary",
  code: "InvalidTempInstance.NotSupport",
  status: 403,
  message: "The temporary instance {id} does not support this operation.",
  says: "Neither side is a temporary instance.",
});
const guard = refusal({
  ...of,
  id: "copy.guard",
  code: "IncorrectDBInstanceType",
  status: 403,
  message: "The type of the instance {id} does not support this operation.",
  says: "Neither side is a disaster recovery instance.",
});
