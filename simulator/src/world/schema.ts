import { Type, type Static } from "@sinclair/typebox";
import type { Draft, Immutable } from "immer";
import { marks, moment, oneOf, strict, text } from "./fields.js";
import { categories, changeableFields, settingFields } from "./settings.js";

/**
 * The world: one JSON document with everything the simulated cloud knows. Types, defaults and the JSON schema
 * file all come from here. What cannot be said in a schema (a default that depends on another field, unique
 * names) is in `complete.ts` and `problems.ts`.
 */

const accountSchema = Type.Object(
  {
    accountId: Type.String({
      pattern: "^[0-9]+$",
      default: "1000000000000001",
      description: "The owner of instances.",
    }),
    accessKeyId: text("Signs requests.", "simulated-key"),
    accessKeySecret: text("Never leaves the world document.", "simulated-secret"),
    deny: Type.Array(Type.String(), {
      default: [],
      description: 'RAM actions that are denied to this key: "rds:DeleteDatabase", "rds:Describe*", "*".',
    }),
  },
  strict,
);

export const privileges = ["ReadWrite", "ReadOnly", "DMLOnly", "DDLOnly", "DBOwner"] as const;

const databaseSchema = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    status: oneOf(["Creating", "Running", "Deleting", "Cold", "Suspect", "Offline"], { default: "Running" }),
    sizeGiB: Type.Number({ minimum: 0, default: 1 }),
    content: text(
      "Opaque mark for what is inside. A copy carries the mark of the restore point it was made from.",
    ),
    contentSince: Type.Optional(
      moment(
        "Since when the database holds this content; a restore time before it gets the mark of a backup. Default: the world's `now`.",
      ),
    ),
    tde: Type.Boolean({ default: false, description: "Transparent data encryption." }),
    users: Type.Record(Type.String(), oneOf(privileges, {}), {
      default: {},
      description: "Account name to right.",
    }),
    description: text("DBDescription."),
    collation: text("CharacterSetName.", "Chinese_PRC_CI_AS"),
    growsGiBPerDay: Type.Number({
      minimum: 0,
      default: 0,
      description: "How fast it grows, at the times when the log is backed up.",
    }),
  },
  strict,
);

const dbAccountSchema = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    type: oneOf(["Normal", "Super", "Sysadmin"], { default: "Normal" }),
    status: oneOf(["Available", "Unavailable", "Lock"], {
      default: "Available",
      description: "Unavailable while it is being made.",
    }),
    description: text("AccountDescription."),
    checkPolicy: Type.Boolean({ default: false, description: "CheckPolicy." }),
  },
  strict,
);

const backupSchema = Type.Object(
  {
    id: Type.String({ minLength: 1 }),
    start: moment("BackupStartTime."),
    end: moment("BackupEndTime; of a running backup: when it is expected."),
    type: oneOf(["FullBackup", "IncrementalBackup"], { default: "FullBackup" }),
    mode: oneOf(["Automated", "Manual"], { default: "Automated" }),
    method: oneOf(["Physical", "Snapshot", "Logical"], { default: "Physical" }),
    status: oneOf(["Success", "Failed", "Running"], { default: "Success" }),
    available: Type.Boolean({ default: true, description: "IsAvail." }),
    copyOnly: Type.Boolean({ default: false, description: "CopyOnlyBackup." }),
    archived: Type.Boolean({ default: false, description: "StorageClass 1: in cold storage." }),
    databases: marks("Database name to the content mark it had when the set was made."),
    sizeGiB: Type.Optional(
      Type.Number({ minimum: 0, description: "BackupSize. Default: the databases it holds." }),
    ),
    jobId: Type.Optional(Type.String({ description: "BackupJobId of the call that made it." })),
    keptDays: Type.Optional(
      Type.Integer({ minimum: 7, maximum: 730, description: "Default: the retentionDays of the instance." }),
    ),
  },
  strict,
);

