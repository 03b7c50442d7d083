import { sameName } from "../copy/databaseNames";
import { optionProblem } from "../ownership/change";
import { explainOptions } from "../ownership/explain";
import { allRules } from "../ownership/rules";
import { RdsFailure, whenNotFound } from "../rds/failure";
import { factsOf } from "../preflight/facts";
import { previewBudgetMs, shortPatience } from "../preflight/patience";
import { foresee } from "./foresee";
import { knownNames, knownTargets, textOf, type FoundAt, type PartialInputs } from "./inputs";
import type { Former, Session } from "./memory";
import { normaliseInputs } from "./normalise";
import { movedInstances, placeNow } from "./plan";
import type { Problem } from "./pastedOutput";
import { holdsUnknown, isKnown } from "./unknown";

export interface Checked {
  /** The inputs in their normal form, gaps for what is not known yet. */
  readonly inputs: PartialInputs;
  readonly problems: readonly Problem[];
}

/**
 * Checks the inputs: their shape first, without the cloud and all problems at once; then what contradicts each other; then,
 * where a resource is created or replaced, what that would run into. An update is looked ahead at by `diff`, which is
 * given the state. The engine asks in the preview and again, with resolved values, in the run, before anything is dropped.
 */
export async function check(
  oldInputs: Readonly<Record<string, unknown>>,
  newInputs: Readonly<Record<string, unknown>>,
  session: Session,
): Promise<Checked> {
  const { clock, memory, report } = session;
  const { inputs: given, problems } = normaliseInputs(newInputs, clock);
  if (problems.length > 0) return { inputs: given, problems };

  const old = oldInputsOf(oldInputs, session);
  const urn = textOf(given.resourceUrn);
  const inputs = withPlace(given, old, session);
  const twice = declaredTwice(inputs, session);
  if (twice.length > 0) return { inputs, problems: twice };

  if (
    inputs.maxBackupAge !== undefined &&
    (inputs.backupId !== undefined || inputs.restoreTime !== undefined)
  )
    report.warn(
      "maxBackupAge applies to the latest backup and has no effect beside backupId or restoreTime.",
    );
  if (old) memory.sawFormer(urn, { inputs: old });
  const former = memory.formerOf(urn);
  const contradictions = [...optionProblems(inputs, old, former), ...protectedDrops(inputs, old)];
  if (contradictions.length > 0) return { inputs, problems: contradictions };
  if (old) return { inputs, problems: await movedAway(inputs, old, session) };
  const prospect = former ? ({ kind: "replace", former } as const) : ({ kind: "create" } as const);
  const obstacles = await foresee(inputs, prospect, session);
  // What is refused is not created.
  if (obstacles.length === 0) memory.sawCreation(urn, inputs);
  return { inputs, problems: obstacles };
}

function oldInputsOf(
  oldInputs: Readonly<Record<string, unknown>>,
  { clock }: Session,
): PartialInputs | undefined {
  if (Object.keys(oldInputs).length === 0) return undefined;
  return normaliseInputs(oldInputs, clock).inputs;
}

/** Where the target is looked for now; it stays where it was as long as nobody names another region. */
function withPlace(
  given: PartialInputs,
  old: PartialInputs | undefined,
  { connect }: Session,
): PartialInputs {
  const { connection } = given;
  if (connection !== undefined && (!isKnown(connection) || holdsUnknown(connection))) return given;
  return { ...given, foundAt: placeNow(connect(connection), foundAtOf(old)) };
}

function foundAtOf(inputs: PartialInputs | undefined): FoundAt | undefined {
  const foundAt = inputs?.foundAt;
  return foundAt !== undefined && isKnown(foundAt) ? foundAt : undefined;
}

/** Two resources of one program that declare one database would never agree on it. */
function declaredTwice(inputs: PartialInputs, { registry }: Session): Problem[] {
  const { targetDbInstanceId: instanceId, resourceUrn: urn } = inputs;
  if (typeof instanceId !== "string" || typeof urn !== "string") return [];
  const others = registry.declare({ urn, instanceId, names: knownTargets(inputs) });
  return Object.entries(knownNames(inputs)).flatMap(([source, name]) => {
    const other = others.get(name);
    return other === undefined
      ? []
      : [
          {
            property: `dbNames.${source}`,
            reason: `is to become ${name} on ${instanceId}, which another resource of this program declares already: ${other}.`,
          },
        ];
  });
}

