import { badValue } from "../../parameters/badValue.js";
import { behaviour } from "../../rules/rule.js";
import { sources } from "../../rules/sources.js";
import { action } from "../action.js";
import { askedTags } from "../TagResources.js";
import { changeTags } from "./networkTags.js";

export const tagNetworks = action({
  name: "TagResources",
  product: "Vpc",
  required: ["RegionId", "ResourceType"],
  optional: ["ResourceId", "Tag"],
  handle(call) {
    const asked = askedTags(call.params);
    if (Object.keys(asked).length === 0) throw badValue("Tag");
    changeTags(call, (tags) => ({ ...tags, ...asked }));
    return {};
  },
});

behaviour({
  id: "network.tags",
  action: "TagResources",
  parameter: "ResourceType",
  says: "The call of the product Vpc tags VPCs (VPC) and vSwitches (VSWITCH), with the rules that hold for instances.",
  basis: "measured",
  source: sources.terraform,
});
