import { keepsLog } from "./find.js";
import type { Static } from "@sinclair/typebox";
import { freeze } from "immer";
import type { World, worldSchema } from "./schema.js";
import { momentText, parseMoment } from "./time.js";

type Filled = Static<typeof worldSchema>;
type FilledInstance = Filled["instances"][number];

/** Fills in the defaults that depend on other fields. `realNow`: what `now` is when the document leaves it out. */
export function complete(document: Filled, realNow: number): World {
  const now = momentText(document.now === undefined ? realNow : parseMoment(document.now));
  const accountId = document.accounts[0]?.accountId ?? "";
  const world: World = {
    ...document,
    now,
    instances: document.instances.map((instance) => completeInstance(instance, accountId, now)),
  };
  return freeze(world, true);
}

function completeInstance(
  instance: FilledInstance,
  accountId: string,
  now: string,
): World["instances"][number] {
  return {
    ...instance,
    accountId: instance.accountId ?? accountId,
    zone: instance.zone ?? `${instance.region}-h`,
    category: instance.category ?? categoryOf(instance.engineVersion),
    logRetentionDays: instance.logRetentionDays ?? instance.retentionDays,
    databases: instance.databases.map((database) => ({
      ...database,
      contentSince: database.contentSince ?? now,
    })),
    dbAccounts: accountsOf(instance),
    logs: instance.logs ?? unbrokenLog(instance, now),
    tendedAt: instance.tendedAt ?? now,
  };
}

/** Who has a right on a database is an account of the instance. */
function accountsOf(instance: FilledInstance): World["instances"][number]["dbAccounts"] {
  const listed = instance.dbAccounts ?? [];
  const users = new Set(instance.databases.flatMap((database) => Object.keys(database.users)));
  for (const { name } of listed) users.delete(name);
  return [
    ...listed,
    ...[...users].map((name) => ({
      name,
      type: "Normal" as const,
      status: "Available" as const,
      description: "",
    })),
  ];
}

/** `_ent` is the enterprise cluster, `_sl` serverless, `_web` and the bare 2012 single nodes (rds-api.md section 3). */
function categoryOf(engineVersion: string): World["instances"][number]["category"] {
  if (engineVersion.endsWith("_ent")) return "AlwaysOn";
  if (engineVersion.endsWith("_sl")) return "serverless_ha";
  if (engineVersion.endsWith("_web") || engineVersion === "2012") return "Basic";
  return "HighAvailability";
}

function unbrokenLog(instance: FilledInstance, now: string): { from: string; to: string }[] {
  if (!keepsLog(instance)) return [];
  const starts = instance.backups
    .filter((backup) => backup.type === "FullBackup" && backup.status === "Success")
    .map((backup) => parseMoment(backup.start));
  return starts.length === 0 ? [] : [{ from: momentText(Math.min(...starts)), to: now }];
}
