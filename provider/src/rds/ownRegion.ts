import { RdsFailure } from "./failure";
import type { RdsApi } from "./rdsApi";

/** The region that an instance is in. */
export type RegionOf = (instanceId: string) => Promise<string>;

/**
 * The region that each instance is in, as DescribeDBInstanceAttribute answers: asked once. An endpoint that several regions
 * share finds an instance whatever the region of the call, but an instance has its tags in its own region only, and a list of
 * tags from another one is empty, not an error. Where the question is denied, the region of the connection has to do.
 */
export function ownRegions(
  describeInstance: RdsApi["describeInstance"],
  region: string,
): { readonly regionOf: RegionOf; readonly describeInstance: RdsApi["describeInstance"] } {
  const known = new Map<string, string>();
  const describe: RdsApi["describeInstance"] = async (instanceId) => {
    const instance = await describeInstance(instanceId);
    if (instance?.regionId) known.set(instanceId, instance.regionId);
    return instance;
  };
  return {
    describeInstance: describe,
    async regionOf(instanceId) {
      if (!known.has(instanceId)) await describe(instanceId).catch(whenDenied);
      return known.get(instanceId) ?? region;
    },
  };
}

function whenDenied(error: unknown): void {
  if (!(error instanceof RdsFailure && error.kind === "denied")) throw error;
}
