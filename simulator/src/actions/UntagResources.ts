import { numbered } from "../parameters/numbered.js";
import { refuse } from "../rules/refuse.js";
import { behaviour, refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { draftInstance } from "../world/find.js";
import { action } from "./action.js";
import { taggedInstances } from "./tagParameters.js";

export const untagResources = action({
  name: "UntagResources",
  required: ["RegionId", "ResourceType"],
  optional: ["All", "ResourceId", "TagKey"],
  handle(call) {
    const instances = taggedInstances(call, "UntagResources");
    const all = call.params["All"]?.toLowerCase() === "true";
    const keys = numbered(call.params, "TagKey");
    if (keys.length === 0 && !all) throw refuse(nothingNamed);
    const removes = (key: string) => (keys.length > 0 ? keys.includes(key) : all);
    if (!instances.some((instance) => Object.keys(instance.tags).some(removes))) return {};
    call.change((draft) => {
      for (const { id } of instances) {
        const instance = draftInstance(draft, id);
        instance.tags = Object.fromEntries(Object.entries(instance.tags).filter(([key]) => !removes(key)));
      }
    });
    return {};
  },
});

const nothingNamed = refusal({
  id: "untag.no-key",
  action: "UntagResources",
  parameter: "TagKey.N",
  code: "MissingParameter",
  status: 400,
  message: "The parameter TagKey is mandatory for this request.",
  says: "Keys are named, or All is true.",
  basis: "documented",
  source: sources.metadata,
});
behaviour({
  id: "untag.absent-key",
  action: "UntagResources",
  says: "Taking off a tag that is not there succeeds. All counts only where no key is named.",
  basis: "inferred",
  source: sources.metadata,
});
