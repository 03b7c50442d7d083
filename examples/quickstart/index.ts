import * as pulumi from "@pulumi/pulumi";
import { DatabaseCopy } from "pulumi-alicloud-rds-copy";

const config = new pulumi.Config();

const staging = new DatabaseCopy("staging-data", {
  sourceDbInstanceId: config.require("source"),
  targetDbInstanceId: config.require("target"),
  // On the target, crm gets another name.
  dbNames: { orders: "orders", crm: "crm_staging" },
  // Without a time, the latest usable backup is taken, and an older one than this is refused.
  restoreTime: config.get("restoreTime"),
  maxBackupAge: "36h",
});

export const databases = staging.names;
export const dataAsOf = staging.restorePoint;
