import { behaviour } from "../../rules/rule.js";
import { sources } from "../../rules/sources.js";
import { action } from "../action.js";
import { existingVpc } from "./existingNetwork.js";

export const describeRouteTableList = action({
  name: "DescribeRouteTableList",
  product: "Vpc",
  required: ["VpcId"],
  refuses: {
    ...{
      PageNumber: ["1"],
      PageSize: ["10", "50"],
      ResourceGroupId: [],
      RouteTableId: [],
      RouteTableName: [],
    },
    ...{ RouterId: [], RouterType: ["VRouter"] },
  },
  handle(call) {
    const vpc = existingVpc(call);
    return {
      PageNumber: 1,
      PageSize: 10,
      TotalCount: 1,
      RouterTableList: {
        RouterTableListType: [
          {
            RouteTableId: routeTableOf(vpc.id),
            RouterId: routerOf(vpc.id),
            RouterType: "VRouter",
            RouteTableType: "System",
            RouteTableName: "",
            Description: "",
            RoutePropagationEnable: true,
            ResourceGroupId: vpc.resourceGroupId,
            VpcId: vpc.id,
            Status: "Available",
          },
        ],
      },
    };
  },
});

export const routerOf = (vpcId: string): string => vpcId.replace(/^vpc-/, "vrt-");
export const routeTableOf = (vpcId: string): string => vpcId.replace(/^vpc-/, "vtb-");

behaviour({
  id: "vpc.route-table",
  action: "DescribeRouteTableList",
  says: "A VPC has its system route table and no other, without a name and a description: the alicloud provider reads it with every VPC.",
  basis: "measured",
  source: sources.terraform,
});
