import { isDeepStrictEqual } from "node:util";
import { nameKey } from "../copy/databaseNames";
import type { Id } from "../ownership/mark";
import { idOf } from "../ownership/record";
import type { Host } from "../reconcile/host";
import type { CopyInputs, PartialInputs } from "./inputs";
import { countCopies, type CopyCount } from "./manyCopies";
import type { CopyState } from "./state";
import { holdsUnknown, isKnown } from "./unknown";

/** The one context object of the operations, with what this process has seen before. */
export interface Session extends Host {
  readonly memory: Memory;
}

/**
 * What this process has seen of each resource in one run of the engine, by the URN that it has in this run. In a replacement
 * `check` comes first with the old inputs and then without any, and `delete` before `create`: each is told what the others saw.
 */
export interface Memory {
  /** `check` saw the inputs of an existing resource, or `diff` its state. */
  sawFormer(urn: string | undefined, former: Omit<Former, "urns">): void;
  /** What exists and is to be replaced by the creation of this URN, unless it was deleted since. */
  formerOf(urn: string | undefined): Former | undefined;
  /** `check` saw what is to be created under this URN. */
  sawCreation(urn: string | undefined, inputs: PartialInputs): void;
  /** What is to be created in the place of a resource that is deleted in this run. */
  creationAfter(deleted: CopyState): Follower;
  /** What the resource of this state is called in this run. */
  urnOf(state: CopyState): string | undefined;
  /** The creation of this URN has begun: what is deleted from now on is not deleted for it. */
  creating(urn: string | undefined): void;
  /** A creation or an update of this URN has ended with this state. */
  ended(urn: string | undefined, state: CopyState): void;
  deleted(state: CopyState): void;
  /** The former resource, if it was deleted in this run. */
  deletedOf(urn: string | undefined): Former | undefined;
  readonly copies: CopyCount;
}

/** A resource that exists, as far as it is known: `diff` is given its state, `check` only its inputs. */
export interface Former {
  readonly inputs: PartialInputs;
  readonly state?: CopyState;
  /** All URNs that it was seen under, in inputs and states. */
  readonly urns: ReadonlySet<string>;
}

export type Follower =
  | { readonly kind: "none" }
  | { readonly kind: "creation"; readonly inputs: CopyInputs }
  /** It was renamed in an earlier run, and one of several is created in its place. */
  | { readonly kind: "unclear"; readonly urns: readonly string[] };

/** One resource of the program. */
interface Known {
  former?: Former;
  creation?: PartialInputs;
  /** As an operation of this process left it: one process may serve several runs. */
  last?: CopyState;
  isDeleted: boolean;
}

