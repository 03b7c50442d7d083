import { listNames } from "../../copy/databaseNames";
import { describeRestorePoint } from "../../copy/restorePoint";
import { covers, readIntents, type Intent } from "../../ownership/intent";
import { parseMark } from "../../ownership/mark";
import type { DatabaseFacts } from "../../rds/rdsApi";
import { toUtcSeconds } from "../../time/moment";
import type { Row } from "./diagnosis";

/** The databases of a target that carry an owner mark: which, whose, and from which restore point. */
export function markedDatabases(target: string, listed: readonly DatabaseFacts[]): readonly Row[] {
  const rows = listed.flatMap(({ name, status, description }): Row[] => {
    const mark = parseMark(description);
    if (!mark) return [];
    const { owner, id, point } = mark;
    return [
      {
        about: "owner",
        verdict: "ok",
        subject: `${target}/${name}`,
        text: `Owner ${owner}, mark ${id}, from ${describeRestorePoint(point)}, ${status}.`,
      },
    ];
  });
  return rows.length > 0
    ? rows
    : [{ about: "owner", verdict: "ok", subject: target, text: "No database carries an owner mark." }];
}

/** The copies that the tags of a target speak of: each is running in another run at this moment, or was interrupted. */
export function unfinishedCopies(
  target: string,
  tags: Readonly<Record<string, string>>,
  listed: readonly DatabaseFacts[],
): readonly Row[] {
  const read = readIntents(tags);
  if (read.state === "unreadable")
    return [
      {
        about: "copy",
        verdict: "error",
        subject: target,
        text: `The tag ${read.key} cannot be read. Nothing is copied to ${target} until it is removed.`,
      },
    ];
  if (read.intents.length === 0)
    return [{ about: "copy", verdict: "ok", subject: target, text: "No copy is running or interrupted." }];
  return read.intents.map((intent) => copyRow(target, intent, listed));
}

function copyRow(target: string, intent: Intent, listed: readonly DatabaseFacts[]): Row {
  const { id, owner, time, point, names } = intent;
  const there = listed
    .filter(({ name }) => covers(intent, name))
    .map(
      ({ name, status, description }) =>
        `${name} (${status}, ${parseMark(description)?.id === id ? "marked" : "not marked"})`,
    );
  return {
    about: "copy",
    verdict: "warning",
    subject: target,
    text:
      `Copy ${id} of owner ${owner}, requested ${toUtcSeconds(time * 1000)} from ${describeRestorePoint(point)}, is not finished: ` +
      `${there.length} of ${names.length === 1 ? "1 database" : `${names.length} databases`} listed` +
      `${there.length > 0 ? `, ${listNames(there)}` : ""}. ` +
      `It is running, or its run was interrupted: then run "pulumi up" of its stack again.`,
  };
}
