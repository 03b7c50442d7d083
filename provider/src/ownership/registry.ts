import { nameKey } from "../copy/databaseNames";

/**
 * Which database names every resource that this process has met so far declares. Used for one thing: a name that another
 * resource of the program declares is not dropped, and not declared twice.
 */
export interface Registry {
  /** `check` met a resource. Answers with the names that another resource declares, and its URN. */
  declare(declared: Declared): ReadonlyMap<string, string>;
  /** The URN of another resource that declares this name on this instance. `urn`: what this one is called in this run. */
  declaredElsewhere(instanceId: string, name: string, urn: string | undefined): string | undefined;
}

export interface Declared {
  readonly urn: string;
  readonly instanceId: string;
  readonly names: readonly string[];
}

export function registry(): Registry {
  const met = new Map<string, Declared>();
  const declaredElsewhere: Registry["declaredElsewhere"] = (instanceId, name, urn) => {
    const isThis = (one: string) => nameKey(one) === nameKey(name);
    return [...met.values()].find(
      (one) => one.instanceId === instanceId && one.urn !== urn && one.names.some(isThis),
    )?.urn;
  };
  return {
    declaredElsewhere,
    declare(declared) {
      const { urn, instanceId, names } = declared;
      met.set(urn, declared);
      return new Map(
        names.flatMap((name) => {
          const other = declaredElsewhere(instanceId, name, urn);
          return other === undefined ? [] : [[name, other]];
        }),
      );
    },
  };
}
