import type { Static } from "@sinclair/typebox";
import { freeze } from "immer";
import { categoryOf, hasSecondNode, isServerless, keepsLog, masterOf } from "./kindOfInstance.js";
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
    networks: document.networks ?? (document.vpcs.length + document.vSwitches.length > 0 ? "listed" : "any"),
    instances: document.instances.map((instance) => completeInstance(instance, document, { accountId, now })),
  };
  return freeze(world, true);
}

function completeInstance(
  instance: FilledInstance,
  { instances }: Filled,
  world: { readonly accountId: string; readonly now: string },
): World["instances"][number] {
  const category = instance.category ?? categoryOf(instance);
  const accountId = instance.accountId ?? world.accountId;
  const zone = instance.zone ?? `${instance.region}-h`;
  const serverless = isServerless(category);
  const masterId =
    instance.type === "Readonly" ? (instance.masterId ?? masterOf(instance, instances)) : undefined;
  return {
    ...instance,
    accountId,
    zone,
    category,
    instanceClass: instance.instanceClass ?? (serverless ? serverlessClass : "mssql.x4.medium.s2"),
    payType: instance.payType ?? (serverless ? "SERVERLESS" : "Postpaid"),
    ...(serverless ? { serverless: instance.serverless ?? defaultScale } : {}),
    ...(masterId === undefined ? {} : { masterId }),
    slaveZones: instance.slaveZones ?? (hasSecondNode({ category, type: instance.type }) ? [zone] : []),
    connectionPrefix: instance.connectionPrefix ?? instance.id.toLowerCase(),
    logRetentionDays: instance.logRetentionDays ?? instance.retentionDays,
    databases: instance.databases.map((database) => ({
      ...database,
      contentSince: database.contentSince ?? world.now,
    })),
    dbAccounts: accountsOf(instance),
    logs: instance.logs ?? unbrokenLog(instance, world.now),
    tendedAt: instance.tendedAt ?? world.now,
  };
}

const serverlessClass = "mssql.mem2.serverless.s2";
const defaultScale = { scaleMin: 2, scaleMax: 8, autoPause: false, switchForce: false };

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
      checkPolicy: false,
    })),
  ];
}

function unbrokenLog(instance: FilledInstance, now: string): { from: string; to: string }[] {
  if (!keepsLog(instance)) return [];
  const starts = instance.backups
    .filter((backup) => backup.type === "FullBackup" && backup.status === "Success")
    .map((backup) => parseMoment(backup.start));
  return starts.length === 0 ? [] : [{ from: momentText(Math.min(...starts)), to: now }];
}
