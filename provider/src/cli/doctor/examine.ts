import { askRestorableTime, type RestorableFacts } from "../../copy/askRestorableTime";
import { listNames, sameName, toDatabaseNames, type DatabaseNames } from "../../copy/databaseNames";
import { isSystemDatabase } from "../../copy/nameRules";
import type { RestorePointChoice } from "../../copy/restorePoint";
import { factsOf, type Facts } from "../../preflight/facts";
import { findingText, severityOf, type Finding } from "../../preflight/finding";
import { shortPatience } from "../../preflight/patience";
import { preflight } from "../../preflight/preflight";
import type { Connection } from "../../rds/connection";
import { RdsFailure, whenUnanswered } from "../../rds/failure";
import { hearAll } from "../../rds/heardAnswer";
import { nextStep } from "../../rds/nextStep";
import type { InstanceFacts, RdsApi } from "../../rds/rdsApi";
import type { Clock } from "../../time/clock";
import { askedPermissions } from "./askedPermissions";
import type { Diagnosis, Row, Verdict } from "./diagnosis";
import { markedDatabases, unfinishedCopies } from "./marksAndCopies";
import { serviceFacts, type ServiceFacts } from "./serviceFacts";

/** The copy that somebody has in mind. */
export interface Wish {
  readonly source: string;
  readonly target: string;
  /** Source name to target name. Default: all of the source's that run, by their names. */
  readonly databases: DatabaseNames | undefined;
  readonly choice: RestorePointChoice;
  /** Whether to collect what no document says. */
  readonly withFacts: boolean;
}

/** Looks at everything that a copy depends on, by read-only calls, each question once. */
export async function examine(
  cloud: RdsApi,
  connection: Connection,
  clock: Clock,
  wish: Wish,
): Promise<Diagnosis & { readonly facts?: ServiceFacts }> {
  const offsets: number[] = [];
  const stop = hearAll(({ aheadMs }) => void (aheadMs !== undefined && offsets.push(aheadMs)));
  try {
    const patience = shortPatience(clock, budgetMs, cloud.waitsFor);
    const facts = factsOf(cloud, { reads: cloud, clock, patience, maxAgeMs: Number.POSITIVE_INFINITY });
    const place = placeRow(connection);
    const signIn = await signInRow(cloud, facts, wish.source);
    if (signIn.verdict === "error") return { rows: [signIn, place, clockRow(offsets)] };
    const looked = await lookAround(cloud, facts, clock, wish);
    const rows = [signIn, place, clockRow(offsets), ...looked];
    if (!wish.withFacts) return { rows };
    return { rows, facts: await serviceFacts(facts, cloud, clock.now(), [wish.source, wish.target]) };
  } finally {
    stop();
  }
}

/** How long a silent network is waited for, in milliseconds. */
const budgetMs = 10_000;

function placeRow({ region, regionSource, endpoint, protocol }: Connection): Row {
  const where = `${region} (${regionSource === "default" ? "the default" : `from the ${regionSource}`}), ${endpoint} over ${protocol}`;
  return {
    about: "region",
    verdict: regionSource === "default" ? "warning" : "ok",
    subject: "",
    text: `${where}.`,
  };
}

/** Any answer of the service to a signed call says that it knows who asks. */
async function signInRow(cloud: RdsApi, facts: Facts, source: string): Promise<Row> {
  const row = (verdict: Verdict, text: string): Row => ({ about: "sign-in", verdict, subject: "", text });
  const signer = () => cloud.signer() ?? "no credentials";
  try {
    await facts.instance(source);
  } catch (error) {
    if (!(error instanceof RdsFailure)) throw error;
    const why = `${error.message} ${nextStep(cloud, error)}`;
    switch (error.kind) {
      case "unreachable":
      case "signIn":
        return row("error", `Not signed in as ${signer()}. ${why}`);
      // Whoever is down or too busy for the moment says nothing about who asks, and may answer the next question.
      case "unknown":
      case "throttled":
        return row("unchecked", `Whether ${signer()} is let in is not known. ${why}`);
      case "notFound":
      case "refused":
      case "denied":
      case "busy":
    }
  }
  return row("ok", `Signed in as ${signer()}.`);
}

