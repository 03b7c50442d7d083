import { restoredGiB } from "../copy/backupSize.js";
import { restoredContent, restoredNames, restorePointOf, type RestorePoint } from "../copy/restorePoint.js";
import type { Call } from "../call/call.js";
import { badValue, choice } from "../parameters/badValue.js";
import { refuse } from "../rules/refuse.js";
import { behaviour, refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { findDatabase } from "../world/find.js";
import type { Database, Instance } from "../world/schema.js";
import { momentText } from "../world/time.js";
import { action } from "./action.js";
import {
  askedFields,
  completeInstance,
  given,
  present,
  serverlessField,
  sharedParameters,
  sharedRefusals,
  slaveFields,
} from "./askedInstance.js";
import { madeAnswer, madeBefore, makeInstance } from "./makeInstance.js";
import { primaryInstance } from "./writableInstance.js";

export const cloneDBInstance = action({
  name: "CloneDBInstance",
  required: ["DBInstanceId", "PayType"],
  optional: [
    ...sharedParameters,
    ...["BackupId", "BackupType", "DBInstanceClass", "DBInstanceStorage", "DbNames", "RestoreTime"],
    ...["ServerlessConfig", "ZoneIdSlave1", "ZoneIdSlave2"],
  ],
  refuses: { ...sharedRefusals, RestoreTable: ["0", "false"], TableMeta: [] },
  handle(call) {
    const before = madeBefore(call);
    if (before !== undefined) return answer(before);
    const source = primaryInstance(call, "CloneDBInstance");
    const point = restorePointOf(call, source);
    checkType(call, point);
    const databases = askedNames(call, source, point).map((name) => restored(call, source, point, name));
    const instance = asked(call, source, databases);
    const sizeGiB = databases.reduce((sum, database) => sum + database.sizeGiB, 0);
    return answer(
      makeInstance(
        call,
        instance,
        ({ life, copy }) => life.createInstanceSeconds + copy.secondsPerGiB * sizeGiB,
      ),
    );
  },
});

function answer(instance: Instance) {
  const { DBInstanceId, OrderId } = madeAnswer(instance);
  return { DBInstanceId, OrderId };
}

/** BackupType names the kind of the set that the data comes from. */
function checkType(call: Call, point: RestorePoint): void {
  const type = choice(call.params, "BackupType", ["FullBackup", "IncrementalBackup"]);
  if (type !== undefined && point.kind !== "now" && point.set.type !== type) throw badValue("BackupType");
}

function askedNames(call: Call, source: Instance, point: RestorePoint): readonly string[] {
  const held = restoredNames(source, point);
  const names = given(call, "DbNames")?.split(",");
  const missing = names?.find((name) => !held.some((one) => one.toLowerCase() === name.toLowerCase()));
  if (missing !== undefined) throw refuse(unknownDatabase, { values: { name: missing } });
  return names ?? held;
}

function restored(call: Call, source: Instance, point: RestorePoint, name: string): Database {
  const original = findDatabase(source, name);
  return {
    name: original?.name ?? name,
    status: "Running",
    sizeGiB: restoredGiB(source, name),
    content: restoredContent(source, point, name),
    contentSince: momentText(call.now),
    tde: original?.tde ?? false,
    users: original?.users ?? {},
    description: original?.description ?? "",
    collation: original?.collation ?? source.collation,
    growsGiBPerDay: 0,
  };
}

/** What was asked for; else what the source has, its settings, whitelists and accounts included. */
function asked(call: Call, source: Instance, databases: readonly Database[]): Instance {
  const fields = { ...askedFields(call), ...slaveFields(call) };
  if ((fields.storageGiB ?? source.storageGiB) < source.storageGiB) throw refuse(smaller);
  const {
    publicConnection: _public,
    ssl: _ssl,
    expiresAt: _expires,
    connectionPrefix: _prefix,
    ...kept
  } = source;
  return completeInstance(call, {
    ...kept,
    description: "",
    tags: {},
    deletionProtection: false,
    ...fields,
    ...present("serverless", serverlessField(call, "ServerlessConfig")),
    id: "rm-new",
    createdAt: momentText(call.now),
    tendedAt: momentText(call.now),
    databases,
    backups: [],
    logs: [],
  });
}

const of = { action: "CloneDBInstance", basis: "inferred", source: sources.sdk } as const;

const unknownDatabase = refusal({
  ...of,
  id: "clone.database-not-found",
  parameter: "DbNames",
  code: "InvalidDBName.NotFound",
  status: 404,
  message: "The database {name} cannot be restored from there.",
  says: "Each of DbNames is held by the set, or was there at the moment; the code is that of other actions.",
});
const smaller = refusal({
  ...of,
  id: "clone.storage",
  parameter: "DBInstanceStorage",
  code: "InvalidRecoveryDbInstance.StorageSize",
  status: 400,
  message: "The storage is smaller than that of the source instance.",
  says: "The storage can be larger than that of the source, not smaller; the code is that of the copy.",
});
behaviour({
  ...of,
  id: "clone.restore-point",
  parameter: "BackupId, RestoreTime",
  says: "A clone is made from the same sets and moments as a copy, and refused for the same reasons with the same codes; neither or both of them are refused too, where the page asks for at least one.",
});
behaviour({
  ...of,
  id: "clone.as-source",
  says: "What is not asked for is as it is on the source: class, storage, network, whitelists, parameters, backup policy, accounts and their rights. A clone has its own address, no public one, no tags, no backup and no log.",
});
