import type { CopyInputs } from "./inputs";
import { withDefaults } from "./inputs";
import { ending, LifecycleError, type Ending } from "./ending";
import { rekeyed } from "./drift";
import { finish } from "./finish";
import { planChange } from "./plan";
import type { Run } from "./run";
import { placeOf, type CopyState } from "./state";

/**
 * Brings an existing resource to its inputs: resumes what an earlier run left unfinished, copies what is
 * missing or new, and only then drops what is no longer declared. Other inputs change the state alone.
 */
export async function update(id: string, old: CopyState, inputs: CopyInputs, run: Run): Promise<Ending> {
  const plan = planChange(old, inputs, run.connect(inputs.connection));
  switch (plan.kind) {
    case "record":
      plan.notes.forEach((note) => run.report.info(note));
      return record(id, old, inputs, run);
    case "nothing":
      return record(id, old, inputs, run);
    case "change":
      return finish(id, old, inputs, run, "update");
    case "undecided":
    case "replace":
      // The engine asks `diff` first and replaces; a state written by hand may lead here all the same.
      throw new LifecycleError(
        `DatabaseCopy ${id} cannot be changed in place${plan.kind === "replace" ? `, because ${plan.reasons.join("; ")}` : ""}. ` +
          `Nothing was done; replace it with "pulumi up --target-replace".`,
      );
  }
}

/** The state takes the new inputs; nothing in the cloud is asked or changed. */
function record(id: string, old: CopyState, inputs: CopyInputs, run: Run): Ending {
  const { restorePoint, requestId, completedAt, dataVersion, startedAt } = old;
  const { state } = ending(
    id,
    {
      ...withDefaults(inputs),
      ...placeOf(old),
      dataVersion,
      startedAt,
      databases: rekeyed(old.databases, inputs),
      ...(restorePoint === undefined ? {} : { restorePoint }),
      ...(requestId === undefined ? {} : { requestId }),
    },
    [],
    run,
  );
  const { completedAt: _now, ...rest } = state;
  return { id, state: completedAt === undefined ? rest : { ...rest, completedAt }, reasons: [] };
}
