import { numberedFields } from "../parameters/numbered.js";
import { refuse } from "../rules/refuse.js";
import { refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { draftInstance } from "../world/find.js";
import { action } from "./action.js";
import { taggedInstances } from "./tagParameters.js";

export const tagResources = action({
  name: "TagResources",
  required: ["RegionId", "ResourceType"],
  optional: ["ResourceId", "Tag"],
  handle(call) {
    const instances = taggedInstances(call, "TagResources");
    const tags = askedTags(call.params);
    if (Object.keys(tags).length === 0) throw refuse(noTag);
    for (const instance of instances) {
      const together = new Set([...Object.keys(instance.tags), ...Object.keys(tags)]);
      if (together.size > 20) throw refuse(tooManyOnInstance, { values: { id: instance.id } });
    }
    call.change((draft) => {
      for (const { id } of instances) {
        const instance = draftInstance(draft, id);
        instance.tags = Object.fromEntries([...Object.entries(instance.tags), ...Object.entries(tags)]);
      }
    });
    return {};
  },
});

/** The tags of a call, each of them allowed. */
export function askedTags(params: Readonly<Record<string, string>>): Record<string, string> {
  const tags = numberedFields(params, "Tag");
  if (tags.length > 20) throw refuse(tooManyTags);
  return Object.fromEntries(
    tags.map(({ Key: key = "", Value: value = "" }) => {
      if (key === "" || key.length > 64 || isReserved(key)) throw refuse(badKey, { values: { key } });
      if (value.length > 128 || isReserved(value)) throw refuse(badValue, { values: { key } });
      return [key, value];
    }),
  );
}

const isReserved = (text: string) => /^(aliyun|acs:|https?:\/\/)/i.test(text);

const of = { action: "TagResources", source: sources.tagsPage } as const;

const noTag = refusal({
  ...of,
  id: "tags.no-tag",
  parameter: "Tag.N",
  code: "MissingParameter",
  status: 400,
  message: "The parameter Tag is mandatory for this request.",
  says: "At least one tag is given.",
  basis: "documented",
});
const tooManyTags = refusal({
  ...of,
  id: "tags.count-in-call",
  parameter: "Tag.N",
  code: "NumberExceed.Tags",
  status: 400,
  message: "At most 20 tags can be given.",
  says: "At most 20 tags in one call; the code is not documented.",
  basis: "inferred",
});
const badKey = refusal({
  ...of,
  id: "tags.key",
  parameter: "Tag.N.Key",
  code: "InvalidTagKey.Malformed",
  status: 400,
  message: "The tag key {key} is not valid.",
  says: "A key has 1 to 64 characters and does not begin with aliyun, acs: or an address; the code is not documented.",
  basis: "inferred",
});
const badValue = refusal({
  ...of,
  id: "tags.value",
  parameter: "Tag.N.Value",
  code: "InvalidTagValue.Malformed",
  status: 400,
  message: "The value of the tag {key} is not valid.",
  says: "A value has at most 128 characters and does not begin with aliyun, acs: or an address; the code is not documented.",
  basis: "inferred",
});
const tooManyOnInstance = refusal({
  ...of,
  id: "tags.count-on-instance",
  parameter: "Tag.N",
  code: "NumberExceed.Tags",
  status: 400,
  message: "The instance {id} would have more than 20 tags.",
  says: "At most 20 tags on an instance (an older page: 10); the code is not documented.",
  basis: "inferred",
});
