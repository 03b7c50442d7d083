import type { CopyState, DatabaseState } from "../../../../provider/src/lifecycle/state";

/** A database that was copied, as the state records it. */
export function copied(name: string, more: Partial<DatabaseState> = {}): DatabaseState {
  return { sourceName: name, targetName: name, status: "Running", origin: "copied", ...more };
}

/** The state of a resource with these databases. */
export function stateOf(databases: CopyState["databases"], more: Partial<CopyState> = {}): CopyState {
  return {
    sourceDbInstanceId: "rm-prod",
    targetDbInstanceId: "rm-target",
    dbNames: {},
    names: {},
    databases,
    dataVersion: "R-1",
    region: "cn-shanghai",
    startedAt: "2026-03-01T01:00:00Z",
    ...more,
  };
}
