import type { Host } from "../reconcile/host";
import type { CopyInputs, PartialInputs } from "./inputs";
import type { CopyState } from "./state";
import { holdsUnknown } from "./unknown";

/** The one context object of the operations, with what this process has seen before. */
export interface Session extends Host {
  readonly memory: Memory;
}

/**
 * What this process has seen of each resource in one run of the engine. In a replacement `check` comes first with the old
 * inputs and then without any, and `delete` before `create`: each is told what the others saw.
 */
export interface Memory {
  /** `check` saw the inputs of an existing resource, or `diff` its state. */
  sawFormer(urn: string | undefined, former: Former): void;
  /** What exists and is to be replaced by the creation of this URN, unless it was deleted since. */
  formerOf(urn: string | undefined): Former | undefined;
  /** `check` saw what is to be created under this URN. */
  sawCreation(urn: string | undefined, inputs: PartialInputs): void;
  /** What is to be created in the place of a resource that is deleted in this run, by the URN that its state has. */
  creationOf(oldUrn: string | undefined): CopyInputs | undefined;
  deleted(urn: string | undefined): void;
  /** The former resource, if it was deleted in this run. */
  deletedOf(urn: string | undefined): Former | undefined;
}

/** A resource that exists, as far as it is known: `diff` is given its state, `check` only its inputs. */
export interface Former {
  readonly inputs: PartialInputs;
  readonly state?: CopyState;
}

export function processMemory(): Memory {
  const formers = new Map<string, Former>();
  const creations = new Map<string, PartialInputs>();
  const gone = new Set<string>();
  const urnOf = ({ inputs: { resourceUrn } }: Former) => (typeof resourceUrn === "string" ? resourceUrn : "");
  const formerOf = (urn: string | undefined) => (urn === undefined ? undefined : formers.get(urn));
  return {
    sawFormer(urn, former) {
      if (urn !== undefined) formers.set(urn, { ...formers.get(urn), ...former });
    },
    formerOf(urn) {
      const former = formerOf(urn);
      return former && !gone.has(urnOf(former)) ? former : undefined;
    },
    sawCreation(urn, inputs) {
      if (urn === undefined) return;
      const former = formers.get(urn);
      creations.set(former ? urnOf(former) : urn, inputs);
    },
    creationOf(oldUrn) {
      const inputs = oldUrn === undefined ? undefined : creations.get(oldUrn);
      // The engine deletes after every value is known.
      return inputs && !Object.values(inputs).some(holdsUnknown) ? (inputs as CopyInputs) : undefined;
    },
    deleted(urn) {
      if (urn !== undefined) gone.add(urn);
    },
    deletedOf(urn) {
      const former = formerOf(urn);
      return former && gone.has(urnOf(former)) ? former : undefined;
    },
  };
}
