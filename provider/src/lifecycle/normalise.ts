import { nameKey, toDatabaseNames } from "../copy/databaseNames";
import { sourceNameProblem, targetNameProblem } from "../copy/nameRules";
import type { Clock } from "../time/clock";
import { parseDuration } from "../time/duration";
import { momentOf, readMoment } from "../time/moment";
import type { PartialInputs } from "./inputs";
import type { Problem } from "./problem";
import type { ShapedInputs } from "./shape";
import { isKnown, unknown, type OrUnknown } from "./unknown";

/** Puts well-shaped inputs into their one normal form and lists every rule that they break. */
export function normaliseInputs(
  shaped: ShapedInputs,
  clock: Clock,
): { inputs: PartialInputs; problems: Problem[] } {
  const problems: Problem[] = [];
  const problem = (property: string, reason: string) => problems.push({ property, reason });

  instanceIds(shaped, problem);
  durations(shaped, problem);
  connectionRules(shaped, problem);
  if (isGiven(shaped.backupId)) {
    if (!/^\S+$/.test(shaped.backupId))
      problem("backupId", `is ${JSON.stringify(shaped.backupId)}, which is no id of a backup set.`);
    if (isGiven(shaped.restoreTime)) {
      problem(
        "restoreTime",
        "cannot be given together with backupId: each names a moment by itself. Give one of the two, or none for the latest backup.",
      );
    }
  }
  const { dbNames, restoreTime, syncUserPrivilege, connection, ...same } = shaped;
  const inputs: PartialInputs = {
    ...(same as PartialInputs),
    ...(dbNames === undefined ? {} : { dbNames: databaseNames(dbNames, problem) }),
    ...(restoreTime === undefined ? {} : { restoreTime: moment(restoreTime, clock, problem) }),
    ...(syncUserPrivilege === undefined
      ? {}
      : {
          syncUserPrivilege: isKnown(syncUserPrivilege)
            ? syncUserPrivilege === true || syncUserPrivilege === "YES"
            : unknown,
        }),
    ...(connection === undefined
      ? {}
      : { connection: connection as Exclude<PartialInputs["connection"], undefined> }),
  };
  return { inputs, problems };
}

type Say = (property: string, reason: string) => void;

function isGiven<T>(value: T | typeof unknown | undefined): value is Exclude<T, undefined> {
  return value !== undefined && value !== unknown;
}

function instanceIds(
  { sourceDbInstanceId: source, targetDbInstanceId: target }: ShapedInputs,
  problem: Say,
): void {
  for (const [property, id] of [
    ["sourceDbInstanceId", source],
    ["targetDbInstanceId", target],
  ] as const) {
    // Ids look like rm-uf6wjk5xxxxxxx; no document gives a stricter rule.
    if (isGiven(id) && !/^[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)+$/.test(id)) {
      problem(
        property,
        `is ${JSON.stringify(id)}, which is no id of an RDS instance (such as "rm-uf6wjk5xxxxxxx").`,
      );
    }
  }
  if (
    isGiven(source) &&
    isGiven(target) &&
    source.trim() !== "" &&
    source.trim().toLowerCase() === target.trim().toLowerCase()
  ) {
    problem(
      "targetDbInstanceId",
      "is the source itself: a copy goes to another instance (API page of CopyDatabaseBetweenInstances).",
    );
  }
}

function durations({ maxBackupAge, timeouts }: ShapedInputs, problem: Say): void {
  const given = { maxBackupAge, ...prefixed("timeouts", isGiven(timeouts) ? timeouts : {}) };
  for (const [property, text] of Object.entries(given)) {
    if (typeof text !== "string" || parseDuration(text) !== undefined) continue;
    problem(
      property,
      `is ${JSON.stringify(text)}, which is no duration. Write a number with d, h, m or s, such as "90m", "1h30m" or "7d".`,
    );
  }
}

function prefixed(prefix: string, values: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [`${prefix}.${key}`, value as unknown]),
  );
}

