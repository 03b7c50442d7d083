import { validateResourceOfType, type ResourceValidationPolicy } from "@pulumi/policy";
import { DatabaseCopy } from "pulumi-alicloud-rds-copy";

export const productionIsOnlyASource: ResourceValidationPolicy = {
  name: "production-is-only-a-source",
  description: "No copy may have a production instance as its target.",
  enforcementLevel: "mandatory",
  configSchema: {
    properties: { production: { type: "array", items: { type: "string" } } },
    required: ["production"],
  },
  validateResource: validateResourceOfType(DatabaseCopy, ({ targetDbInstanceId }, args, report) => {
    const { production } = args.getConfig<{ production: string[] }>();
    if (production.includes(targetDbInstanceId))
      report(`${targetDbInstanceId} is production: nothing is ever copied onto it.`);
  }),
};

export const targetTagsAreRequired: ResourceValidationPolicy = {
  name: "target-tags-are-required",
  description: "Every copy says by tags which instances it may fill.",
  enforcementLevel: "mandatory",
  validateResource: validateResourceOfType(DatabaseCopy, ({ requireTargetTags }, _args, report) => {
    if (Object.keys(requireTargetTags ?? {}).length === 0)
      report('Say requireTargetTags, such as { env: "staging" }, so that no other instance is ever filled.');
  }),
};
