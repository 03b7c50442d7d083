import { refuse } from "../rules/refuse.js";
import { refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import type { Privilege, World } from "../world/schema.js";

/** What fails inside the service when a copy begins, where the world says so: an operation on a database, a login. */
export function checkBackEnd(
  { copy }: World,
  databases: readonly { readonly source: string; readonly users: Readonly<Record<string, Privilege>> }[],
): void {
  for (const { source: name } of databases) {
    const code = copy.refuseDatabases[name];
    if (code === "") throw refuse(operationFailed, { values: { name } });
    if (code !== undefined) throw refuse(freeCode, { code, values: { name } });
  }
  const slow = databases
    .flatMap(({ users }) => Object.keys(users))
    .find((user) => copy.slowLogins.includes(user));
  if (slow !== undefined) throw refuse(loginTimedOut, { values: { user: slow } });
}

const of = { action: "CopyDatabaseBetweenInstances", basis: "documented", source: sources.copyPage } as const;

const operationFailed = refusal({
  ...of,
  id: "copy.operation-failed",
  parameter: "DbNames",
  code: "SqlExecuteFailedOrTimeout",
  status: 400,
  message: "The operation on the database {name} failed.",
  says: "An operation on a database fails for reasons inside the service; the world's copy.refuseDatabases chooses with which.",
});
const freeCode = refusal({
  ...of,
  id: "copy.operation-failed-with",
  parameter: "DbNames",
  code: "%s",
  status: 400,
  message: "The operation on the database {name} failed.",
  says: "The same with a code that the back end chooses freely; the world's copy.refuseDatabases names it.",
});
const loginTimedOut = refusal({
  ...of,
  id: "copy.login-timed-out",
  parameter: "SyncUserPrivilege",
  code: "NetworkOrSqlTimeoutError",
  status: 408,
  message: "The login {user} could not be made on the target in time.",
  says: "With YES a login is made on the target; the world's copy.slowLogins lists those for which that takes too long. Nothing is copied then (inferred).",
});
