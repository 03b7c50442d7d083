import { Type } from "@sinclair/typebox";
import { backupPolicySchema } from "./backupPolicy.js";
import { marks, moment, oneOf, strict, text } from "./fields.js";

export const categories = [
  ...(["Basic", "HighAvailability", "AlwaysOn", "cluster", "Finance"] as const),
  ...(["serverless_basic", "serverless_standard", "serverless_ha"] as const),
] as const;

const serverless = Type.Object(
  {
    scaleMin: Type.Number({ minimum: 0.5, default: 2 }),
    scaleMax: Type.Number({ minimum: 0.5, default: 8 }),
    autoPause: Type.Boolean({ default: false }),
    switchForce: Type.Boolean({ default: false }),
  },
  { ...strict, description: "ServerlessConfig. Default for serverless instances: 2 to 8 RCU." },
);

/** What ModifyDBInstanceSpec can change. */
export const changeableFields = {
  instanceClass: Type.Optional(Type.String()),
  storageGiB: Type.Optional(Type.Number()),
  storageType: Type.Optional(Type.String()),
  engineVersion: Type.Optional(Type.String()),
  category: Type.Optional(oneOf(categories, {})),
  zone: Type.Optional(Type.String()),
  slaveZones: Type.Optional(Type.Array(Type.String())),
  vSwitchId: Type.Optional(Type.String()),
  minorVersion: Type.Optional(Type.String()),
  burstingEnabled: Type.Optional(Type.Boolean()),
  coldDataEnabled: Type.Optional(Type.Boolean()),
  serverless: Type.Optional(serverless),
};

/** What an instance is set to beside its databases and backups: asked for when it is made, changed later, shown again. */
export const settingFields = {
  backupPolicy: backupPolicySchema,
  slaveZones: Type.Optional(
    Type.Array(Type.String(), {
      description: "SlaveZones. Default: the zone of the instance where the category has a second node.",
    }),
  ),
  masterId: Type.Optional(
    Type.String({
      description:
        "MasterInstanceId of a read-only instance. Default: the first primary instance of its account and region.",
    }),
  ),
  serverless: Type.Optional(serverless),
  tde: Type.Boolean({
    default: false,
    description:
      "Whether transparent data encryption is on; which databases are encrypted they say themselves.",
  }),
  ssl: Type.Optional(
    Type.Object(
      {
        connectionString: Type.String(),
        since: moment("SSLCreateTime."),
        forceEncryption: Type.Optional(
          oneOf(["0", "1"], { description: "ForceEncryption, once asked for." }),
        ),
        tlsVersion: Type.Optional(oneOf(["1.0", "1.1", "1.2"], {})),
      },
      { ...strict, description: "TLS to the database, where it is on." },
    ),
  ),
  parameters: marks("Parameters that differ from their defaults, by name."),
  waitingParameters: marks("Parameters that wait for a restart, by name."),
  securityGroupIds: Type.Array(Type.String(), { default: [] }),
  sqlCollector: Type.Object(
    {
      enabled: Type.Boolean({ default: false }),
      days: Type.Integer({ minimum: 1, default: 30, description: "ConfigValue of the retention." }),
    },
    { ...strict, default: {}, description: "SQL audit." },
  ),
  expiresAt: Type.Optional(moment("ExpireTime of a prepaid instance.")),
  connectionMode: oneOf(["Standard", "Safe"], { default: "Standard", description: "ConnectionMode." }),
  publicConnection: Type.Optional(
    Type.Object(
      { prefix: Type.String({ minLength: 1 }), port: text("Port.", "1433") },
      { ...strict, description: "The public address, where there is one." },
    ),
  ),
  connectionPrefix: Type.Optional(
    Type.String({ minLength: 1, description: "First label of ConnectionString. Default: the id." }),
  ),
  privateIpAddress: text("IPAddress of the internal address.", "10.0.0.10"),
  burstingEnabled: Type.Boolean({ default: false, description: "BurstingEnabled." }),
  coldDataEnabled: Type.Boolean({ default: false, description: "ColdDataEnabled." }),
  autoUpgradeMinorVersion: oneOf(["Auto", "Manual"], { default: "Auto" }),
  minorVersion: text("CurrentKernelVersion."),
  encryptionKey: text("EncryptionKey of the disk."),
  encryptionRoleArn: text("RoleARN that was given with the key."),
  parameterGroupId: text("ParamGroupId."),
};
