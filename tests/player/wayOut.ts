import type { Program, ProgramResource } from "./engine";
import type { Hands } from "./hands";

/** What a message asks a person to do about one database. */
export interface WayOut {
  readonly instanceId: string;
  readonly name: string;
  /** The id to add to `claim`. */
  readonly claim: string | undefined;
  /** `backupId` and `restoreTime` are to be left out. */
  readonly isUnpinned: boolean;
  /** The text to write into its description. */
  readonly description: string | undefined;
  /** The key of the tag to take off, if its run is dead. */
  readonly tag: string | undefined;
  readonly line: string;
}

/** What stops a run or has left it: not what it only names, or comes to by itself. */
const inTheWay =
  /exists, and nothing shows|someone else's now|was adopted, and is never dropped|is claimed and holds/;

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
        isUnpinned: /leave backupId and restoreTime out/.test(line),
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
  for (const { instanceId, name, claim, isUnpinned, description } of ways) {
    if (description !== undefined) hands.describe(instanceId, name, description);
    if (claim !== undefined) next = changed(next, instanceId, name, (inputs) => claiming(inputs, claim));
    if (isUnpinned) next = changed(next, instanceId, name, unpinned);
  }
  return next;
}

/** The program with other inputs for the resource that declares a database. */
function changed(
  program: Program,
  instanceId: string,
  name: string,
  change: (inputs: ProgramResource) => ProgramResource,
): Program {
  return Object.fromEntries(
    Object.entries(program).map(([key, inputs]) => {
      const isOf =
        inputs["targetDbInstanceId"] === instanceId && targetsOf(inputs).includes(name.toLowerCase());
      return [key, isOf ? change(inputs) : inputs];
    }),
  );
}

function claiming(inputs: ProgramResource, id: string): ProgramResource {
  const claims = (inputs["claim"] as string[] | undefined) ?? [];
  return claims.includes(id) ? inputs : { ...inputs, claim: [...claims, id] };
}

function unpinned({ backupId: _backup, restoreTime: _time, ...inputs }: ProgramResource): ProgramResource {
  return inputs;
}

/** The target names that a resource declares, in lower case. */
export function targetsOf(inputs: Readonly<Record<string, unknown>>): string[] {
  return Object.values((inputs["dbNames"] ?? {}) as Record<string, string> | string[]).map((name) =>
    name.toLowerCase(),
  );
}
