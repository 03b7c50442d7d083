import type { Clock } from "../time/clock";
import { parseDuration } from "../time/duration";
import { momentOf, readMoment } from "../time/moment";
import { declaredNames } from "./declaredNames";
import type { PartialInputs } from "./inputs";
import type { Problem } from "./pastedOutput";
import { shapeInputs, type ShapedInputs } from "./shape";
import { isKnown, unknown, type OrUnknown } from "./unknown";

/** Puts the given inputs into their one normal form, and lists all that is wrong: first the shapes, then the rules. */
export function normaliseInputs(
  given: Readonly<Record<string, unknown>>,
  clock: Clock,
): { inputs: PartialInputs; problems: Problem[] } {
  const { shaped, problems } = shapeInputs(given);
  const problem: Say = (property, reason) => problems.push({ property, reason });

  instanceIds(shaped, problem);
  pins(shaped, problem);
  durations(shaped, problem);
  endpointRule(shaped, problem);
  claimRules(shaped, problem);
  const { dbNames, restoreTime, syncUserPrivilege, ...same } = shaped;
  const inputs = {
    ...same,
    ...(dbNames === undefined ? {} : { dbNames: declaredNames(dbNames, problem) }),
    ...(restoreTime === undefined ? {} : { restoreTime: moment(restoreTime, clock, problem) }),
    ...(syncUserPrivilege === undefined ? {} : { syncUserPrivilege: yesOrNo(syncUserPrivilege) }),
    // The shapes know nothing of the interfaces below, and hold gaps besides.
  } as PartialInputs;
  return { inputs, problems };
}

type Say = (property: string, reason: string) => void;

function isGiven<T>(value: OrUnknown<T> | undefined): value is Exclude<T, undefined> {
  return value !== undefined && value !== unknown;
}

function instanceIds(shaped: ShapedInputs, problem: Say): void {
  for (const property of ["sourceDbInstanceId", "targetDbInstanceId"] as const) {
    const id = shaped[property];
    // Ids look like rm-uf6wjk5xxxxxxx; no document gives a stricter rule.
    if (isGiven(id) && !/^[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)+$/.test(id)) {
      problem(
        property,
        `is ${JSON.stringify(id)}, which is no id of an RDS instance (such as "rm-uf6wjk5xxxxxxx").`,
      );
    }
  }
  const { sourceDbInstanceId: source, targetDbInstanceId: target } = shaped;
  if (!isGiven(source) || !isGiven(target) || source.trim() === "") return;
  // The API page of CopyDatabaseBetweenInstances asks for two different instances.
  if (source.trim().toLowerCase() === target.trim().toLowerCase())
    problem("targetDbInstanceId", "is the source itself. Databases are copied to another instance.");
}

function pins({ backupId, restoreTime }: ShapedInputs, problem: Say): void {
  if (isGiven(backupId) && !/^\S+$/.test(backupId))
    problem("backupId", `is ${JSON.stringify(backupId)}, which is no id of a backup set.`);
  if (isGiven(backupId) && isGiven(restoreTime))
    problem(
      "restoreTime",
      "cannot be given together with backupId: each names a moment by itself. Give one of the two, or none for the latest backup.",
    );
}

function durations({ maxBackupAge, timeouts }: ShapedInputs, problem: Say): void {
  const given: [string, unknown][] = [
    ["maxBackupAge", maxBackupAge],
    ...Object.entries(isGiven(timeouts) ? timeouts : {}).map(([key, value]): [string, unknown] => [
      `timeouts.${key}`,
      value,
    ]),
  ];
  for (const [property, text] of given) {
    if (typeof text !== "string" || parseDuration(text) !== undefined) continue;
    problem(
      property,
      `is ${JSON.stringify(text)}, which is no duration. Write numbers with d, h, m or s, such as "90m", "1h30m" or "7d".`,
    );
  }
}

function endpointRule({ connection }: ShapedInputs, problem: Say): void {
  const endpoint: unknown = isGiven(connection) ? connection.endpoint : undefined;
  if (typeof endpoint !== "string") return;
  const match = /^[A-Za-z0-9.-]+(?::(\d{1,5}))?$/.exec(endpoint);
  if (match && Number(match[1] ?? 443) <= 65_535) return;
  problem(
    "connection.endpoint",
    `is ${JSON.stringify(endpoint)}; it takes a host and, if need be, a port, without a scheme or a path, such as "rds.aliyuncs.com" or "127.0.0.1:8094".`,
  );
}

function claimRules({ claim, ownershipMarks }: ShapedInputs, problem: Say): void {
  for (const [index, id] of (isGiven(claim) ? claim : []).entries()) {
    if (isKnown<unknown>(id) && !/^[0-9a-z]{8}$/.test(id))
      problem(
        `claim.${index}`,
        `is ${JSON.stringify(id)}, which is no id of a mark: eight lower-case letters and digits, as a refusal prints them.`,
      );
  }
  if (ownershipMarks === false && isGiven(claim) && claim.length > 0)
    problem(
      "claim",
      "cannot be used with ownershipMarks: false: a claimed database gets a new mark. Remove one of the two.",
    );
}

function yesOrNo(value: OrUnknown<boolean | "YES" | "NO">): OrUnknown<boolean> {
  return isKnown(value) ? value === true || value === "YES" : unknown;
}

function moment(given: OrUnknown<string>, clock: Clock, problem: Say): OrUnknown<string> {
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
