import type { Reporter } from "../copy/reporter";
import { spellingsOf } from "../lifecycle/spellings";
import type { Properties } from "./wire";

/** The names of the inputs that the program gave as secrets. The engine hands the values over in clear. */
export function secretInputsOf(properties: Properties): readonly string[] {
  const names = properties["secretInputs"];
  return Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
}

/** Recorded where a restore point was given as a secret and the program no longer asks for one. */
export const pointWasSecret = "pointWasSecret";

/** Whether what a resource records of its restore point is a secret. */
export function hidesPoint(properties: Properties): boolean {
  const secrets = secretInputsOf(properties);
  return (
    properties[pointWasSecret] === true || secrets.includes("backupId") || secrets.includes("restoreTime")
  );
}

/** Takes the secret values of a resource out of a text. */
export type Veil = (text: string) => string;

/** Sentences name instances, databases and backups; one that is a secret must not be read there. */
export function veilOf(...bags: readonly Properties[]): Veil {
  return veilOver(secretTextsIn(bags));
}

/** What is said of the stack as a whole hides the secrets of all its resources, as far as they were met. */
export function stackVeil(): { readonly learn: (bag: Properties) => void; readonly veil: Veil } {
  const known = new Set<string>();
  return {
    learn(bag) {
      for (const text of secretTextsIn([bag])) known.add(text);
    },
    veil: (text) => veilOver(known)(text),
  };
}

export function veiledReporter<T extends Reporter>(report: T, veil: Veil): T {
  return {
    ...report,
    status: (line: string) => report.status(veil(line)),
    info: (line: string) => report.info(veil(line)),
    warn: (line: string) => report.warn(veil(line)),
    debug: (line: string) => report.debug(veil(line)),
  };
}

/** After an update that did not end well a state records databases that its inputs do not name any more. */
function namesRecorded({ names, databases }: Properties): readonly string[] {
  return [...spellingsOf("dbNames", names), ...spellingsOf("dbNames", Object.keys(databases ?? {}))];
}

/** The points that a state records, which need not be in its inputs. */
function pointsRecorded({ restorePoint, databases }: Properties): string[] {
  const points = [restorePoint, ...Object.values(databases ?? {}).map((one: Properties) => one["point"])];
  return points.flatMap((point) => {
    const { backupId, restoreTime } = (point ?? {}) as Properties;
    return [...spellingsOf("backupId", backupId), ...spellingsOf("restoreTime", restoreTime)];
  });
}

function secretTextsIn(bags: readonly Properties[]): ReadonlySet<string> {
  return new Set(
    bags.flatMap((bag) => {
      const secrets = secretInputsOf(bag);
      return [
        ...secrets.flatMap((name) => spellingsOf(name, bag[name])),
        ...(secrets.includes("dbNames") ? namesRecorded(bag) : []),
        ...(hidesPoint(bag) ? pointsRecorded(bag) : []),
      ];
    }),
  );
}

function veilOver(values: ReadonlySet<string>): Veil {
  if (values.size === 0) return (text) => text;
  const longestFirst = [...values].sort((left, right) => right.length - left.length);
  // A whole name only, so that a short one does not riddle every sentence; in any case, as databases are named.
  const pattern = new RegExp(`(?<![\\w-])(${longestFirst.map(escaped).join("|")})(?![\\w-])`, "gi");
  return (text) => text.replace(pattern, "[secret]");
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
}
