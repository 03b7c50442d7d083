import { nameKey } from "../copy/databaseNames";

/**
 * What this process has seen, in one run of the engine: which resources had an old state (so that a
 * replacement is told from a new resource) and which database names are declared by whom.
 */
export interface ProcessMemory {
  /** `check` saw an old state of this resource. */
  sawOld(urn: string | undefined, oldUrn: string | undefined, old: OldResource): void;
  /** The old state of this resource, unless it was deleted since. */
  oldOf(urn: string | undefined): OldResource | undefined;
  /** `check` saw what is to be created under this URN. */
  sawCreation(urn: string | undefined, creation: Creation): void;
  /** What is to be created in the place of a resource that is deleted in this run, by the URN that its state has. */
  creationOf(oldUrn: string | undefined): Creation | undefined;
  /** This resource was deleted, and databases of it dropped, or only let go. */
  deleted(urn: string | undefined, isDropped: boolean): void;
  /** The old state of this resource, if its data was dropped in this run. */
  deletedOf(urn: string | undefined): OldResource | undefined;
  /** Whether this is said for the first time in this run. */
  isNews(topic: string): boolean;
  /** Declares a database of a target; answers with the URN that declared it before, if another one did. */
  claim(target: string, name: string, urn: string): string | undefined;
  /** Whether any resource of this run declares it. */
  isClaimed(target: string, name: string): boolean;
}

/** As far as `check` sees it: the old inputs. */
export interface OldResource {
  readonly targetDbInstanceId: string;
  readonly targetNames: readonly string[];
  /** How often it was replaced before. */
  readonly generation: number;
}

export interface Creation {
  readonly targetDbInstanceId: string;
  readonly targetNames: readonly string[];
  readonly adoptExisting: boolean;
}

export function processMemory(): ProcessMemory {
  const olds = new Map<string, { readonly oldUrn: string; readonly old: OldResource }>();
  const creations = new Map<string, Creation>();
  const gone = new Map<string, { readonly isDropped: boolean }>();
  const claims = new Map<string, string>();
  const told = new Set<string>();
  return {
    sawOld(urn, oldUrn, old) {
      if (urn !== undefined) olds.set(urn, { oldUrn: oldUrn ?? urn, old });
    },
    oldOf(urn) {
      const seen = urn === undefined ? undefined : olds.get(urn);
      return seen && !gone.has(seen.oldUrn) ? seen.old : undefined;
    },
    sawCreation(urn, creation) {
      if (urn !== undefined) creations.set(olds.get(urn)?.oldUrn ?? urn, creation);
    },
    creationOf: (oldUrn) => (oldUrn === undefined ? undefined : creations.get(oldUrn)),
    deleted(urn, isDropped) {
      if (urn !== undefined) gone.set(urn, { isDropped });
    },
    deletedOf(urn) {
      const seen = urn === undefined ? undefined : olds.get(urn);
      return seen && gone.get(seen.oldUrn)?.isDropped ? seen.old : undefined;
    },
    isNews(topic) {
      const isNews = !told.has(topic);
      told.add(topic);
      return isNews;
    },
    isClaimed: (target, name) => claims.has(claimKey(target, name)),
    claim(target, name, urn) {
      const key = claimKey(target, name);
      const before = claims.get(key);
      claims.set(key, before ?? urn);
      return before === urn ? undefined : before;
    },
  };
}

function claimKey(target: string, name: string): string {
  return `${target}/${nameKey(name)}`;
}