/** Options of Pulumi and of ours that contradict each other. */
function optionProblems(
  inputs: PartialInputs,
  old: PartialInputs | undefined,
  former: Former | undefined,
): Problem[] {
  const before = old ?? former?.inputs;
  const isMoved = before !== undefined && movedInstances(before, inputs).length > 0;
  // Asked without old inputs although the resource exists: it is being replaced.
  const isReplaced = old ? isMoved : former !== undefined;
  const createFirst = inputs.deleteBeforeReplace === false;
  const problem = optionProblem(
    {
      adopt: inputs.adoptExisting === true,
      marksOn: inputs.ownershipMarks !== false,
      isReplaced: isReplaced || createFirst,
      createFirst,
      // The engine goes by the option in the state.
      retain: inputs.retainOnDelete === true || before?.retainOnDelete === true,
      names: knownTargets(inputs),
      hadNames: before && before.targetDbInstanceId === inputs.targetDbInstanceId ? knownTargets(before) : [],
    },
    allRules,
  );
  return problem ? [explainOptions(problem)] : [];
}

/** A protected resource drops nothing that its program no longer declares. */
function protectedDrops(inputs: PartialInputs, old: PartialInputs | undefined): Problem[] {
  if (!old || (inputs.protect !== true && old.protect !== true)) return [];
  if (holdsUnknown(inputs.dbNames) || inputs.targetDbInstanceId !== old.targetDbInstanceId) return [];
  if (inputs.retainOnDelete === true || old.retainOnDelete === true) return [];
  const names = knownTargets(inputs);
  return knownTargets(old)
    .filter((name) => !names.some((declared) => sameName(declared, name)))
    .map((name) => ({ property: "dbNames", reason: protectedReason(name) }));
}

export function protectedReason(name: string): string {
  return (
    `no longer declares ${name}, which would be dropped, and this resource is protected. Declare it again; ` +
    "or set protect: false, run `pulumi up`, and remove the name after that."
  );
}

/** A target that is looked for in another region or at another endpoint must be found there. */
async function movedAway(inputs: PartialInputs, old: PartialInputs, session: Session): Promise<Problem[]> {
  const { targetDbInstanceId: instanceId, connection } = inputs;
  const [before, now] = [foundAtOf(old), foundAtOf(inputs)];
  if (!before || !now || (before.region === now.region && before.endpoint === now.endpoint)) return [];
  if (typeof instanceId !== "string" || instanceId !== old.targetDbInstanceId || holdsUnknown(connection))
    return [];
  const { clock, report, signal } = session;
  const cloud = session.rds(connection as Parameters<Session["rds"]>[0]);
  const patience = shortPatience(clock, previewBudgetMs, cloud.waitsFor);
  const isThere = async () =>
    (await factsOf(cloud, { reads: cloud, clock, patience, maxAgeMs: 0 })
      .instance(instanceId)
      .catch(whenNotFound)) !== undefined;
  try {
    if (await isThere()) return [];
    await clock.sleep(2000, signal);
    if (await isThere()) return [];
  } catch (error) {
    if (!(error instanceof RdsFailure)) throw error;
    report.warn(
      `Whether ${instanceId} is found in region ${now.region} (endpoint ${now.endpoint}) was not checked; before, it was found in ` +
        `${before.region} (endpoint ${before.endpoint}). pulumi up records the change only if it is found. ${error.message}`,
    );
    return [];
  }
  return [{ property: "connection", reason: elsewhereReason(instanceId, now, before) }];
}

export function elsewhereReason(instanceId: string, now: FoundAt, before: FoundAt): string {
  return (
    `leads to region ${now.region} (endpoint ${now.endpoint}), where instance ${instanceId} was not found. Before, it was found in region ` +
    `${before.region} (endpoint ${before.endpoint}). Correct alicloud:region, alicloud:endpoints or connection; a changed region replaces nothing.`
  );
}
