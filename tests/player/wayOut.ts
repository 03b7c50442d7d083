import type { Program } from "./engine";
import type { Hands } from "./hands";

/** What a message asks a person to do about one database. */
export interface WayOut {
  readonly instanceId: string;
  readonly name: string;
  /** The id to add to `claim`. */
  readonly claim: string | undefined;
  /** The text to write into its description. */
  readonly description: string | undefined;
  /** The key of the tag to take off, if its run is dead. */
  readonly tag: string | undefined;
  readonly line: string;
}

/** What stops a run or has left it: not what it only names, or comes to by itself. */
const inTheWay = /exists, and nothing shows|someone else's now|was adopted, and is never dropped/;

/** The ways out that messages name, as a person reads them. */
export function waysOut(messages: readonly string[]): WayOut[] {
  const lines = messages.flatMap((message) => message.split("\n"));
  return lines.flatMap((line) => {
    const groups = /Database (?<name>\w+) on (?<instanceId>rm-\w+) /.exec(line)?.groups;
    if (!groups || !inTheWay.test(line)) return [];
    return [
      {
        instanceId: groups["instanceId"] ?? "",
        name: groups["name"] ?? "",
        claim: /claim: \["([0-9a-z]{8})"\]/.exec(line)?.[1],
        description: /description to `([^`]+)`/.exec(line)?.[1],
        tag: /\(tag ([\w:-]+)\)/.exec(line)?.[1],
        line,
      },
    ];
  });
}

/** Does what a message says for a database that is one's own: writes the mark, and adds the claim to the program. */
export function follow(ways: readonly WayOut[], program: Program, hands: Hands): Program {
  let next = program;
  for (const { instanceId, name, claim, description } of ways) {
    if (description !== undefined) hands.describe(instanceId, name, description);
    if (claim !== undefined) next = claiming(next, instanceId, name, claim);
  }
  return next;
}

function claiming(program: Program, instanceId: string, name: string, id: string): Program {
  return Object.fromEntries(
    Object.entries(program).map(([key, inputs]) => {
      const claims = (inputs["claim"] as string[] | undefined) ?? [];
      const isOf =
        inputs["targetDbInstanceId"] === instanceId && targetsOf(inputs).includes(name.toLowerCase());
      return [key, isOf && !claims.includes(id) ? { ...inputs, claim: [...claims, id] } : inputs];
    }),
  );
}

/** The target names that a resource declares, in lower case. */
export function targetsOf(inputs: Readonly<Record<string, unknown>>): string[] {
  return Object.values((inputs["dbNames"] ?? {}) as Record<string, string> | string[]).map((name) =>
    name.toLowerCase(),
  );
}
