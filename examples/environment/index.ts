import * as alicloud from "@pulumi/alicloud";
import * as pulumi from "@pulumi/pulumi";
import { DatabaseCopy } from "pulumi-alicloud-rds-copy";

const config = new pulumi.Config();

const staging = new alicloud.rds.Instance("staging", {
  engine: "SQLServer",
  engineVersion: "2019_std_ha",
  instanceType: "mssql.x4.medium.s2",
  instanceStorage: 500,
  dbInstanceStorageType: "cloud_essd",
  vswitchId: config.require("vswitchId"),
  securityIps: ["10.0.0.0/8"],
  tags: { env: "staging" },
});

const data = new DatabaseCopy(
  "staging-data",
  {
    sourceDbInstanceId: config.require("production"),
    targetDbInstanceId: staging.id,
    dbNames: ["orders", "crm"],
    maxBackupAge: "36h",
    requireTargetTags: { env: "staging" },
  },
  // When the instance goes, its databases go with it.
  { deletedWith: staging },
);

const shop = new alicloud.rds.RdsAccount("shop", {
  dbInstanceId: staging.id,
  accountName: "shop_app",
  accountPassword: config.requireSecret("shopPassword"),
});

new alicloud.rds.AccountPrivilege(
  "shop-may-write",
  {
    instanceId: staging.id,
    accountName: shop.accountName,
    privilege: "ReadWrite",
    // The names come from the copy, so the grant waits until the databases are there.
    dbNames: data.names.apply((names) => Object.values(names)),
  },
  // A database that is filled anew carries no grants: when the data changes, grant again.
  { replacementTrigger: data.dataVersion, deleteBeforeReplace: true },
);

export const server = staging.connectionString;
export const databases = data.names;