const instanceSchema = Type.Object(
  {
    id: Type.String({ pattern: "^[A-Za-z][A-Za-z0-9-]*$", description: "The one field without a default." }),
    accountId: Type.Optional(Type.String({ description: "Default: that of the first account." })),
    description: text("DBInstanceDescription."),
    region: text("RegionId.", "cn-hangzhou"),
    zone: Type.Optional(Type.String({ description: "ZoneId. Default: the region's zone h." })),
    engine: oneOf(["SQLServer", "MySQL", "PostgreSQL", "MariaDB"], { default: "SQLServer" }),
    engineVersion: text("EngineVersion.", "2019_std_ha"),
    category: Type.Optional(
      oneOf(categories, { description: "Default: by the ending of the engine version, or by the pay type." }),
    ),
    type: oneOf(["Primary", "Readonly", "Guard", "Temp"], { default: "Primary" }),
    instanceClass: Type.Optional(
      Type.String({
        description: "DBInstanceClass. Default: a usual one, of its own for serverless instances.",
      }),
    ),
    classType: oneOf(["s", "x", "d", "h"], {
      default: "x",
      description: "s shared, x general, d dedicated, h whole host.",
    }),
    storageType: text("DBInstanceStorageType.", "cloud_essd"),
    storageGiB: Type.Number({ exclusiveMinimum: 0, default: 500 }),
    logGiB: Type.Number({ minimum: 0, default: 0, description: "Disk used by logs." }),
    networkType: oneOf(["VPC", "Classic"], { default: "VPC" }),
    vpcId: text("VpcId.", "vpc-simulated"),
    vSwitchId: text("VSwitchId.", "vsw-simulated"),
    status: text("DBInstanceStatus; only Running is ready.", "Running"),
    lockMode: oneOf(
      [
        "Unlock",
        "ManualLock",
        "LockByExpiration",
        "LockByRestoration",
        "LockByDiskQuota",
        "LockReadInstanceByDiskQuota",
        "Released",
      ],
      { default: "Unlock" },
    ),
    payType: Type.Optional(
      oneOf(["Postpaid", "Prepaid", "SERVERLESS"], {
        description: "Default: SERVERLESS by the category or the version, else Postpaid.",
      }),
    ),
    resourceGroupId: text("ResourceGroupId.", "rg-simulated"),
    deletionProtection: Type.Boolean({ default: false }),
    port: text("Port.", "1433"),
    maintainTime: text("MaintainTime.", "18:00Z-22:00Z"),
    monitorSeconds: Type.Integer({ minimum: 5, default: 300, description: "Period of the monitoring." }),
    ipArrays: Type.Record(Type.String(), Type.String(), {
      default: { default: "127.0.0.1" },
      description: "Name of an IP whitelist to its comma list.",
    }),
    createdAt: Type.String({
      format: "date-time",
      default: "2025-01-01T00:00:00Z",
      description: "CreationTime.",
    }),
    collation: text("Collation of the instance.", "Chinese_PRC_CI_AS"),
    timeZone: text("TimeZone.", "China Standard Time"),
    maxDatabases: Type.Integer({ minimum: 0, default: 100, description: "DBMaxQuantity." }),
    recoveryModel: oneOf(["Full", "Simple", "full", "simple"], {
      default: "Full",
      description: "As it was asked for: the alicloud provider writes it small.",
    }),
    tags: marks("Tags of the instance."),
    backupMethod: oneOf(["Physical", "Snapshot"], {
      default: "Physical",
      description: "The method of the backup policy.",
    }),
    automaticBackups: Type.Boolean({
      default: false,
      description: "Whether sets are made by the backupPolicy, as time passes.",
    }),
    retentionDays: Type.Integer({ minimum: 7, maximum: 730, default: 7 }),
    logRetentionDays: Type.Optional(
      Type.Integer({ minimum: 7, maximum: 730, description: "Default: retentionDays." }),
    ),
    logIntervalMinutes: Type.Integer({
      minimum: 1,
      default: 30,
      description: "How often the log is backed up.",
    }),
    databases: Type.Array(databaseSchema, { default: [] }),
    dbAccounts: Type.Optional(
      Type.Array(dbAccountSchema, {
        description:
          "The database accounts. Those that are only named as users of a database are added to them.",
      }),
    ),
    backups: Type.Array(backupSchema, { default: [] }),
    logs: Type.Optional(
      Type.Array(Type.Object({ from: moment("Begin."), to: moment("End.") }, strict), {
        description:
          "Spans covered by log backups. Default: from the oldest usable full backup to `now`; none under the simple recovery model. They grow with time.",
      }),
    ),
    tendedAt: Type.Optional(
      moment("Until when logs, retention and growth were brought up to date. Default: the world's `now`."),
    ),
    releasedAt: Type.Optional(moment("Since when it is in the recycle bin.")),
    ...settingFields,
  },
  strict,
);

