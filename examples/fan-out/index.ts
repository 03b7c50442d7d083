import * as pulumi from "@pulumi/pulumi";
import { EnvironmentDatabases } from "pulumi-alicloud-rds-copy";

const config = new pulumi.Config();

const teams = new EnvironmentDatabases("teams", {
  sources: {
    production: { dbInstanceId: config.require("production"), databases: ["orders", "crm"] },
  },
  // { "team01": "rm-...", "team02": "rm-...", ... }
  targets: config.requireObject<Record<string, string>>("teams"),
  requireTargetTags: { env: "development" },
  // Another text takes the newest backup for all of them.
  refresh: config.get("refresh") ?? "first",
});

export const whatIsWhere = teams.databases.apply((rows) =>
  rows.map(
    ({ target, targetDbInstanceId, targetName }) => `${target}: ${targetName} on ${targetDbInstanceId}`,
  ),
);
export const dataAsOf = teams.restorePoint;
