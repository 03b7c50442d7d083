import { callLimiter, type CallLimiter } from "./callLimiter";
import type { Connection } from "./connection";
import { ownRegions } from "./ownRegion";
import type { RdsApi } from "./rdsApi";
import { sdkCall, type SdkCall } from "./sdkCall";
import { sdkChanges } from "./sdkChanges";
import { sdkReads } from "./sdkReads";
import { systemClock } from "../time/clock";
import type { SimulatorClock } from "../time/simulatorClock";

/**
 * The cloud through the official SDK. The SDK is loaded at the first call: it costs most of a second
 * and many megabytes, which a run without changes never pays. Simulated time stands still while a call is under way.
 */
export function sdkRds(
  connection: Connection,
  simulated?: SimulatorClock,
  limiter: CallLimiter = callLimiter({ clock: simulated ?? systemClock }),
): RdsApi {
  const { call: send, waitsFor } = sdkCall(connection);
  const sent: SdkCall = simulated ? (...asked) => simulated.during(() => send(...asked)) : send;
  const call: SdkCall = (...asked) => limiter.run(() => sent(...asked));
  const { region, endpoint } = connection;
  const reads = sdkReads(call, (instanceId) => own.regionOf(instanceId));
  const own = ownRegions(reads, region);
  return {
    region,
    endpoint,
    signer: connection.signer,
    waitsFor,
    ...reads,
    ...sdkChanges(call, own.regionOf),
    describeInstance: own.describeInstance,
    listTags: own.listTags,
  };
}
