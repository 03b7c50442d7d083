import { sameCredentials, type Connection, type Credentials } from "./connection";
import { isExpiredToken } from "./failure";
import type { RdsAction } from "./permissions";
import { openClient, type OpenClient } from "./sdkClient";
import { failureOf } from "./sdkFailure";

/** Sends one call; whatever goes wrong becomes an `RdsFailure` of that action. */
export type SdkCall = <T>(action: RdsAction, send: (sdk: OpenClient) => Promise<T>) => Promise<T>;

/**
 * Signs every call with the credentials of its moment: a copy may take longer than a session lasts. A call
 * that is refused because its token has expired was not carried out, so it is sent once more with fresh
 * credentials, if there are any.
 */
export function sdkCall(connection: Connection): SdkCall {
  let open: { readonly sdk: OpenClient; readonly signs: Credentials } | undefined;
  const clientOf = (credentials: Credentials): OpenClient => {
    if (open === undefined || !sameCredentials(open.signs, credentials)) {
      open = { sdk: openClient(connection, credentials), signs: credentials };
    }
    return open.sdk;
  };

  return async (action, send) => {
    try {
      const credentials = await connection.credentials();
      try {
        return await send(clientOf(credentials));
      } catch (error) {
        const failure = failureOf(action, error);
        if (failure.kind !== "signIn" || !isExpiredToken(failure)) throw failure;
        const fresh = await connection.credentials({ insteadOf: credentials });
        if (sameCredentials(fresh, credentials)) throw failure;
        return await send(clientOf(fresh));
      }
    } catch (error) {
      throw failureOf(action, error);
    }
  };
}