const copiedDatabaseSchema = Type.Object(
  {
    source: Type.String(),
    target: Type.String(),
    content: Type.String(),
    sizeGiB: Type.Number({ minimum: 0 }),
    until: Type.Number({
      description: "The share of the operation (0 to 1) at which this database is done.",
    }),
    outcome: oneOf(["pending", "copied", "failed"], {}),
    users: Type.Record(Type.String(), oneOf(privileges, {})),
  },
  strict,
);

const runningSchema = {
  id: Type.String(),
  requestId: Type.String(),
  accountId: Type.String(),
  started: moment("When the call was accepted."),
  seconds: Type.Number({ minimum: 0, description: "How long it takes in the world's time." }),
  looks: Type.Integer({
    minimum: 0,
    description: "How often it was looked at; what moves it under the stepped clock.",
  }),
};

const copyOperationSchema = Type.Object(
  {
    kind: Type.Literal("copy"),
    ...runningSchema,
    sourceId: Type.String(),
    instanceId: Type.String({ description: "The target." }),
    databases: Type.Array(copiedDatabaseSchema),
  },
  strict,
);
const dropOperationSchema = Type.Object(
  { kind: Type.Literal("drop"), ...runningSchema, instanceId: Type.String(), database: Type.String() },
  strict,
);
const createDatabaseSchema = Type.Object(
  {
    kind: Type.Literal("createDatabase"),
    ...runningSchema,
    instanceId: Type.String(),
    database: Type.String(),
  },
  strict,
);
const createAccountSchema = Type.Object(
  {
    kind: Type.Literal("createAccount"),
    ...runningSchema,
    instanceId: Type.String(),
    account: Type.String(),
  },
  strict,
);
const backupOperationSchema = Type.Object(
  {
    kind: Type.Literal("backup"),
    ...runningSchema,
    instanceId: Type.String(),
    backupId: Type.String(),
    databases: Type.Array(Type.String(), { description: "Which databases it holds." }),
  },
  strict,
);
const createInstanceSchema = Type.Object(
  { kind: Type.Literal("createInstance"), ...runningSchema, instanceId: Type.String() },
  strict,
);
const changeInstanceSchema = Type.Object(
  {
    kind: Type.Literal("changeInstance"),
    ...runningSchema,
    instanceId: Type.String(),
    becomes: Type.Object(changeableFields, strict),
  },
  strict,
);
const deleteInstanceSchema = Type.Object(
  { kind: Type.Literal("deleteInstance"), ...runningSchema, instanceId: Type.String() },
  strict,
);
type AnyOperation =
  | Static<typeof copyOperationSchema>
  | Static<typeof dropOperationSchema>
  | Static<typeof createDatabaseSchema>
  | Static<typeof createAccountSchema>
  | Static<typeof backupOperationSchema>
  | Static<typeof createInstanceSchema>
  | Static<typeof changeInstanceSchema>
  | Static<typeof deleteInstanceSchema>;