function connectionRules({ connection }: ShapedInputs, problem: Say): void {
  if (!isGiven(connection)) return;
  const { endpoint } = connection;
  if (typeof endpoint === "string" && !/^[A-Za-z0-9.-]+(:\d{1,5})?$/.test(endpoint)) {
    problem(
      "connection.endpoint",
      `is ${JSON.stringify(endpoint)}; it takes a host and, if need be, a port, without a scheme or a path, such as "rds.aliyuncs.com" or "127.0.0.1:8094".`,
    );
  }
}

function moment(given: string | typeof unknown, clock: Clock, problem: Say): OrUnknown<string> {
  if (!isKnown(given)) return unknown;
  const reading = readMoment(given);
  switch (reading.state) {
    case "moment":
      if (momentOf(reading.utc) > clock.now()) {
        problem(
          "restoreTime",
          `is ${reading.utc}, which lies in the future. A copy holds the data of a moment that has passed.`,
        );
      }
      return reading.utc;
    case "noZone":
      problem(
        "restoreTime",
        `is ${JSON.stringify(given)}, without a time zone. Write ${reading.asUtc} if you mean UTC, or ${reading.asChina} if you mean China time.`,
      );
      return given;
    case "notATime":
      problem(
        "restoreTime",
        `is ${JSON.stringify(given)}, which is no time. Write it like "2026-03-01T02:00:00Z" or "2026-03-01T10:00:00+08:00".`,
      );
      return given;
  }
}

/** Lists and comma lists become maps. A map with a target name that is not known yet keeps the gap. */
function databaseNames(
  given: Exclude<ShapedInputs["dbNames"], undefined>,
  problem: Say,
): Exclude<PartialInputs["dbNames"], undefined> {
  if (!isKnown(given)) return unknown;
  if (typeof given === "string" && /^\s*[[{]/.test(given)) {
    problem("dbNames", `is JSON text. Give the list or the map itself.`);
    return {};
  }
  const listed = typeof given === "string" ? given.split(",").map((name) => name.trim()) : given;
  const pairs: (readonly [string, OrUnknown<string>])[] = Array.isArray(listed)
    ? (listed as string[]).map((name) => [name, name])
    : Object.entries(listed as Record<string, OrUnknown<string>>);
  nameProblems(pairs, Array.isArray(listed), problem);
  return Array.isArray(listed) ? toDatabaseNames(listed as string[]) : (given as Record<string, string>);
}

function nameProblems(
  pairs: readonly (readonly [string, OrUnknown<string>])[],
  isList: boolean,
  problem: Say,
): void {
  if (pairs.filter(([source]) => source !== "").length === 0) {
    problem("dbNames", "names no database.");
    return;
  }
  const sources = new Map<string, string>();
  const targets = new Map<string, string>();
  for (const [index, [source, target]] of pairs.entries()) {
    const property = `dbNames.${isList ? index : source}`;
    if (isList && source === "") {
      problem(property, "is an empty name.");
      continue;
    }
    // In a list one name is both: say what is wrong with it once.
    const asSource = sourceNameProblem(source);
    const asTarget = isKnown(target) ? targetNameProblem(target, source) : undefined;
    if (asSource) problem(property, `${asSource}.`);
    if (asTarget && !(isList && asSource)) {
      const way = isList
        ? ` Give a map to choose another name on the target: { ${JSON.stringify(source)}: "..." }.`
        : "";
      problem(property, `cannot be the name on the target: ${asTarget}.${way}`);
    }
    const sourceBefore = sources.get(nameKey(source));
    if (sourceBefore !== undefined)
      problem(
        property,
        `names the database ${JSON.stringify(sourceBefore)} a second time; names are compared without case.`,
      );
    sources.set(nameKey(source), source);
    if (!isKnown(target) || sourceBefore !== undefined) continue;
    const targetBefore = targets.get(nameKey(target));
    if (targetBefore !== undefined)
      problem(
        property,
        `has the target name ${JSON.stringify(target)}, which ${JSON.stringify(targetBefore)} has already; names are compared without case.`,
      );
    targets.set(nameKey(target), source);
  }
}
