/**
 * Every action of the RDS API that this package calls, and what for. The RAM permission of an action is
 * `rds:` and its name (RAM section of each API page). One table for the policy that is printed, for the
 * texts that name a missing permission, and for the calls themselves, which can use no other action.
 */
export const permissions = {
  DescribeDBInstanceAttribute: {
    on: "both",
    changes: false,
    tells: "whether the instances can take part (engine, version, category, state, locks, network)",
  },
  DescribeDatabases: {
    on: "both",
    changes: false,
    tells: "whether the source has the databases and the target has their names free",
  },
  DescribeBackups: { on: "source", changes: false, tells: "whether there is a backup to copy from" },
  DescribeBackupPolicy: {
    on: "both",
    changes: false,
    tells: "whether source and target make snapshot backups, and how often the log is backed up",
  },
  DescribeLogBackupFiles: {
    on: "source",
    changes: false,
    tells: "whether the log backups reach to the restore time",
  },
  DescribeDBInstanceTDE: {
    on: "source",
    changes: false,
    tells: "whether a database is encrypted (TDE), which cannot be copied",
  },
  DescribeTasks: { on: "target", changes: false, tells: "how far a copy is and why it failed" },
  DescribeHistoryTasks: { on: "target", changes: false, tells: "why a copy failed" },
  ListTagResources: {
    on: "target",
    changes: false,
    tells: "whether the target carries the required tags, and the intents of copies",
  },
  CopyDatabaseBetweenInstances: { on: "both", changes: true, tells: "makes the copy" },
  ModifyDBDescription: {
    on: "target",
    changes: true,
    tells: "marks what was copied as belonging to its resource",
  },
  TagResources: { on: "target", changes: true, tells: "writes the intent of a copy" },
  UntagResources: { on: "target", changes: true, tells: "takes the intent of a copy off" },
  DeleteDatabase: {
    on: "target",
    changes: true,
    tells: "drops what was copied when it is no longer declared",
  },
} as const satisfies Readonly<Record<string, Permission>>;

export interface Permission {
  /** Which instance the call is about. */
  readonly on: "source" | "target" | "both";
  readonly changes: boolean;
  /** What the call finds out, or does: completes "it is not known ..." for a read. */
  readonly tells: string;
}

/** An action of the RDS API, as the service spells it. */
export type RdsAction = keyof typeof permissions;

export const rdsActions = Object.keys(permissions) as readonly RdsAction[];

/** The permission as RAM spells it. */
export function ramAction(action: RdsAction): string {
  return `rds:${action}`;
}
