import { nameKey } from "../copy/databaseNames";

/**
 * Which database names every resource that this process has met so far declares. Used for one thing: a name that another
 * resource of the program declares is not dropped, and not declared twice.
 */
export interface Registry {
  /** `check` met a resource. Answers with the names that another resource declares, and its URN. */
  declare(declared: Declared): ReadonlyMap<string, string>;
  /** The URN of another resource that declares this name on this instance. */
  declaredElsewhere(instanceId: string, name: string, urn: string | undefined): string | undefined;
}

export interface Declared {
  readonly urn: string;
  /** The URN in its state, where it was another one: the same resource under a former name. */
  readonly formerUrn?: string | undefined;
  readonly instanceId: string;
  readonly names: readonly string[];
}

export function registry(): Registry {
  const met = new Map<string, Declared>();
  const declaredElsewhere: Registry["declaredElsewhere"] = (instanceId, name, urn) => {
    const isOther = (one: Declared) =>
      one.urn !== urn && (one.formerUrn === undefined || one.formerUrn !== urn);
    const isThis = (one: string) => nameKey(one) === nameKey(name);
    return [...met.values()].find(
      (one) => one.instanceId === instanceId && isOther(one) && one.names.some(isThis),
    )?.urn;
  };
  return {
    declaredElsewhere,
    declare(declared) {
      const { urn, formerUrn, instanceId, names } = declared;
      met.set(urn, declared);
      const isItself = (other: string | undefined) => other === undefined || other === formerUrn;
      return new Map(
        names.flatMap((name) => {
          const other = declaredElsewhere(instanceId, name, urn);
          return isItself(other) || other === undefined ? [] : [[name, other]];
        }),
      );
    },
  };
}
