import { RdsFailure, whenNotFound } from "../rds/failure";
import type { RdsAction } from "../rds/permissions";
import type { InstanceFacts } from "../rds/rdsApi";
import type { Clock } from "../time/clock";
import type { Facts } from "./facts";
import { found, type Known, type Party, type Unanswered } from "./known";
import { logRange } from "./logCoverage";
import type { CopyPlan } from "./plan";
import { pointSet } from "./pointSet";

/**
 * Asks for everything that a finding depends on, and for nothing else, in rounds: what the instances are and
 * what the target holds; what there is to copy; what only some copies need. An id of `undefined` asks nothing.
 */
export async function gather(facts: Facts, clock: Clock, plan: CopyPlan): Promise<Known> {
  const { sourceDbInstanceId, targetDbInstanceId, choice } = plan;
  const unanswered: Unanswered[] = [];
  let encryptionRefused: string | undefined;
  const about =
    <T>(action: RdsAction, question: (id: string) => Promise<T>) =>
    async (id: string | undefined): Promise<T | undefined> => {
      if (id === undefined) return undefined;
      try {
        return await question(id);
      } catch (error) {
        if (!(error instanceof RdsFailure)) throw error;
        if (isWithoutEncryption(action, error)) encryptionRefused = error.code;
        // An instance that is not there has a finding of its own.
        else if (error.kind !== "notFound") unanswered.push({ action, failure: error });
        return undefined;
      }
    };
  // Not found is an answer: by code, or as an empty list.
  const party = about(
    "DescribeDBInstanceAttribute",
    async (id): Promise<Party> => (await facts.instance(id).catch(whenNotFound)) ?? "not found",
  );
  const databases = about("DescribeDatabases", (id) => facts.databases(id));
  const tags = about("ListTagResources", (id) => facts.tags(id));
  const policy = about("DescribeBackupPolicy", (id) => facts.policy(id));
  const encryption = about("DescribeDBInstanceTDE", (id) => facts.encryption(id));
  const backupId = choice?.kind === "backup" ? choice.backupId : undefined;
  const backups = about("DescribeBackups", (id) => facts.backups(id, backupId));

  const [source, target, targetDatabases] = await Promise.all([
    party(sourceDbInstanceId),
    party(targetDbInstanceId),
    plan.targetDatabases ?? databases(targetDbInstanceId),
  ]);

  const targetId = mayHold(target) ? targetDbInstanceId : undefined;
  const targetTags = await tags(plan.requireTargetTags === undefined ? undefined : targetId);
  const { names } = plan;
  const copies = Object.keys(names).length > 0 || plan.moreNames === true;

  const sourceId = copies && mayHold(source) ? sourceDbInstanceId : undefined;
  const time = choice?.kind === "time" ? choice.restoreTime : undefined;
  const ofSource = await Promise.all([
    databases(sourceId),
    backups(choice && sourceId),
    policy(time && sourceId),
    encryption(mayBeEncrypted(found(source)) ? sourceId : undefined),
  ]);
  const [sourceDatabases, sets, sourcePolicy, encrypted] = ofSource;

  const set = choice && sets && pointSet(choice, sets, Object.keys(names));
  const snapshots = set?.method === "Snapshot" || sourcePolicy?.method === "Snapshot";
  const range = time && set && logRange(set, time, sourcePolicy, clock.now());
  const logs = about("DescribeLogBackupFiles", (id) =>
    range ? facts.logs(id, range.since, range.until) : Promise.resolve(undefined),
  );
  const [targetPolicy, logBackups] = await Promise.all([
    policy(copies && snapshots ? targetId : undefined),
    logs(sourceId),
  ]);

  const asked = { source, target, targetDatabases, targetTags, sourceDatabases, sourcePolicy, targetPolicy };
  return {
    ...asked,
    plan,
    region: facts.region,
    endpoint: facts.endpoint,
    signer: facts.signer(),
    now: clock.now(),
    names,
    copies,
    backups: sets,
    logs: logBackups,
    encryption: encrypted,
    encryptionRefused,
    unanswered,
  };
}

/** Whether it makes sense to ask what an instance holds. */
function mayHold(party: Party | undefined): boolean {
  return party !== "not found" && (party === undefined || party.engine === "SQLServer");
}

/** Web editions have no transparent data encryption. */
function mayBeEncrypted(source: InstanceFacts | undefined): boolean {
  return !/_web$/.test(source?.engineVersion ?? "");
}

/** No document lists the editions without encryption; they refuse the question by a code of this kind (an inference). */
function isWithoutEncryption(action: RdsAction, { kind, code }: RdsFailure): boolean {
  return (
    action === "DescribeDBInstanceTDE" &&
    kind === "refused" &&
    (/not_?support|unsupport/i.test(code) || withoutEncryptionCodes.has(code))
  );
}

const withoutEncryptionCodes: ReadonlySet<string> = new Set([
  "InvalidEngineVersion.Malformed",
  "InvalidDBInstanceEngineType.Format",
]);
