import type { Finding } from "./finding";
import type { Known } from "./known";

/**
 * The guard: a target that does not carry the required tags is not filled. Keys are compared without case, as
 * the service does (API page of TagResources), values as they are.
 */
export function tagFindings({
  plan,
  target,
  targetTags,
}: Pick<Known, "plan" | "target" | "targetTags">): readonly Finding[] {
  const { requireTargetTags: required, targetDbInstanceId: instanceId } = plan;
  if (required === undefined || instanceId === undefined || target === "not found") return [];
  if (targetTags === undefined) {
    return [
      {
        code: "target-tags-unknown",
        property: "requireTargetTags",
        text: `Whether ${instanceId} carries the required tags is not known. It is not filled before that can be seen, which takes the permission rds:ListTagResources; or take requireTargetTags out.`,
      },
    ];
  }
  const carried = Object.entries(targetTags);
  return Object.entries(required).flatMap(([key, value]): Finding[] => {
    const tag = carried.find(([name]) => name.toLowerCase() === key.toLowerCase());
    if (tag?.[1] === value) return [];
    const instead = tag ? `${tag[0]}=${tag[1]} instead` : "no such tag";
    return [
      {
        code: "target-tags-missing",
        property: `requireTargetTags.${key}`,
        text: `Instance ${instanceId} must carry the tag ${key}=${value} to be filled, and carries ${instead}. Name another target, or tag this one if it is meant.`,
      },
    ];
  });
}
