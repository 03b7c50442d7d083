import type { DatabaseNames } from "../copy/databaseNames";
import type { RestorePoint } from "../copy/restorePoint";
import { ownerOf, type Owner } from "../ownership/mark";
import type { Records } from "../ownership/record";
import { allRules } from "../ownership/rules";
import { factsOf, freshMs } from "../preflight/facts";
import { lookAhead } from "../preflight/lookAhead";
import { unhurried } from "../preflight/patience";
import { patientReads } from "../rds/patientReads";
import type { RdsApi } from "../rds/rdsApi";
import type { Target } from "../reconcile/drive";
import type { Host } from "../reconcile/host";
import type { Context, Wanted } from "../reconcile/operation";
import type { CopyInputs } from "./inputs";
import { choiceIn } from "./plan";

/** The inputs of this resource as the reconciler takes them. */
export function wantedOf(inputs: CopyInputs): Wanted {
  return {
    names: inputs.dbNames,
    choice: choiceIn(inputs),
    claim: inputs.claim ?? [],
    adopt: inputs.adoptExisting ?? false,
    retain: inputs.retainOnDelete ?? false,
    marksOn: inputs.ownershipMarks ?? true,
  };
}

/** Who this resource is by its URN. */
export function ownOf({ resourceUrn }: Pick<CopyInputs, "resourceUrn">): Owner {
  return ownerOf(resourceUrn ?? "");
}

export interface Known {
  readonly records: Records;
  readonly restorePoint?: RestorePoint | undefined;
  readonly declared?: readonly string[];
}

export function contextOf(inputs: CopyInputs, own: Owner, known: Known): Context {
  const { sourceDbInstanceId: instanceId, syncUserPrivilege = false } = inputs;
  return {
    rules: allRules,
    marksOn: inputs.ownershipMarks ?? true,
    own,
    source: { instanceId, syncUserPrivilege },
    ...known,
  };
}

/** What an operation works on: the target of `inputs` as `rds` reaches it. */
export function targetOf(
  inputs: CopyInputs,
  context: Context,
  { rds, deadline, isPreview = false }: { rds: RdsApi; deadline: number; isPreview?: boolean },
  host: Host,
): Target {
  const { records, own, source } = context;
  return {
    rds,
    deadline,
    isPreview,
    source,
    own,
    urn: inputs.resourceUrn,
    instanceId: inputs.targetDbInstanceId,
    names: { ...sourcesOf(records), ...inputs.dbNames },
    known: new Set(
      Object.values(records).flatMap((record) => (record.phase === "adopted" ? [] : [record.id])),
    ),
    lookAhead: (call) => {
      const facts = factsOf(rds, {
        reads: patientReads(rds, host.clock, host.signal),
        clock: host.clock,
        patience: unhurried,
        // Before a drop everything is really asked.
        maxAgeMs: call.before === "drop" ? 0 : freshMs,
      });
      const plan = {
        sourceDbInstanceId: inputs.sourceDbInstanceId,
        targetDbInstanceId: inputs.targetDbInstanceId,
        names: Object.fromEntries(call.names),
        choice: call.choice,
        maxBackupAge: inputs.maxBackupAge,
        requireTargetTags: inputs.requireTargetTags,
        dropped: call.before === "drop" ? [...Object.keys(records), ...call.names.values()] : [],
      };
      const { before, held } = call;
      return lookAhead({ before, mode: inputs.preflight ?? "enforce", plan, held }, facts, host.clock);
    },
  };
}

/** Source name to target name of what is recorded. */
function sourcesOf(records: Records): DatabaseNames {
  return Object.fromEntries(
    Object.entries(records).flatMap(([name, record]) =>
      record.phase === "adopted" || record.source === undefined ? [] : [[record.source, name]],
    ),
  );
}
