import type { Connection } from "./connection";
import { openClient, type OpenClient } from "./sdkClient";
import { failureOf } from "./sdkFailure";

/** Sends one call; whatever goes wrong becomes an `RdsFailure` of that action. */
export type SdkCall = <T>(action: string, send: (sdk: OpenClient) => Promise<T>) => Promise<T>;

/** Opens the client at the first call and keeps it. */
export function sdkCall(connection: Connection): SdkCall {
  let opened: Promise<OpenClient> | undefined;
  return async (action, send) => {
    const opening = (opened ??= openClient(connection));
    // A failed opening (no credentials yet) must not be remembered for the life of the process.
    opening.catch(() => (opened = undefined));
    try {
      return await send(await opening);
    } catch (error) {
      throw failureOf(action, error);
    }
  };
}
