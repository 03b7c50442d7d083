import type { Connection } from "./connection";
import type { RdsApi } from "./rdsApi";
import { sdkCall } from "./sdkCall";
import { sdkChanges } from "./sdkChanges";
import { sdkReads } from "./sdkReads";

/**
 * The cloud through the official SDK. The SDK is loaded at the first call: it costs most of a second
 * and many megabytes, which a run without changes never pays.
 */
export function sdkRds(connection: Connection): RdsApi {
  const { call, waitsFor } = sdkCall(connection);
  const { region, endpoint } = connection;
  return {
    region,
    endpoint,
    signer: connection.signer,
    waitsFor,
    ...sdkReads(call, region),
    ...sdkChanges(call, region),
  };
}