const operationSchema = Type.Unsafe<AnyOperation>({
  type: "object",
  required: ["kind"],
  discriminator: { propertyName: "kind" },
  oneOf: [
    copyOperationSchema,
    dropOperationSchema,
    createDatabaseSchema,
    createAccountSchema,
    backupOperationSchema,
    createInstanceSchema,
    changeInstanceSchema,
    deleteInstanceSchema,
  ],
});

const taskSchema = Type.Object(
  {
    id: Type.String(),
    accountId: Type.String(),
    instanceId: Type.String(),
    action: Type.String(),
    requestId: Type.String(),
    status: oneOf(["Succeed", "Failed"], {}),
    reason: text("ReasonCode."),
    started: moment("Begin."),
    ended: moment("End."),
    detail: text("TaskDetail, JSON text.", "{}"),
  },
  strict,
);

const copySchema = Type.Object(
  {
    secondsPerGiB: Type.Number({ minimum: 0, default: 3 }),
    minimumSeconds: Type.Number({ minimum: 0, default: 20 }),
    targetStatus: oneOf(["Running", "Restoring", "Importing"], {
      default: "Running",
      description: "DBInstanceStatus of the target while a copy runs.",
    }),
    failDatabases: Type.Array(Type.String(), {
      default: [],
      description: "Names (source or target) whose copy fails at its end.",
    }),
    refuseDatabases: marks(
      "Source names with which the operation fails at once, each with the code that is answered; empty: SqlExecuteFailedOrTimeout.",
    ),
    slowLogins: Type.Array(Type.String(), {
      default: [],
      description: "Users whose login the target does not make in time, where SyncUserPrivilege is YES: 408.",
    }),
    atMost: Type.Integer({
      minimum: 0,
      default: 0,
      description: "How many copies may run at once before InsufficientResourceCapacity; 0 is no limit.",
    }),
  },
  { ...strict, default: {} },
);

const seconds = (fallback: number, description: string) =>
  Type.Number({ minimum: 0, default: fallback, description });

const lifeSchema = Type.Object(
  {
    createInstanceSeconds: seconds(120, "From CreateDBInstance to Running."),
    changeInstanceSeconds: seconds(30, "A change of class, storage or version."),
    deleteInstanceSeconds: seconds(10, "From DeleteDBInstance until it is gone."),
    createDatabaseSeconds: seconds(3, "From CreateDatabase to Running."),
    createAccountSeconds: seconds(3, "From CreateAccount to Available."),
    backupMinimumSeconds: seconds(15, "A backup takes at least as long."),
    backupSecondsPerGiB: seconds(0.5, "How long a backup takes by the size of its databases."),
    releasedDays: Type.Number({
      minimum: 0,
      default: 8,
      description: "How long a released instance refuses calls before it is unknown (releasedInstances).",
    }),
  },
  { ...strict, default: {} },
);

const roleSchema = Type.Object(
  {
    arn: Type.String({ pattern: "^acs:ram::[0-9]+:role/[A-Za-z0-9.@_-]+$" }),
    trusts: Type.Array(Type.String(), {
      default: [],
      description: "Further accounts and OIDC providers (by ARN) that may assume it, beside its own account.",
    }),
    externalId: Type.Optional(Type.String({ description: "Asked for when it is assumed." })),
    maxSeconds: Type.Integer({
      minimum: 900,
      maximum: 43200,
      default: 3600,
      description: "MaxSessionDuration.",
    }),
    deny: Type.Array(Type.String(), {
      default: [],
      description: "RAM actions that are denied to its sessions.",
    }),
  },
  strict,
);

const oidcProviderSchema = Type.Object(
  {
    arn: Type.String({ pattern: "^acs:ram::[0-9]+:oidc-provider/[A-Za-z0-9.@_-]+$" }),
    issuer: text("What `iss` of a token must be; empty takes any."),
    clientIds: Type.Array(Type.String(), {
      default: [],
      description: "What `aud` of a token must be; empty takes any.",
    }),
  },
  strict,
);