/** The service refuses calls from a clock that is more than 15 minutes off, as public clients met it. */
function clockRow(offsets: readonly number[]): Row {
  const row = (verdict: Verdict, text: string): Row => ({ about: "clock", verdict, subject: "", text });
  const [offset] = [...offsets].sort((left, right) => Math.abs(left) - Math.abs(right));
  if (offset === undefined) return row("unchecked", "No answer told the time of the service.");
  const seconds = Math.round(Math.abs(offset) / 1000);
  const far = seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} minutes`;
  const text = `${far} ${offset > 0 ? "behind" : "ahead of"} the service.`;
  if (seconds < 60) return row("ok", seconds < 2 ? "The same as the service's." : text);
  return row(seconds < 900 ? "warning" : "error", `${text} Set the clock of this machine.`);
}

/** Why something was not answered stands in the row of its permission, or in a finding. */
async function lookAround(cloud: RdsApi, facts: Facts, clock: Clock, wish: Wish): Promise<readonly Row[]> {
  const { source, target } = wish;
  const permissionRows = await askedPermissions(facts, cloud, clock.now(), { source, target });
  const instances = await Promise.all([source, target].map((id) => facts.instance(id).catch(whenUnanswered)));
  const listed = await facts.databases(target).catch(whenUnanswered);
  const tags = await facts.tags(target).catch(whenUnanswered);
  return [
    ...permissionRows,
    ...instances.flatMap((instance) => (instance ? [instanceRow(instance)] : [])),
    ...(await findingRows(facts, clock, wish)),
    ...(instances[0] ? [await backupRow(cloud, facts, clock, source)] : []),
    ...(listed ? markedDatabases(target, listed) : [notListed("owner", target, "databases")]),
    ...(tags ? unfinishedCopies(target, tags, listed ?? []) : [notListed("copy", target, "tags")]),
  ];
}

function notListed(about: Row["about"], subject: string, what: string): Row {
  return { about, verdict: "unchecked", subject, text: `Its ${what} could not be read.` };
}

function instanceRow(instance: InstanceFacts): Row {
  const { instanceId, engine, engineVersion, category, status, lockMode, regionId, storageGiB } = instance;
  const facts = [
    `${engine} ${engineVersion}`,
    category,
    status,
    lockMode,
    regionId,
    storageGiB === undefined ? "" : `${storageGiB} GiB`,
  ];
  return {
    about: "instance",
    verdict: "ok",
    subject: instanceId,
    text: `${facts.filter((fact) => fact !== "").join(", ")}.`,
  };
}

async function findingRows(
  facts: Facts,
  clock: Clock,
  { source, target, databases, choice }: Wish,
): Promise<readonly Row[]> {
  const pairs = databases ?? toDatabaseNames(await runningDatabases(facts, source));
  const names = Object.keys(pairs);
  const { findings: all } = await preflight(facts, clock, {
    sourceDbInstanceId: source,
    targetDbInstanceId: target,
    names: pairs,
    moreNames: names.length === 0,
    choice,
    dropped: [],
  });
  const about =
    names.length === 0
      ? "a copy"
      : `a copy of ${names.length === 1 ? names[0] : `${names.length} databases`}`;
  const row = (verdict: Verdict, text: string): Row => ({ about: "finding", verdict, subject: target, text });
  // What was not answered stands in the row of its permission.
  const findings = all.filter(({ code }) => code !== "not-checked");
  const taken = await takenNames(facts, target, Object.values(pairs));
  const rows = [
    ...findings.map((finding) => row(verdictOfFinding(finding), findingText(finding))),
    ...(taken.length === 0
      ? []
      : [
          row(
            databases ? "warning" : "note",
            `${listNames(taken)} exist${taken.length === 1 ? "s" : ""} there already. A copy to such a name is refused, unless its resource made the database, claims it or adopts it.`,
          ),
        ]),
  ];
  return rows.length > 0 ? rows : [row("ok", `Nothing was found that ${about} would run into.`)];
}

async function runningDatabases(facts: Facts, source: string): Promise<readonly string[]> {
  const listed = (await facts.databases(source).catch(whenUnanswered)) ?? [];
  return listed
    .filter(({ name, status }) => status === "Running" && !isSystemDatabase(name))
    .map(({ name }) => name);
}

async function takenNames(
  facts: Facts,
  target: string,
  names: readonly string[],
): Promise<readonly string[]> {
  const listed = (await facts.databases(target).catch(whenUnanswered)) ?? [];
  return listed.map(({ name }) => name).filter((name) => names.some((wanted) => sameName(wanted, name)));
}

function verdictOfFinding(finding: Finding): Verdict {
  switch (severityOf(finding)) {
    case "blocks":
      return "error";
    case "warns":
      return "warning";
    case "unchecked":
      return "unchecked";
    case "notes":
      return "note";
  }
}

async function backupRow(cloud: RdsApi, facts: Facts, clock: Clock, source: string): Promise<Row> {
  // What is known already is not asked again.
  const known: RdsApi = {
    ...cloud,
    describeInstance: facts.instance,
    describeBackups: ({ instanceId }) => facts.backups(instanceId),
    describeBackupPolicy: facts.policy,
  };
  const found = await askRestorableTime(known, clock, source).catch(whenUnanswered);
  if (!found) return notListed("backup", source, "backups");
  return {
    about: "backup",
    verdict: found.fullBackups.length === 0 ? "warning" : "ok",
    subject: source,
    text: backupText(found),
  };
}

function backupText({ fullBackups, stretches }: RestorableFacts): string {
  const [newest] = fullBackups;
  if (newest === undefined) return "No usable full backup.";
  const count =
    fullBackups.length === 1
      ? "1 usable full backup"
      : `${fullBackups.length} usable full backups, the newest`;
  const first = stretches[0];
  const last = stretches.at(-1);
  const window =
    first && last
      ? `Restorable from ${first.from} to ${last.to}${stretches.length > 1 ? `, with ${stretches.length - 1} holes` : ""}.`
      : "No point in time can be restored, only the backups themselves.";
  return `${count} ${newest}. ${window}`;
}
