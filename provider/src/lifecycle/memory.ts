import { isDeepStrictEqual } from "node:util";
import { nameKey } from "../copy/databaseNames";
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
  creationAfter(deleted: CopyState): CopyInputs | undefined;
  /** What the resource of this state is called in this run. */
  urnOf(state: CopyState): string | undefined;
  /** The creation of this URN has begun: what is deleted from now on is not deleted for it. */
  creating(urn: string | undefined): void;
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

/** One resource of the program. */
interface Known {
  former?: Former;
  creation?: PartialInputs;
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

  /**
   * The resource of a state. Its URN does not tell: after a rename the engine saves the inputs with the new one and keeps
   * the outputs with the former one. What no other resource has are its databases. Only where `check` was given no old
   * inputs (`--target-replace`, taint), or other ones, the URN has to do.
   */
  const resourceOf = (
    state: CopyState,
    all: readonly (readonly [urn: string, resource: Known])[],
  ): (typeof all)[number] | undefined => {
    const isHolder = ([, { former, creation }]: (typeof all)[number]) =>
      holdsSame(former?.inputs ?? creation ?? {}, state);
    const isCalled = ([urn, { former }]: (typeof all)[number]) =>
      state.resourceUrn === urn || (former?.urns.has(state.resourceUrn ?? "") ?? false);
    return all.find(isHolder) ?? all.find(isCalled);
  };
  /** The one that is deleted to make room for a creation. */
  const replacedBy = (state: CopyState) =>
    resourceOf(
      state,
      [...resources].filter(([, { creation }]) => creation !== undefined),
    );

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
      const inputs = replacedBy(state)?.[1].creation;
      // The engine deletes after every value is known.
      return inputs && !Object.values(inputs).some(holdsUnknown) ? (inputs as CopyInputs) : undefined;
    },
    urnOf: (state) => (replacedBy(state) ?? resourceOf(state, [...resources]))?.[0] ?? state.resourceUrn,
    creating(urn) {
      if (urn !== undefined) delete known(urn).creation;
    },
    deleted(state) {
      const [, one] = replacedBy(state) ?? [];
      if (one) one.isDeleted = true;
    },
    deletedOf: (urn) => formerOf(urn, true),
    copies: countCopies(atATime),
  };
}

/** Whether these inputs name the databases that a state holds: two resources of one program never share one. */
function holdsSame({ targetDbInstanceId, dbNames }: PartialInputs, state: CopyState): boolean {
  if (targetDbInstanceId !== state.targetDbInstanceId) return false;
  if (dbNames === undefined || !isKnown(dbNames) || holdsUnknown(dbNames)) return false;
  const keys = (names: CopyInputs["dbNames"]) => Object.values(names).map(nameKey).sort();
  return isDeepStrictEqual(keys(dbNames), keys(state.dbNames));
}
