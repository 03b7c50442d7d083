import { RdsFailure } from "./failure";
import type { RdsApi } from "./rdsApi";

/** The region that an instance is in. */
export type RegionOf = (instanceId: string) => Promise<string>;

type Reads = Pick<RdsApi, "describeInstance" | "listTags">;

/**
 * The region that each instance is in, as DescribeDBInstanceAttribute answers: asked once. An endpoint that several regions
 * share finds an instance whatever the region of the call, but an instance has its tags in its own region only, and a list of
 * tags from another one is empty, not an error. Where the question is denied, the region of the connection has to do: tags
 * that are found there confirm it, and an empty list says nothing, so it fails as the question did.
 */
export function ownRegions(reads: Reads, region: string): Reads & { readonly regionOf: RegionOf } {
  const known = new Map<string, string>();
  const denied = new Map<string, RdsFailure>();
  const describeInstance: RdsApi["describeInstance"] = async (instanceId) => {
    const instance = await reads.describeInstance(instanceId);
    if (instance?.regionId) known.set(instanceId, instance.regionId);
    return instance;
  };
  return {
    describeInstance,
    async regionOf(instanceId) {
      if (!known.has(instanceId)) {
        await describeInstance(instanceId).catch((error: unknown) => {
          if (!(error instanceof RdsFailure && error.kind === "denied")) throw error;
          denied.set(instanceId, error);
        });
      }
      return known.get(instanceId) ?? region;
    },
    async listTags(instanceId) {
      const tags = await reads.listTags(instanceId);
      const unconfirmed = known.has(instanceId) ? undefined : denied.get(instanceId);
      if (!unconfirmed) return tags;
      if (Object.keys(tags).length === 0) throw unconfirmed;
      known.set(instanceId, region);
      return tags;
    },
  };
}
