import * as pulumi from "@pulumi/pulumi";
import { EnvironmentDatabases } from "pulumi-alicloud-rds-copy";

const config = new pulumi.Config();
const targets = config
  .require("targets")
  .split(",")
  .map((id) => id.trim());

const environments = new EnvironmentDatabases("environments", {
  sources: {
    production: { dbInstanceId: config.require("production"), databases: config.require("databases") },
  },
  // The keys name the copies: keep them, and the copies stay.
  targets: Object.fromEntries(targets.map((id) => [id, id])),
  requireTargetTags: { env: "development" },
  // Another text takes the newest backup for all of them.
  refresh: config.get("refresh") ?? "first",
});

export const databases = environments.databases.apply((rows) =>
  rows.map(({ targetDbInstanceId, targetName }) => `${targetName} on ${targetDbInstanceId}`),
);
export const dataAsOf = environments.restorePoint;
