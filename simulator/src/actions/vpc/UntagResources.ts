import { badValue } from "../../parameters/badValue.js";
import { numbered } from "../../parameters/numbered.js";
import { action } from "../action.js";
import { changeTags } from "./networkTags.js";

export const untagNetworks = action({
  name: "UntagResources",
  product: "Vpc",
  required: ["RegionId", "ResourceType"],
  optional: ["ResourceId", "TagKey"],
  refuses: { All: ["false"] },
  handle(call) {
    const keys = numbered(call.params, "TagKey");
    if (keys.length === 0) throw badValue("TagKey");
    changeTags(call, (tags) =>
      Object.fromEntries(Object.entries(tags).filter(([key]) => !keys.includes(key))),
    );
    return {};
  },
});
