import * as alicloud from "@pulumi/alicloud";
import * as command from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";
import { DatabaseCopy } from "pulumi-alicloud-rds-copy";

const config = new pulumi.Config();
const refresh = config.get("refresh") ?? "first"; // another text fills the databases anew
const staging = alicloud.rds.Instance.get("staging", config.require("staging"));

// 1. Copy. Without syncUserPrivilege nobody's rights come along.
const data = new DatabaseCopy(
  "staging-data",
  {
    sourceDbInstanceId: config.require("production"),
    targetDbInstanceId: staging.id,
    dbNames: { orders: "orders", crm: "crm" },
    maxBackupAge: "36h",
    requireTargetTags: { env: "staging" },
  },
  { replacementTrigger: refresh },
);

// 2. Mask, whenever the data is new.
const masks = ["orders", "crm"].map(
  (name) =>
    new command.local.Command(`mask-${name}`, {
      create: `sqlcmd -S "$SERVER" -U "$MASKING_USER" -d "$DATABASE" -b -i mask.sql`,
      environment: {
        SERVER: staging.connectionString,
        MASKING_USER: config.require("maskingUser"),
        SQLCMDPASSWORD: config.requireSecret("maskingPassword"),
        DATABASE: data.names.apply((names) => names[name] ?? name),
      },
      triggers: [data.dataVersion],
    }),
);

// 3. Grant, when all is masked.
const access = new alicloud.rds.AccountPrivilege(
  "testers-may-read",
  {
    instanceId: staging.id,
    accountName: config.require("testers"),
    privilege: "ReadOnly",
    dbNames: data.names.apply((names) => Object.values(names)),
  },
  { dependsOn: masks, replacementTrigger: data.dataVersion, deleteBeforeReplace: true },
);

export const databases = data.names;
export const granted = access.dbNames;
