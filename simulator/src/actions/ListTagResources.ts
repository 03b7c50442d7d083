import { numbered, numberedFields } from "../parameters/numbered.js";
import { wholeNumber } from "../parameters/page.js";
import { refuse } from "../rules/refuse.js";
import { behaviour, refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { entryOf } from "../world/find.js";
import { action } from "./action.js";
import { checkResourceType } from "./tagParameters.js";

const pageSize = 50;

export const listTagResources = action({
  name: "ListTagResources",
  required: ["RegionId", "ResourceType"],
  optional: ["NextToken", "ResourceId", "Tag"],
  handle(call) {
    checkResourceType(call);
    const ids = numbered(call.params, "ResourceId");
    const wanted = numberedFields(call.params, "Tag");
    if (ids.length === 0 && wanted.length === 0) throw refuse(nothingNamed);
    const start = wholeNumber(call.params["NextToken"], 0);
    if (start === undefined) throw refuse(badToken);
    const rows = call.world.instances
      .filter(
        ({ accountId, region }) => accountId === call.account.accountId && region === call.params["RegionId"],
      )
      .filter(({ id }) => ids.length === 0 || ids.includes(id))
      .filter(({ tags }) =>
        wanted.every(({ Key: key = "", Value: value }) => {
          const tag = entryOf(tags, key);
          return tag !== undefined && (value ?? tag) === tag;
        }),
      )
      .flatMap((instance) =>
        Object.entries(instance.tags).map(([key, value]) => ({
          ResourceId: instance.id,
          ResourceType: "ALIYUN::RDS::INSTANCE",
          TagKey: key,
          TagValue: value,
        })),
      );
    const end = start + pageSize;
    return {
      NextToken: end < rows.length ? String(end) : "",
      TagResources: { TagResource: rows.slice(start, end) },
    };
  },
});

const of = { action: "ListTagResources", source: sources.metadata } as const;

const nothingNamed = refusal({
  ...of,
  id: "list-tags.nothing-named",
  parameter: "ResourceId.N, Tag.N",
  code: "MissingParameter",
  status: 400,
  message: "A resource or a tag must be named.",
  says: "Resources or tags are named, or both.",
  basis: "documented",
});
const badToken = refusal({
  ...of,
  id: "list-tags.token",
  parameter: "NextToken",
  code: "InvalidParameter",
  status: 400,
  message: "The value of NextToken is not valid.",
  says: "NextToken is one that an answer gave.",
  basis: "inferred",
});
behaviour({
  ...of,
  id: "list-tags.unknown-resource",
  says: "A resource that does not exist has no tags; that is no error.",
  basis: "inferred",
});
