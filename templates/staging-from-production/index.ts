import * as pulumi from "@pulumi/pulumi";
import { DatabaseCopy } from "pulumi-alicloud-rds-copy";

const config = new pulumi.Config();
const refresh = config.get("refresh") ?? "first";

const data = new DatabaseCopy(
  "staging-data",
  {
    sourceDbInstanceId: config.require("production"),
    targetDbInstanceId: config.require("staging"),
    dbNames: config.require("databases"),
    maxBackupAge: config.get("maxBackupAge"),
    // The wrong instance is never filled.
    requireTargetTags: { env: "staging" },
  },
  // Another text drops the copies and makes them anew: pulumi config set refresh 2026-w48
  { replacementTrigger: refresh },
);

export const databases = data.names;
export const dataAsOf = data.restorePoint;
