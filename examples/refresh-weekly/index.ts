import * as pulumi from "@pulumi/pulumi";
import { DatabaseCopy } from "pulumi-alicloud-rds-copy";

const config = new pulumi.Config();
const week = config.require("week"); // "2026w48"

const data = new DatabaseCopy("staging-data", {
  sourceDbInstanceId: config.require("production"),
  targetDbInstanceId: config.require("staging"),
  // Every week has names of its own. The new ones are filled first, the old ones dropped after that.
  dbNames: { orders: `orders_${week}`, crm: `crm_${week}` },
  maxBackupAge: "36h",
  requireTargetTags: { env: "staging" },
});

// What the application connects to: the names of this week, once they are filled, and not before.
export const databases = data.names;
