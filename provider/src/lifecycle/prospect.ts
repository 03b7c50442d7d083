import type { RestorePoint } from "../copy/restorePoint";
import { heldPoints } from "../ownership/change";
import type { Saying } from "../ownership/sayings";
import type { PreviewEnd } from "../reconcile/operation";
import { maybeReplaced } from "../reconcile/preview";
import { knownTargets, textOf, type PartialInputs } from "./inputs";
import type { Former } from "./memory";
import { ownOf } from "./operation";
import type { CopyState } from "./state";

/** What is about to happen to a resource. */
export type Prospect =
  /** Without a former resource a replacement is not told from a creation: `check` is then given no old inputs. */
  | { readonly kind: "create" }
  | { readonly kind: "replace"; readonly former: Former }
  | { readonly kind: "update"; readonly state: CopyState };

/** The state of what exists, as far as it is known. */
export function stateIn(prospect: Prospect): CopyState | undefined {
  switch (prospect.kind) {
    case "create":
      return undefined;
    case "replace":
      return prospect.former.state;
    case "update":
      return prospect.state;
  }
}

/** The target names of what exists, if it is on the instance that is to be filled. */
export function formerNamesOf({ inputs: former, state }: Former, inputs: PartialInputs): string[] {
  if (former.targetDbInstanceId !== inputs.targetDbInstanceId) return [];
  return [...new Set([...Object.keys(state?.databases ?? {}), ...knownTargets(former)])];
}

/** The restore points whose data the resource holds: as the run will find them, or as recorded where nothing could be judged. */
export function heldBy(
  prospect: Prospect,
  inputs: PartialInputs,
  judged: PreviewEnd | undefined,
): readonly RestorePoint[] {
  if (judged?.end === "fine") return judged.held;
  if (prospect.kind !== "update") return [];
  const { databases, restorePoint } = prospect.state;
  return heldPoints(databases, restorePoint, knownTargets(inputs));
}

type MaybeReplaced = Extract<Saying, { readonly kind: "maybeReplaced" }>;

/**
 * What the run refuses unless the state records it: in a replacement whose state is not at hand, and without old inputs,
 * where a lost state is told from `--target-replace` by nothing (limit L12).
 */
export function doubtful(
  inputs: PartialInputs,
  judged: PreviewEnd | undefined,
  { kind }: Prospect,
): readonly MaybeReplaced[] {
  if (judged?.end === "fine") return judged.warnings.filter((one) => one.kind === "maybeReplaced");
  if (judged?.end !== "refused" || kind !== "create") return [];
  // The engine drops nothing of it then, so that the creation finds its names taken, recorded or not.
  if (inputs.retainOnDelete === true) return [];
  const { own } = placeOf(inputs);
  const unrecorded = judged.reasons.flatMap((one) =>
    one.kind === "refused" && one.mark?.owner === own && mayBeRecorded.has(one.why) ? maybeReplaced(one) : [],
  );
  return unrecorded.length === judged.reasons.length ? unrecorded : [];
}

const mayBeRecorded: ReadonlySet<string> = new Set(["unrecorded", "othersIntent"]);

/** What the sentences about ownership name. */
export function placeOf(inputs: PartialInputs) {
  const resourceUrn = textOf(inputs.resourceUrn) ?? "";
  return {
    instanceId: textOf(inputs.targetDbInstanceId) ?? "a target not known yet",
    own: ownOf({ resourceUrn }),
  };
}
