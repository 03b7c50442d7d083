import { oneOf } from "../parameters/badValue.js";
import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { sqlServerVersions, storageTypes } from "../world/engineVersions.js";
import type { World } from "../world/schema.js";
import { action } from "./action.js";

export const describeAvailableZones = action({
  name: "DescribeAvailableZones",
  required: ["RegionId", "Engine"],
  optional: ["Category", "EngineVersion", "ZoneId"],
  refuses: {
    CommodityCode: ["bards", "rds", "rds_serverless_public_cn"],
    DBInstanceName: [],
    DispenseMode: ["0"],
  },
  handle(call) {
    const region = call.params["RegionId"] ?? "";
    const engine = oneOf(call.params, "Engine", ["MySQL", "SQLServer", "PostgreSQL", "MariaDB"], "SQLServer");
    const only = (name: string) => (value: string) =>
      (call.params[name] ?? "") === "" || call.params[name] === value;
    const versions = engine === "SQLServer" ? sqlServerVersions : [];
    return {
      AvailableZones: zonesOf(call.world, region)
        .filter(only("ZoneId"))
        .map((zone) => ({
          ZoneId: zone,
          RegionId: region,
          SupportedEngines: [
            {
              Engine: engine,
              SupportedEngineVersions: versions.filter(only("EngineVersion")).map((version) => ({
                Version: version,
                SupportedCategorys: ["Basic", "HighAvailability", "AlwaysOn"]
                  .filter(only("Category"))
                  .map((category) => ({
                    Category: category,
                    SupportedStorageTypes: storageTypes.map((type) => ({ StorageType: type })),
                  })),
              })),
            },
          ],
        })),
    };
  },
});

/** Those of the world's instances and vSwitches, and the zones h and i. */
function zonesOf(world: World, region: string): string[] {
  const used = [
    ...world.instances.filter((instance) => instance.region === region).map(({ zone }) => zone),
    ...world.vSwitches.map(({ zone }) => zone).filter((zone) => zone.startsWith(`${region}-`)),
  ];
  return [...new Set([`${region}-h`, `${region}-i`, ...used])].sort();
}

behaviour({
  id: "zones.invented",
  action: "DescribeAvailableZones",
  says: "A region has the zones h and i beside those that the world uses; every zone sells every version, category and storage type of SQL Server.",
  basis: "inferred",
  source: sources.metadata,
});
