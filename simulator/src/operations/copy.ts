import type { Moment } from "../call/request.js";
import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { draftInstance, sameName } from "../world/find.js";
import type { CopyOperation, Privilege, WorldDraft } from "../world/schema.js";
import { momentText } from "../world/time.js";
import { momentOfShare, shareDone } from "./operation.js";
import { recordTask } from "./tasks.js";

export interface CopyPlan {
  readonly id: string;
  readonly requestId: string;
  readonly accountId: string;
  readonly sourceId: string;
  readonly targetId: string;
  readonly databases: readonly PlannedDatabase[];
}

export interface PlannedDatabase {
  readonly source: string;
  readonly target: string;
  readonly content: string;
  readonly sizeGiB: number;
  readonly users: Readonly<Record<string, Privilege>>;
  readonly description: string;
  readonly collation: string;
}

/** Accepts a copy: the target databases are listed as Creating at once, and an operation fills them. */
export function beginCopy(draft: WorldDraft, plan: CopyPlan, now: number): void {
  const total = plan.databases.reduce((sum, database) => sum + database.sizeGiB, 0);
  const target = draftInstance(draft, plan.targetId);
  for (const database of plan.databases) {
    target.databases.push({
      name: database.target,
      status: "Creating",
      sizeGiB: database.sizeGiB,
      content: "",
      contentSince: momentText(now),
      tde: false,
      users: {},
      description: database.description,
      collation: database.collation,
      growsGiBPerDay: 0,
    });
  }
  let done = 0;
  draft.operations.push({
    kind: "copy",
    id: plan.id,
    requestId: plan.requestId,
    accountId: plan.accountId,
    started: momentText(now),
    seconds: Math.max(draft.copy.minimumSeconds, draft.copy.secondsPerGiB * total),
    looks: 0,
    sourceId: plan.sourceId,
    instanceId: plan.targetId,
    databases: plan.databases.map(({ source, target: name, content, sizeGiB, users }, index) => {
      done += total === 0 ? 1 : sizeGiB;
      const until =
        index === plan.databases.length - 1 ? 1 : done / (total === 0 ? plan.databases.length : total);
      return { source, target: name, content, sizeGiB, until, outcome: "pending", users: { ...users } };
    }),
  });
}

export const copyIsDue = (operation: CopyOperation, share: number): boolean =>
  share >= 1 ||
  operation.databases.some((database) => database.outcome === "pending" && database.until <= share);

export function advanceCopy(draft: WorldDraft, due: CopyOperation, moment: Moment): void {
  const operation = draft.operations.find((running) => running.id === due.id);
  if (operation?.kind !== "copy") return;
  const share = shareDone(operation, moment);
  for (const database of operation.databases) {
    if (database.outcome !== "pending" || database.until > share) continue;
    const at = momentOfShare(operation, database.until, moment);
    database.outcome = finishDatabase(draft, operation.instanceId, database, at) ? "copied" : "failed";
  }
  if (share < 1) return;
  draft.operations = draft.operations.filter((running) => running.id !== operation.id);
  const failed = operation.databases.filter((database) => database.outcome === "failed");
  recordTask(draft, {
    id: operation.id,
    accountId: operation.accountId,
    instanceId: operation.instanceId,
    action: "CopyDatabaseBetweenInstances",
    requestId: operation.requestId,
    status: failed.length > 0 ? "Failed" : "Succeed",
    reason: failed.length > 0 ? "RestoreFailed" : "",
    started: operation.started,
    ended: momentText(momentOfShare(operation, 1, moment)),
    detail: JSON.stringify({
      sourceDBInstanceId: operation.sourceId,
      databases: operation.databases.map(({ source, target, outcome }) => ({ source, target, outcome })),
    }),
  });
}

type EntryDraft = Extract<WorldDraft["operations"][number], { kind: "copy" }>["databases"][number];

function finishDatabase(draft: WorldDraft, targetId: string, entry: EntryDraft, at: number): boolean {
  const target = draftInstance(draft, targetId);
  const database = target.databases.find((candidate) => sameName(candidate.name, entry.target));
  if (database === undefined) return false;
  const fails = draft.copy.failDatabases.some(
    (name) => sameName(name, entry.source) || sameName(name, entry.target),
  );
  if (fails) {
    target.databases = target.databases.filter((candidate) => candidate !== database);
    return false;
  }
  database.status = "Running";
  database.content = entry.content;
  database.contentSince = momentText(at);
  database.users = { ...database.users, ...entry.users };
  for (const name of Object.keys(entry.users)) {
    if (target.dbAccounts.some((account) => account.name === name)) continue;
    target.dbAccounts.push({
      name,
      type: "Normal",
      status: "Available",
      description: "",
      checkPolicy: false,
    });
  }
  return true;
}

const inferredFromReplicatePage = {
  action: "CopyDatabaseBetweenInstances",
  basis: "inferred",
  source: sources.replicatePage,
} as const;

behaviour({
  ...inferredFromReplicatePage,
  id: "copy.databases-listed-at-once",
  says: "The call is answered at once; the target databases are listed as Creating from then on, and Running once filled.",
});
behaviour({
  ...inferredFromReplicatePage,
  id: "copy.one-after-the-other",
  says: "The databases of one copy are filled one after the other, each taking time by its size.",
});
behaviour({
  ...inferredFromReplicatePage,
  id: "copy.failed-database-vanishes",
  says: "A database whose copy fails is no longer listed; the others stay, and the task ends as Failed.",
});
behaviour({
  ...inferredFromReplicatePage,
  id: "copy.target-status",
  says: "What DBInstanceStatus the target shows while it is filled is documented nowhere: the world's copy.targetStatus chooses.",
});
behaviour({
  id: "copy.sync-user-privilege",
  action: "CopyDatabaseBetweenInstances",
  parameter: "SyncUserPrivilege",
  says: "With YES the users of a source database have the same rights on its copy, and are made on the target where they are not; with NO the copy has no users.",
  basis: "documented",
  source: sources.copyPage,
});
