import { dropDatabase, type DropEnd } from "../copy/dropDatabase";
import { untilListed } from "../copy/untilListed";
import { RdsFailure } from "../rds/failure";
import type { RdsApi } from "../rds/rdsApi";
import type { Run } from "./run";
import type { CopyState, DatabaseState } from "./state";
import { whyNotOurs } from "./whyNotOurs";

export interface Drop {
  readonly rds: RdsApi;
  readonly deadline: number;
  readonly state: Pick<
    CopyState,
    "targetDbInstanceId" | "databases" | "ownershipMarks" | "resourceUrn" | "startedAt"
  >;
  /** Target names as declared. */
  readonly names: readonly string[];
}

/** Drops what this resource copied; adopted and foreign databases are left, and that is said. */
export async function dropDeclared(
  { rds, deadline, state, names }: Drop,
  run: Run,
): Promise<{ databases: Record<string, DatabaseState>; reasons: readonly string[] }> {
  const instanceId = state.targetDbInstanceId;
  const expect = async (name: string): Promise<string | undefined> => {
    try {
      await untilListed({ rds, clock: run.clock, signal: run.signal, deadline, instanceId, names: [name] });
      return undefined;
    } catch (error) {
      if (!(error instanceof RdsFailure)) throw error;
      return `Database ${name} on ${instanceId} could not be looked for, so it was not dropped. ${error.message}`;
    }
  };
  const ends = await Promise.all(
    names.map(async (declared): Promise<{ declared: string; end: DropEnd }> => {
      const database = state.databases[declared];
      if (!database) return { declared, end: { state: "gone" } };
      const left = whyLeft(database, instanceId);
      if (left) return { declared, end: { state: "left", reason: left } };
      run.report.status(`dropping ${database.targetName}`);
      // Asked for and never seen: it may still come, and nobody would know of it then.
      const unseen = database.status === "Requested" ? await expect(database.targetName) : undefined;
      if (unseen) return { declared, end: { state: "failed", reason: unseen } };
      const end = await dropDatabase({
        rds,
        clock: run.clock,
        signal: run.signal,
        locks: run.locks,
        deadline,
        instanceId,
        name: database.targetName,
        reasonToLeave: (found) => whyNotOurs(rds, state, database, found, run),
      });
      return { declared, end };
    }),
  );
  const databases = { ...state.databases };
  const reasons: string[] = [];
  for (const { declared, end } of ends) {
    switch (end.state) {
      case "left":
        run.report.info(end.reason);
        delete databases[declared];
        break;
      case "gone":
        delete databases[declared];
        break;
      case "failed":
        reasons.push(end.reason);
        break;
    }
  }
  return { databases, reasons };
}

function whyLeft({ origin, status, targetName }: DatabaseState, instanceId: string): string | undefined {
  if (origin === "adopted")
    return `Database ${targetName} on ${instanceId} was taken over, not copied: it is left as it is.`;
  if (status === "Foreign")
    return `Database ${targetName} on ${instanceId} was made by somebody else: it is left as it is.`;
  return undefined;
}
