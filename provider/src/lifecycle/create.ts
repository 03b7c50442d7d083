import { listNames } from "../copy/databaseNames";
import { drive } from "../reconcile/drive";
import type { Saying } from "../ownership/sayings";
import { explainAll } from "../ownership/manySayings";
import { reconcile } from "../reconcile/reconcile";
import { toUtcSeconds } from "../time/moment";
import { listedBackups, withAge } from "./dataAge";
import { textOf, timeoutOf, type CopyInputs } from "./inputs";
import type { Session } from "./memory";
import { contextOf, ownOf, targetOf, wantedOf } from "./operation";
import { placeNow } from "./plan";
import { LifecycleError, resourceId, stateOf, type Ending, type OpenState } from "./state";

/**
 * Copies the databases and waits until they run. Before the copy is accepted, a failure leaves nothing behind; from then
 * on it ends as a resource with reasons, which the next run continues.
 */
export async function create(inputs: CopyInputs, session: Session): Promise<Ending> {
  const { clock, memory } = session;
  const started = clock.now();
  memory.creating(inputs.resourceUrn);
  const context = contextOf(inputs, ownOf(inputs), { records: {} });
  const rds = session.rds(inputs.connection);
  const target = targetOf(inputs, context, { rds, deadline: started + timeoutOf(inputs, "create") }, session);
  const end = await drive(reconcile(context, wantedOf(inputs)), target, session);
  const found = end.end === "done" ? [] : end.reasons;
  const reasons = found.some((one) => one.kind === "refused" && one.mark)
    ? await withAges(found, inputs, session)
    : found;
  // What was accepted is kept, whatever became of it. So is a lost answer, which may have started the copy.
  const isNothing =
    end.end === "refused" ||
    (end.end === "unfinished" &&
      Object.keys(end.records).length === 0 &&
      end.restorePoint === undefined &&
      !reasons.some(({ kind }) => kind === "copyUnanswered"));
  const sentences = explainAll(reasons, target, session.report);
  if (isNothing) {
    const former = memory.deletedOf(inputs.resourceUrn);
    const names = listNames(Object.keys(inputs.dbNames));
    const lost = former
      ? `The databases that this resource had copied to ${textOf(former.inputs.targetDbInstanceId) ?? "its target"} were dropped for the replacement; the next \`pulumi up\` copies them. `
      : "";
    throw new LifecycleError(
      `${lost}Copying ${names} from ${inputs.sourceDbInstanceId} to ${inputs.targetDbInstanceId} did not begin. ${sentences.join("\n")}`,
    );
  }
  const { records, restorePoint, requestId } = end;
  const open: OpenState = {
    ...inputs,
    owner: context.own,
    foundAt: inputs.foundAt ?? placeNow(session.connect(inputs.connection), undefined),
    databases: records,
    startedAt: toUtcSeconds(started),
    ...(restorePoint === undefined ? {} : { restorePoint }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(sentences.length > 0 ? {} : { completedAt: toUtcSeconds(clock.now()) }),
  };
  const state = stateOf(open);
  memory.ended(inputs.resourceUrn, state);
  return { id: resourceId(inputs.targetDbInstanceId, session.newId()), state, reasons: sentences };
}

/** With the age of what is there: whether to claim it is for a person to say. */
async function withAges(
  reasons: readonly Saying[],
  { sourceDbInstanceId, connection, maxBackupAge }: CopyInputs,
  { rds, clock }: Session,
): Promise<readonly Saying[]> {
  const backups = await listedBackups(sourceDbInstanceId, (instanceId) =>
    rds(connection).describeBackups({ instanceId }),
  );
  return reasons.map((reason) => withAge(reason, backups, { now: clock.now(), maxBackupAge }));
}
