import { copyTrace } from "../copy/copyTasks";
import { hasOwnMark } from "../copy/marks";
import type { DatabaseFacts, RdsApi } from "../rds/rdsApi";
import { momentOf } from "../time/moment";
import { wentUnmarked, whyForeign } from "./marking";
import type { Run } from "./run";
import { isOpen, isSettled, type CopyState, type DatabaseState } from "./state";

/**
 * Why the database that a look shows is not the one that the state tells of, or `undefined`. A mark decides,
 * where there is one. Without one, a copy that was accepted is believed unless its tasks say that it failed,
 * and one whose answer was lost only if they say that it was made: somebody else may have made the name. One that was gone comes back only with a mark of its own.
 */
export async function whyNotOurs(
  rds: Pick<RdsApi, "describeTasks" | "describeHistoryTasks">,
  state: Pick<CopyState, "targetDbInstanceId" | "ownershipMarks" | "resourceUrn" | "startedAt">,
  recorded: DatabaseState,
  found: DatabaseFacts,
  { clock }: Run,
): Promise<string | undefined> {
  const foreign = whyForeign(state, recorded, found);
  if (foreign) return foreign;
  if (wentUnmarked(state, recorded) && !hasOwnMark(state.resourceUrn, found.description)) {
    return `Database ${found.name} on ${state.targetDbInstanceId} was gone when it was last looked for, and nothing shows that the one there now is ours. It is left as it is.`;
  }
  if (isSettled(recorded) || hasOwnMark(state.resourceUrn, found.description)) return undefined;
  const instanceId = state.targetDbInstanceId;
  const { askedAt = state.startedAt, askedUntil } = recorded;
  const trace = await copyTrace(rds, {
    instanceId,
    source: recorded.sourceName,
    target: found.name,
    since: momentOf(askedAt),
    until: isOpen(recorded) && askedUntil !== undefined ? momentOf(askedUntil) : undefined,
    now: clock.now(),
  });
  if (isOpen(recorded) ? trace === "made" : trace !== "failed") return undefined;
  const evidence = isOpen(recorded)
    ? "the answer to its copy was lost, and no task of the instance speaks of that copy"
    : "the tasks of the instance say that its copy failed";
  return `Database ${found.name} on ${instanceId} may be somebody else's: ${evidence}. It is left as it is.`;
}
