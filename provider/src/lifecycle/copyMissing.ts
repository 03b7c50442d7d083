import { randomUUID } from "node:crypto";
import { listNames } from "../copy/databaseNames";
import { describeRestorePoint } from "../copy/restorePoint";
import type { RdsApi } from "../rds/rdsApi";
import { fill } from "./fill";
import type { CopyInputs } from "./inputs";
import type { PointGroup } from "./repairPoint";
import type { Run } from "./run";
import type { CopyState } from "./state";

/** A state in the making. */
export type OpenState = Omit<CopyState, "names" | "completedAt">;

/** How far the missing databases came. */
export interface Copied {
  readonly state: OpenState;
  /** Whether a copy was accepted, or may have been. */
  readonly begun: boolean;
  /** Empty if all of them run. */
  readonly reasons: readonly string[];
}

/** Copies groups of databases one after the other: one copy at a time has a receipt, and an unfinished one keeps it. */
export async function copyMissing(
  groups: readonly PointGroup[],
  start: OpenState,
  { rds, inputs, deadline }: { readonly rds: RdsApi; readonly inputs: CopyInputs; readonly deadline: number },
  run: Run,
): Promise<Copied> {
  let state = start;
  let begun = false;
  for (const { names, choice } of groups) {
    const what = listNames(Object.keys(names));
    const filled = await fill({ inputs, names, choice, rds, deadline }, run);
    if (filled.state === "refused") {
      const { sourceDbInstanceId: source, targetDbInstanceId: target } = inputs;
      return {
        state,
        begun,
        reasons: [`Copying ${what} from ${source} to ${target} was refused. ${filled.reason}`],
      };
    }
    begun = true;
    const { requestId, restorePoint, databases, reasons } = filled;
    state = {
      ...state,
      databases: { ...state.databases, ...databases },
      restorePoint,
      dataVersion: requestId ?? `unanswered-${randomUUID()}`,
      ...(requestId === undefined ? {} : { requestId }),
    };
    if (reasons.length > 0) return { state, begun, reasons };
    run.report.info(`Copied ${what} from ${describeRestorePoint(restorePoint)}.`);
  }
  return { state, begun, reasons: [] };
}
