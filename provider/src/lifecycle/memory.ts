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
  deleted(urn: string | undefined): void;
  /** The old state of this resource, if it was deleted in this run. */
  deletedOf(urn: string | undefined): OldResource | undefined;
  /** Whether this is said for the first time in this run. */
  isNews(topic: string): boolean;
  /** Declares a database of a target; answers with the URN that declared it before, if another one did. */
  claim(target: string, name: string, urn: string): string | undefined;
}

/** As far as `check` sees it: the old inputs. */
export interface OldResource {
  readonly targetDbInstanceId: string;
  readonly targetNames: readonly string[];
  /** How often it was replaced before. */
  readonly generation: number;
}

export function processMemory(): ProcessMemory {
  const olds = new Map<string, { readonly oldUrn: string; readonly old: OldResource }>();
  const gone = new Set<string>();
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
    deleted(urn) {
      if (urn !== undefined) gone.add(urn);
    },
    deletedOf(urn) {
      const seen = urn === undefined ? undefined : olds.get(urn);
      return seen && gone.has(seen.oldUrn) ? seen.old : undefined;
    },
    isNews(topic) {
      const isNews = !told.has(topic);
      told.add(topic);
      return isNews;
    },
    claim(target, name, urn) {
      const key = `${target}/${nameKey(name)}`;
      const before = claims.get(key);
      claims.set(key, before ?? urn);
      return before === urn ? undefined : before;
    },
  };
}
