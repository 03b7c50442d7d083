import type { Call } from "../call/call.js";
import { refuse } from "../rules/refuse.js";
import { refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import type { Instance } from "../world/schema.js";
import { ownInstance } from "../call/ownInstance.js";

/** The instance of a call that is documented for other engines than SQL Server. */
export function otherEngine(call: Call, action: string): Instance {
  const instance = ownInstance(call, action);
  if (instance.engine === "SQLServer") throw refuse(sqlServer);
  return instance;
}

const sqlServer = refusal({
  id: "all.not-for-sql-server",
  action: "DescribeBinlogFiles, DescribeLocalAvailableRecoveryTime, DescribeMetaList",
  parameter: "DBInstanceId",
  code: "InvalidDBInstanceEngineType.Format",
  status: 400,
  message: "The engine of the instance does not support this operation.",
  says: "These actions are not for SQL Server: the pages say so, and name MySQL, PostgreSQL and MariaDB. Of the codes that every page ends with, this one speaks of the engine.",
  basis: "inferred",
  source: sources.metadata,
});
