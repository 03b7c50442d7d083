import * as pulumi from "@pulumi/pulumi";
import { DatabaseCopy } from "pulumi-alicloud-rds-copy";

const config = new pulumi.Config();

// One stack per pull request: "pr-123" makes orders_pr_123 and crm_pr_123.
const branch = pulumi.getStack().replace(/-/g, "_");
const names = config
  .require("databases")
  .split(",")
  .map((name) => name.trim());

const data = new DatabaseCopy("branch-data", {
  sourceDbInstanceId: config.require("masked"),
  targetDbInstanceId: config.require("previews"),
  dbNames: Object.fromEntries(names.map((name) => [name, `${name}_${branch}`])),
  requireTargetTags: { env: "preview" },
});

export const databases = data.names;
