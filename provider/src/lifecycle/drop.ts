import { dropDatabase, type DropEnd } from "../copy/dropDatabase";
import { untilListed } from "../copy/untilListed";
import { withName } from "../copy/databaseNames";
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

export interface Dropped {
  /** What is left to record. */
  readonly databases: Readonly<Record<string, DatabaseState>>;
  readonly reasons: readonly string[];
  /** Whether anything that was copied is gone now. */
  readonly isAnyDropped: boolean;
}

/** Drops what this resource copied; adopted and foreign databases are left, and that is said. */
export async function dropDeclared({ rds, deadline, state, names }: Drop, run: Run): Promise<Dropped> {
  const instanceId = state.targetDbInstanceId;
  const { clock, signal, locks } = run;
  const unseen: string[] = [];
  /** Asked for and never seen: it may still come, and nobody would know of it then. */
  const expect = async (name: string): Promise<string | undefined> => {
    try {
      const listed = await untilListed({ rds, clock, signal, deadline, instanceId, names: [name] });
      if (!withName(listed, name)) unseen.push(name);
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
      if (database.origin === "adopted") {
        const reason = `Database ${database.targetName} on ${instanceId} was taken over, not copied: it is left as it is.`;
        return { declared, end: { state: "left", reason } };
      }
      run.report.status(`dropping ${database.targetName}`);
      const failed = database.status === "Requested" ? await expect(database.targetName) : undefined;
      if (failed) return { declared, end: { state: "failed", reason: failed } };
      const end = await dropDatabase({
        rds,
        clock,
        signal,
        locks,
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
        if (unseen.includes(databases[declared]?.targetName ?? ""))
          run.report.warn(neverSeen(declared, instanceId));
        delete databases[declared];
        break;
      case "failed":
        reasons.push(end.reason);
        break;
    }
  }
  return { databases, reasons, isAnyDropped: ends.some(({ end }) => end.state === "gone") };
}

/** What may still come is not known to anybody once its record is gone. */
function neverSeen(name: string, instanceId: string): string {
  return (
    `The copy of ${name} was asked for, and no such database appeared on ${instanceId}: it is taken as not made. ` +
    `Should one appear later, nobody drops it: look at the instance once more.`
  );
}
