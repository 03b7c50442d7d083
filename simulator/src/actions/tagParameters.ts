import type { Call } from "../call/call.js";
import { numbered } from "../parameters/numbered.js";
import { refuse } from "../rules/refuse.js";
import { refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import type { Instance } from "../world/schema.js";
import { notFound, visibleInstance } from "../call/ownInstance.js";

/** The instances a tag call names, all of them existing and in the region it names. */
export function taggedInstances(call: Call, action: string): Instance[] {
  checkResourceType(call);
  const ids = numbered(call.params, "ResourceId");
  if (ids.length === 0) throw refuse(noResource);
  if (ids.length > 50) throw refuse(tooManyResources);
  return ids.map((id) => {
    const instance = visibleInstance(call, id);
    if (instance === undefined || instance.region !== call.params["RegionId"])
      throw notFound(call, action, id);
    return instance;
  });
}

export function checkResourceType(call: Call): void {
  const type = call.params["ResourceType"] ?? "";
  if (type !== "INSTANCE") throw refuse(wrongType, { values: { type } });
}

const of = {
  action: "TagResources, UntagResources, ListTagResources",
  basis: "inferred",
  source: sources.metadata,
} as const;

const wrongType = refusal({
  ...of,
  id: "tags.resource-type",
  parameter: "ResourceType",
  code: "InvalidParameter",
  status: 400,
  message: "The resource type {type} is not supported.",
  says: "INSTANCE is the only resource type.",
});
const noResource = refusal({
  ...of,
  id: "tags.resource-id",
  parameter: "ResourceId.N",
  code: "MissingParameter",
  status: 400,
  message: "The parameter ResourceId is mandatory for this request.",
  says: "At least one resource is named.",
});
const tooManyResources = refusal({
  ...of,
  id: "tags.resource-count",
  parameter: "ResourceId.N",
  code: "NumberExceed.ResourceIds",
  status: 400,
  message: "At most 50 resources can be named.",
  says: "At most 50 resources are named in one call.",
});
