import * as pulumi from "@pulumi/pulumi";
import { DatabaseCopy } from "pulumi-alicloud-rds-copy";

const config = new pulumi.Config();
const restoreTime = config.get("restoreTime");

const staging = new DatabaseCopy("staging-data", {
  sourceDbInstanceId: config.require("source"),
  targetDbInstanceId: config.require("target"),
  // On the target, crm gets another name.
  dbNames: { orders: "orders", crm: "crm_staging" },
  syncUserPrivilege: true,
  // Without a moment, the latest usable backup is taken.
  ...(restoreTime === undefined ? {} : { restoreTime }),
});

export const databases = staging.names;
export const dataAsOf = staging.restorePoint;
