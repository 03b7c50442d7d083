import type { JournalEntry } from "alicloud-rds-simulator";

/**
 * The calls that really changed databases, one text each: `copy orders as orders2, crm from backup 1001 with users`
 * and `drop orders`. Marks and receipts are not databases.
 */
export function changesIn(journal: readonly JournalEntry[]): readonly string[] {
  return journal.flatMap(({ action, parameters, status }) => {
    if (status !== 200) return [];
    switch (action) {
      case "CopyDatabaseBetweenInstances":
        return [copyText(parameters)];
      case "DeleteDatabase":
        return [`drop ${parameters["DBName"] ?? ""}`];
      default:
        return [];
    }
  });
}

function copyText(parameters: JournalEntry["parameters"]): string {
  const names = JSON.parse(parameters["DbNames"] ?? "{}") as Record<string, string>;
  const { BackupId: backup, RestoreTime: time, SyncUserPrivilege: users } = parameters;
  return [
    "copy",
    Object.entries(names)
      .map(([source, target]) => (source === target ? source : `${source} as ${target}`))
      .join(", "),
    backup ? `from backup ${backup}` : `as of ${time ?? "nothing"}`,
    ...(users === "YES" ? ["with users"] : []),
  ].join(" ");
}
