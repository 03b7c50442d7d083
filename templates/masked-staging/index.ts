import * as alicloud from "@pulumi/alicloud";
import * as command from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";
import { DatabaseCopy } from "pulumi-alicloud-rds-copy";

const config = new pulumi.Config();
const refresh = config.get("refresh") ?? "first";
const database = config.require("database");
const staging = alicloud.rds.Instance.get("staging", config.require("staging"));

// 1. Copy. Without syncUserPrivilege nobody's rights come along.
const data = new DatabaseCopy(
  "staging-data",
  {
    sourceDbInstanceId: config.require("production"),
    targetDbInstanceId: staging.id,
    dbNames: [database],
    maxBackupAge: "36h",
    requireTargetTags: { env: "staging" },
  },
  { replacementTrigger: refresh },
);

// 2. Mask, whenever the data is new.
const mask = new command.local.Command("mask", {
  create: `sqlcmd -S "$SERVER" -U "$MASKING_USER" -d "$DATABASE" -b -i mask.sql`,
  environment: {
    SERVER: staging.connectionString,
    MASKING_USER: config.require("maskingUser"),
    SQLCMDPASSWORD: config.requireSecret("maskingPassword"),
    DATABASE: data.names.apply((names) => names[database] ?? database),
  },
  triggers: [data.dataVersion],
});

// 3. Grant, when it is masked.
new alicloud.rds.AccountPrivilege(
  "testers-may-read",
  {
    instanceId: staging.id,
    accountName: config.require("testers"),
    privilege: "ReadOnly",
    dbNames: data.names.apply((names) => Object.values(names)),
  },
  { dependsOn: mask, replacementTrigger: data.dataVersion, deleteBeforeReplace: true },
);

export const databases = data.names;