const sessionSchema = Type.Object(
  {
    accessKeyId: Type.String(),
    accessKeySecret: Type.String(),
    securityToken: Type.String(),
    accountId: Type.String(),
    roleArn: Type.String(),
    sessionName: Type.String(),
    expires: moment("In real time, as for every client."),
    deny: Type.Array(Type.String(), { default: [] }),
  },
  strict,
);

const serviceSchema = Type.Object(
  {
    apiPage: oneOf(["2019", "2026"], { default: "2026", description: "Which page's rules hold." }),
    notFoundStatus: Type.Union([Type.Literal(400), Type.Literal(404)], { default: 400 }),
    notFoundCodes: marks(
      "Action to the code it uses for an unknown instance, where the default is not wanted.",
    ),
    releasedInstances: oneOf(["listed", "refused", "gone"], {
      default: "listed",
      description:
        "An instance with lockMode Released: every call 403 OperationDenied.DBInstanceStatus, or not found. With `refused` a deleted instance becomes such a one, for life.releasedDays; else it is gone at once.",
    }),
    privilegeSpelling: oneOf(["mixed", "DBOwner", "DbOwner"], {
      default: "mixed",
      description: "mixed: DbOwner in DescribeDatabases and DBOwner in DescribeAccounts.",
    }),
    utf8Collation: oneOf(["Chinese_PRC_CI_AS", "utf8"], {
      default: "Chinese_PRC_CI_AS",
      description: "CharacterSetName of a database that was made with utf8.",
    }),
    expiredToken: oneOf(["InvalidParameter", "InvalidSecurityToken.Expired"], {
      default: "InvalidParameter",
      description: "The code for an expired token; the text of the first names SecurityToken.Expired.",
    }),
    callsPerSecond: Type.Integer({
      minimum: 0,
      default: 10,
      description: "Per key and action, in real time only; 0 is off.",
    }),
    refuseResentNonce: Type.Boolean({ default: true }),
    copiedDescription: oneOf(["empty", "source"], { default: "empty" }),
    variedMessages: Type.Boolean({ default: true, description: "Several message texts for one code." }),
    targetNameSpelling: oneOf(["asAsked", "lowerCase"], { default: "asAsked" }),
    recommend: Type.Boolean({ default: true, description: "Recommend in error bodies." }),
  },
  { ...strict, default: {} },
);

const described = {
  description: text("Description."),
  tags: marks("Tags of the VPC or vSwitch."),
  createdAt: Type.String({
    format: "date-time",
    default: "2025-01-01T00:00:00Z",
    description: "CreationTime.",
  }),
};

const vpcSchema = Type.Object(
  {
    id: Type.String({ minLength: 1 }),
    region: text("RegionId.", "cn-hangzhou"),
    cidrBlock: text("CidrBlock.", "10.0.0.0/8"),
    resourceGroupId: text("ResourceGroupId.", "rg-simulated"),
    vpcName: text("VpcName."),
    ...described,
  },
  strict,
);

const vSwitchSchema = Type.Object(
  {
    id: Type.String({ minLength: 1 }),
    vpcId: text("VpcId.", "vpc-simulated"),
    zone: text("ZoneId.", "cn-hangzhou-h"),
    cidrBlock: text("CidrBlock.", "10.0.0.0/24"),
    vSwitchName: text("VSwitchName."),
    ...described,
  },
  strict,
);

