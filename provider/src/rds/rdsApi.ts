/**
 * The calls of the RDS 2014-08-15 API that a database copy needs, as one interface: the only way from
 * the lifecycle to the cloud, and the one thing that tests replace.
 *
 * Every call either returns plain data or throws an `RdsFailure`. Lists come whole, all pages. `asOf`, in milliseconds
 * since the epoch: the answer to a question that was asked then or later will do.
 */
export interface RdsApi {
  /** Region the calls go to, for messages and for the outputs. */
  readonly region: string;
  /** Host (and port) that answers, for messages. */
  readonly endpoint: string;
  /** Whom the calls are signed as, in words and without a secret; `undefined` if that cannot be told. */
  signer(): string | undefined;
  /**
   * From whom an answer is awaited at this moment: the endpoint, or whoever is asked to sign in, in words; `undefined` while
   * nothing is on the wire.
   */
  waitsFor(): string | undefined;

  /** `undefined` when the service answers with an empty list, which it does for some unknown ids. */
  describeInstance(instanceId: string): Promise<InstanceFacts | undefined>;
  describeDatabases(instanceId: string, asOf?: number): Promise<readonly DatabaseFacts[]>;
  describeBackups(query: BackupQuery): Promise<readonly BackupSet[]>;
  /** Tasks that wait or run on an instance now. */
  describeTasks(instanceId: string, asOf?: number): Promise<readonly TaskFacts[]>;
  /** Tasks of an instance that began in the given time, ended ones included. */
  describeHistoryTasks(instanceId: string, since: Date, until: Date): Promise<readonly TaskFacts[]>;
  listTags(instanceId: string, asOf?: number): Promise<Readonly<Record<string, string>>>;
  describeBackupPolicy(instanceId: string): Promise<BackupPolicy>;
  /** The log backups that lie in the given time, in any order. */
  describeLogBackups(instanceId: string, since: Date, until: Date): Promise<readonly LogBackup[]>;
  /** Transparent data encryption. Editions that have none may refuse to be asked. */
  describeEncryption(instanceId: string): Promise<EncryptionFacts>;

  /** Starts a copy and returns at once. Has no client token: never repeat it blindly. */
  copyDatabases(request: CopyRequest): Promise<{ readonly requestId: string }>;
  /** Starts the drop of one database and returns at once. */
  deleteDatabase(instanceId: string, name: string): Promise<void>;
  describeDatabaseAs(instanceId: string, name: string, description: string): Promise<void>;
  tagInstance(instanceId: string, key: string, value: string): Promise<void>;
  untagInstance(instanceId: string, key: string): Promise<void>;
}

/** DescribeDBInstanceAttribute, as far as a copy cares. */
export interface InstanceFacts {
  readonly instanceId: string;
  /** `Running` is the only status that takes a copy. */
  readonly status: string;
  readonly engine: string;
  readonly engineVersion: string;
  readonly category: string;
  /** Primary, Readonly, Guard or Temp. */
  readonly type: string;
  readonly regionId: string;
  readonly networkType: string;
  /** `Unlock` when nothing is locked. */
  readonly lockMode: string;
  readonly storageGiB: number | undefined;
  readonly maxDatabases: number | undefined;
  /** Class family: s shared, x general, d dedicated, h whole host. */
  readonly classType?: string | undefined;
  /** Postpaid, Prepaid or SERVERLESS. */
  readonly payType?: string | undefined;
  /** Simple or Full, in either case of letters (public acceptance tests of the service); missing if the service does not tell. */
  readonly recoveryModel?: string | undefined;
  /** Of the server: that of its tempdb and of new databases. */
  readonly collation?: string | undefined;
  /** As Windows names it: `China Standard Time`. */
  readonly timeZone?: string | undefined;
  /** Data and log together. */
  readonly diskUsedBytes?: number | undefined;
}

/** One element of DescribeDatabases. */
export interface DatabaseFacts {
  readonly name: string;
  /** Creating, Running, Deleting or Cold are documented; any other means "not ready". */
  readonly status: string;
  readonly description: string;
  /** The accounts that have rights on it; missing if the service does not tell. */
  readonly accounts?: readonly string[] | undefined;
  /** What the service has properties for, without their values: which there are is documented nowhere. */
  readonly propertyNames?: readonly string[];
}

export interface BackupQuery {
  readonly instanceId: string;
  readonly backupId?: string;
  /** Only sets that began at or after this moment. */
  readonly since?: Date;
  /** Only sets that began at or before this moment. The service tells whole minutes apart, not seconds. */
  readonly until?: Date;
  /** Success or Failed. */
  readonly status?: string;
  /** FullBackup or IncrementalBackup. */
  readonly type?: string;
  /** Automated or Manual. */
  readonly mode?: string;
}

/** One element of DescribeBackups. Never carries its download links, which are signed. */
export interface BackupSet {
  readonly backupId: string;
  readonly status: string;
  readonly type: string;
  /** Automated or Manual. */
  readonly mode?: string | undefined;
  readonly method: string;
  /** ISO text as the service gave it. */
  readonly startTime: string;
  readonly endTime: string;
  readonly available: boolean;
  /** Names of the databases inside, as far as the service tells; empty when it does not. */
  readonly databases: readonly string[];
  /** Of the set as it is stored, compressed if the policy says so. */
  readonly sizeBytes?: number | undefined;
  /** In cold storage (StorageClass 1). */
  readonly archived?: boolean | undefined;
  /** Made beside the chain of backups (CopyOnlyBackup 1). */
  readonly copyOnly?: boolean | undefined;
}

/** DescribeBackupPolicy, as far as a copy cares. */
export interface BackupPolicy {
  /** Physical or Snapshot. */
  readonly method: string;
  /** Minutes between two log backups, if the service gave a number. */
  readonly logIntervalMinutes: number | undefined;
}

/** One element of DescribeLogBackupFiles. Never carries its download links, which are signed. */
export interface LogBackup {
  /** ISO texts as the service gave them; they end with the minutes. */
  readonly begin: string;
  readonly end: string;
}

/** DescribeDBInstanceTDE. */
export interface EncryptionFacts {
  /** On for the instance as a whole; single databases may still be plain. */
  readonly enabled: boolean;
  /** The encrypted databases. Told for single databases by SQL Server 2019 and later only, else `undefined`. */
  readonly databases: readonly string[] | undefined;
}

export interface TaskFacts {
  readonly action: string;
  readonly database: string;
  readonly status: string;
  /** 0 to 100, if the service gave a number. */
  readonly percent: number | undefined;
  /** What else the service says of it, as opaque text: its form is nowhere documented. */
  readonly detail: string;
}

export interface CopyRequest {
  readonly sourceDbInstanceId: string;
  readonly targetDbInstanceId: string;
  /** Source name to target name. */
  readonly names: Readonly<Record<string, string>>;
  readonly restorePoint: { readonly backupId: string } | { readonly restoreTime: string };
  readonly syncUserPrivilege: boolean;
}
