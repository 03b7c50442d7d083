import { badValue } from "../parameters/badValue.js";
import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { storageTypes } from "../world/engineVersions.js";
import { action } from "./action.js";

export const describeAvailableClasses = action({
  name: "DescribeAvailableClasses",
  required: ["RegionId", "ZoneId", "Engine", "EngineVersion", "DBInstanceStorageType", "Category"],
  refuses: {
    CommodityCode: ["bards", "rds", "rds_serverless_public_cn"],
    DBInstanceId: [],
    InstanceChargeType: ["Postpaid", "Prepaid"],
    OrderType: ["BUY"],
  },
  handle(call) {
    if (!storageTypes.includes(call.params["DBInstanceStorageType"] ?? ""))
      throw badValue("DBInstanceStorageType");
    const classes = call.params["Category"] === "Basic" ? basic : highAvailability;
    return {
      DBInstanceClasses: (call.params["Engine"] === "SQLServer" ? classes : []).map((name) => ({
        DBInstanceClass: name,
        DBInstanceStorageRange: { MinValue: 20, MaxValue: 32000, Step: 5 },
      })),
    };
  },
});

const basic = ["mssql.x2.medium.s1", "mssql.x4.medium.s1", "mssql.x4.large.s1"];
const highAvailability = [
  "mssql.x2.medium.s2",
  "mssql.x4.medium.s2",
  "mssql.x4.large.s2",
  "mssql.x8.large.s2",
];

behaviour({
  id: "classes.invented",
  action: "DescribeAvailableClasses",
  says: "A few classes of SQL Server, each from 20 to 32000 GB in steps of 5.",
  basis: "inferred",
  source: sources.metadata,
});