/** `atATime`: how many operations the engine runs at a time. */
export function processMemory(atATime = Number.POSITIVE_INFINITY): Memory {
  const resources = new Map<string, Known>();
  const known = (urn: string): Known => {
    const one = resources.get(urn) ?? { isDeleted: false };
    resources.set(urn, one);
    return one;
  };
  const formerOf = (urn: string | undefined, isDeleted: boolean) => {
    const one = urn === undefined ? undefined : resources.get(urn);
    return one?.isDeleted === isDeleted ? one.former : undefined;
  };

  const resourceOf = (state: CopyState) => {
    const all = [...resources];
    return all.find(([, one]) => isOf(state, one)) ?? all.find(([urn, one]) => isCalled(state, urn, one));
  };
  /**
   * What may be created in its place. What nothing here matches was renamed in an earlier run, and has other inputs now: as
   * the engine deletes what left the program after all that it creates, it makes room for a creation without a former.
   */
  const followersOf = (state: CopyState): readonly (readonly [urn: string, inputs: PartialInputs])[] => {
    const [urn, found] = resourceOf(state) ?? [];
    if (urn !== undefined && found) return found.creation ? [[urn, found.creation]] : [];
    const pending = [...resources].flatMap(([one, { creation, former }]) =>
      creation && !former && !claims(creation, state) ? [[one, creation] as const] : [],
    );
    const namesakes = pending.filter(([one]) => nameIn(one) === nameIn(state.resourceUrn ?? ""));
    return namesakes.length > 0 ? namesakes : pending;
  };

  return {
    sawFormer(urn, { inputs, state }) {
      if (urn === undefined) return;
      const one = known(urn);
      const { resourceUrn } = inputs;
      const urns = new Set(one.former?.urns);
      if (typeof resourceUrn === "string") urns.add(resourceUrn);
      one.former = { ...one.former, inputs, ...(state ? { state } : {}), urns };
    },
    formerOf: (urn) => formerOf(urn, false),
    sawCreation(urn, inputs) {
      if (urn !== undefined) known(urn).creation = inputs;
    },
    creationAfter(state) {
      const [follower, ...others] = followersOf(state);
      if (!follower) return { kind: "none" };
      if (others.length > 0) return { kind: "unclear", urns: [follower, ...others].map(([urn]) => urn) };
      const [, inputs] = follower;
      // The engine deletes after every value is known.
      if (Object.values(inputs).some(holdsUnknown)) return { kind: "none" };
      return { kind: "creation", inputs: inputs as CopyInputs };
    },
    urnOf(state) {
      const [urn] = resourceOf(state) ?? followersOf(state)[0] ?? [];
      // A former name that another resource has by now is not its own any more.
      const { resourceUrn = "" } = state;
      return urn ?? (resources.has(resourceUrn) ? undefined : resourceUrn);
    },
    creating(urn) {
      if (urn !== undefined) delete known(urn).creation;
    },
    ended(urn, state) {
      if (urn !== undefined) known(urn).last = state;
    },
    deleted(state) {
      const [, one] = resourceOf(state) ?? [];
      if (one?.creation) one.isDeleted = true;
    },
    deletedOf: (urn) => formerOf(urn, true),
    copies: countCopies(atATime),
  };
}

/**
 * Whether this is the resource of a state. Its URN does not tell: after a rename the engine saves the inputs with the new
 * one and keeps the outputs with the former one. `diff` was given the state itself; `check` names, and two resources of one
 * program share no database, unless one of them claims it.
 */
function isOf(state: CopyState, { former, last, creation }: Known): boolean {
  const states = [former?.state, last].filter((one) => one !== undefined);
  if (states.length > 0) return states.some((one) => isSame(one, state));
  if (former) return holdsSame(former.inputs, state);
  return creation !== undefined && !claims(creation, state) && holdsSame(creation, state);
}

/** Where `check` was given no old inputs (`--target-replace`, taint), or other ones, the URN has to do. */
function isCalled({ resourceUrn = "" }: CopyState, urn: string, { former, last, creation }: Known): boolean {
  if (former?.state || last || (!former && !creation)) return false;
  return resourceUrn === urn || (former?.urns.has(resourceUrn) ?? false);
}

/** No two resources hold databases of one copy call. What has none is told by its owner. */
function isSame(one: CopyState, other: CopyState): boolean {
  const [ids, others] = [idsOf(one), idsOf(other)];
  if (ids.length > 0 && others.length > 0) return ids.some((id) => others.includes(id));
  return one.owner === other.owner && one.targetDbInstanceId === other.targetDbInstanceId;
}

function idsOf({ databases }: CopyState): Id[] {
  return Object.values(databases).flatMap((record) => idOf(record) ?? []);
}

/** What claims a database of this state is another resource, which takes it over. */
function claims({ claim }: PartialInputs, state: CopyState): boolean {
  const ids = idsOf(state);
  return claim !== undefined && isKnown(claim) && claim.some((id) => ids.includes(id));
}

/** The name of a resource: the end of its URN, which a renamed stack leaves as it is. */
function nameIn(urn: string): string | undefined {
  return urn.split("::").at(-1);
}

/** Whether these inputs name the databases that a state holds. */
function holdsSame({ targetDbInstanceId, dbNames }: PartialInputs, state: CopyState): boolean {
  if (targetDbInstanceId !== state.targetDbInstanceId) return false;
  if (dbNames === undefined || !isKnown(dbNames) || holdsUnknown(dbNames)) return false;
  const keys = (names: CopyInputs["dbNames"]) => Object.values(names).map(nameKey).sort();
  return isDeepStrictEqual(keys(dbNames), keys(state.dbNames));
}