export const worldSchema = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    now: Type.Optional(moment("The moment the world begins at. Default: the real time at the start.")),
    seed: Type.Integer({ default: 1, description: "Chooses among equal message texts." }),
    accounts: Type.Array(accountSchema, { default: [{}], minItems: 1 }),
    instances: Type.Array(instanceSchema, { default: [] }),
    copy: copySchema,
    drop: Type.Object({ seconds: Type.Number({ minimum: 0, default: 5 }) }, { ...strict, default: {} }),
    life: lifeSchema,
    service: serviceSchema,
    vpcs: Type.Array(vpcSchema, { default: [] }),
    vSwitches: Type.Array(vSwitchSchema, { default: [] }),
    networks: Type.Optional(
      oneOf(["any", "listed"], {
        description:
          "Whether only the listed VPCs and vSwitches exist, or every one, in the zone h of its region. Default: listed where any is.",
      }),
    ),
    roles: Type.Optional(
      Type.Array(roleSchema, {
        description: "Default: every role of an account exists and trusts that account.",
      }),
    ),
    oidcProviders: Type.Optional(
      Type.Array(oidcProviderSchema, { description: "Default: every provider of an account exists." }),
    ),
    sessions: Type.Array(sessionSchema, { default: [], description: "What AssumeRole gave out." }),
    clientTokens: marks("ClientToken, with the account before it, to the instance, VPC or vSwitch it made."),
    operations: Type.Array(operationSchema, { default: [], description: "What is running." }),
    tasks: Type.Array(taskSchema, { default: [], description: "What has ended, for DescribeHistoryTasks." }),
    sequence: Type.Integer({ minimum: 0, default: 0, description: "Numbers ids." }),
  },
  {
    ...strict,
    $id: "https://alicloud-rds-simulator/world.schema.json",
    title: "World of alicloud-rds-simulator",
  },
);

type WrittenInstance = Static<typeof instanceSchema>;
type Late =
  | ("accountId" | "zone" | "category" | "instanceClass" | "payType" | "slaveZones" | "connectionPrefix")
  | ("logRetentionDays" | "databases" | "dbAccounts" | "logs" | "tendedAt");

/** An instance with the defaults that depend on other fields filled in. */
type MutableInstance = Omit<WrittenInstance, Late> & {
  accountId: string;
  zone: string;
  category: NonNullable<WrittenInstance["category"]>;
  instanceClass: string;
  payType: NonNullable<WrittenInstance["payType"]>;
  slaveZones: string[];
  connectionPrefix: string;
  logRetentionDays: number;
  databases: (Omit<Static<typeof databaseSchema>, "contentSince"> & { contentSince: string })[];
  dbAccounts: Static<typeof dbAccountSchema>[];
  logs: { from: string; to: string }[];
  tendedAt: string;
};
type MutableWorld = Omit<Static<typeof worldSchema>, "instances" | "now" | "networks"> & {
  now: string;
  networks: "any" | "listed";
  instances: MutableInstance[];
};

/** What a person may write: everything but the ids of instances, databases and backups may be left out. */
export type WorldInput = InputOf<Static<typeof worldSchema>>;

/** The whole world, every default filled in; plain data that is never changed in place. */
export type World = Immutable<MutableWorld>;
export type WorldDraft = Draft<World>;
export type Account = World["accounts"][number];
export type Instance = World["instances"][number];
export type Database = Instance["databases"][number];
export type Backup = Instance["backups"][number];
export type DbAccount = Instance["dbAccounts"][number];
export type Session = World["sessions"][number];
export type Operation = World["operations"][number];
export type CopyOperation = Extract<Operation, { kind: "copy" }>;
export type DropOperation = Extract<Operation, { kind: "drop" }>;
export type BackupOperation = Extract<Operation, { kind: "backup" }>;
export type OperationKind = Operation["kind"];
export type Task = World["tasks"][number];
export type Privilege = (typeof privileges)[number];

type InputOf<T> = T extends readonly (infer E)[]
  ? readonly InputOf<E>[]
  : T extends object
    ? T extends { id: string } | { name: string }
      ? { readonly [K in keyof T as K extends "id" | "name" ? K : never]: T[K] } & {
          readonly [K in keyof T as K extends "id" | "name" ? never : K]?: InputOf<T[K]>;
        }
      : { readonly [K in keyof T]?: InputOf<T[K]> }
    : T;
