import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { action } from "./action.js";
import { ownInstance } from "../call/ownInstance.js";

export const describeTags = action({
  name: "DescribeTags",
  required: ["DBInstanceId"],
  refuses: { ResourceType: ["INSTANCE"], Tags: [], proxyId: [] },
  handle(call) {
    const instance = ownInstance(call, "DescribeTags");
    return {
      Items: {
        TagInfos: Object.entries(instance.tags).map(([key, value]) => ({
          TagKey: key,
          TagValue: value,
          DBInstanceIds: { DBInstanceIds: [instance.id] },
        })),
      },
    };
  },
});

behaviour({
  id: "describe-tags.of-instance",
  action: "DescribeTags",
  says: "The tags of one instance; without tags the list is there and empty.",
  basis: "measured",
  source: sources.terraform,
});
