import type { Call } from "../call/call.js";
import { refuse } from "../rules/refuse.js";
import { refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import type { Instance } from "../world/schema.js";
import { ownInstance } from "../call/ownInstance.js";

/** The instance of a call about backups, which an instance that is still being made has none of. */
export function madeInstance(call: Call, action: string): Instance {
  const instance = ownInstance(call, action);
  if (instance.status === "Creating") throw refuse(notMade, { values: { id: instance.id } });
  return instance;
}

const notMade = refusal({
  id: "backups.instance-status",
  action: "DescribeBackups, DescribeBackupPolicy",
  parameter: "DBInstanceId",
  code: "IncorrectDBInstanceState",
  status: 403,
  message: "The instance {id} is being created; its state does not permit this operation.",
  says: "The instance is made. The code is documented; that only an instance being created has it is taken for granted.",
  basis: "inferred",
  source: sources.backupsPage,
});
