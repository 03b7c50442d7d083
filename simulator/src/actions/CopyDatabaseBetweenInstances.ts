import { askedDatabases, checkTargetNames } from "../copy/databaseNames.js";
import { checkBackEnd } from "../copy/backEnd.js";
import { follows2019 } from "../copy/page2019.js";
import { checkParties } from "../copy/parties.js";
import { restorePoint, restoredContent } from "../copy/restorePoint.js";
import { checkSharedParameters } from "../copy/sharedParameters.js";
import { checkRoom } from "../copy/room.js";
import { restoredGiB } from "../copy/backupSize.js";
import { nextNumber } from "../call/call.js";
import { beginCopy } from "../operations/copy.js";
import { refuse } from "../rules/refuse.js";
import { behaviour, refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { findDatabase } from "../world/find.js";
import { action } from "./action.js";

/** Which of several reasons the service names first is documented nowhere; this order is the simulator's. */
export const copyDatabaseBetweenInstances = action({
  name: "CopyDatabaseBetweenInstances",
  required: ["DBInstanceId", "TargetDBInstanceId", "DbNames"],
  optional: ["BackupId", "RestoreTime", "SyncUserPrivilege", "StartTime", "EndTime", "BackupLocation"],
  handle(call) {
    checkSharedParameters(call);
    const { source, target } = checkParties(call);
    const asked = askedDatabases(call);
    const syncUsers = syncUserPrivilege(call.params["SyncUserPrivilege"]);
    const point = restorePoint(call, source, target, asked);
    const contents = asked.map((database) => restoredContent(source, point, database.source));
    const names = checkTargetNames(call, target, asked);
    const databases = asked.map((database, index) => {
      const original = findDatabase(source, database.source);
      return {
        source: database.source,
        target: names[index] ?? database.target,
        content: contents[index] ?? "",
        sizeGiB: restoredGiB(source, database.source),
        users: syncUsers ? (original?.users ?? {}) : {},
        description: call.world.service.copiedDescription === "source" ? (original?.description ?? "") : "",
        collation: original?.collation ?? target.collation,
      };
    });
    checkRoom(call.world, target, databases);
    checkBackEnd(call.world, databases);
    call.change((draft) => {
      const plan = {
        id: `t-${nextNumber(draft)}`,
        requestId: call.requestId,
        accountId: call.account.accountId,
        sourceId: source.id,
        targetId: target.id,
        databases,
      };
      beginCopy(draft, plan, call.now);
    });
    return follows2019(call.world) ? { DBInstanceId: source.id } : {};
  },
});

function syncUserPrivilege(text: string | undefined): boolean {
  if (text === undefined || text === "" || text === "NO") return false;
  if (text === "YES") return true;
  throw refuse(badSync);
}

const of = { action: "CopyDatabaseBetweenInstances" } as const;

const badSync = refusal({
  ...of,
  id: "copy.sync-value",
  parameter: "SyncUserPrivilege",
  code: "InvalidParameter",
  status: 400,
  message: "SyncUserPrivilege is YES or NO.",
  says: "YES or NO (the default); the code for anything else is not documented.",
  basis: "inferred",
  source: sources.copyPage,
});
behaviour({
  ...of,
  id: "copy.request-id-only",
  says: "The answer holds RequestId and nothing else; older pages had DBInstanceId beside it.",
  basis: "documented",
  source: sources.copyPage,
});
behaviour({
  ...of,
  id: "copy.description",
  switch: "copiedDescription",
  says: "The copy of a database has no description; or that of its source.",
  basis: "inferred",
  source: sources.simulator,
});
