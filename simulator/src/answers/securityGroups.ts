import type { Instance } from "../world/schema.js";

/** What both actions about security groups answer. */
export const securityGroups = ({ id, region, networkType, securityGroupIds }: Instance) => ({
  DBInstanceName: id,
  Items: {
    EcsSecurityGroupRelation: securityGroupIds.map((group) => ({
      SecurityGroupId: group,
      RegionId: region,
      NetworkType: networkType.toLowerCase(),
    })),
  },
});
