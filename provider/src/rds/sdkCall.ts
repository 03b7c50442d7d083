import { sameCredentials, type Connection, type Credentials } from "./connection";
import { isExpiredToken, RdsFailure } from "./failure";
import { heardBy, type Ear } from "./heardAnswer";
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
export function sdkCall(connection: Connection): {
  readonly call: SdkCall;
  readonly waitsFor: () => string | undefined;
} {
  let open: { readonly sdk: OpenClient; readonly signs: Credentials } | undefined;
  const clientOf = (credentials: Credentials): OpenClient => {
    if (open === undefined || !sameCredentials(open.signs, credentials)) {
      open = { sdk: openClient(connection, credentials), signs: credentials };
    }
    return open.sdk;
  };

  let signingIn = 0;
  let onTheWire = 0;
  async function signIn(insteadOf?: Credentials): Promise<Credentials> {
    signingIn++;
    try {
      return await connection.credentials(insteadOf ? { insteadOf } : {});
    } finally {
      signingIn--;
    }
  }

  return {
    async call(action, send) {
      const signedBy = async (credentials: Credentials) => {
        const ear: Ear = {};
        const sdk = clientOf(credentials);
        onTheWire++;
        try {
          return await heardBy(ear, () => send(sdk));
        } catch (error) {
          throw failureOf(action, error, credentials, ear.answer);
        } finally {
          onTheWire--;
        }
      };
      try {
        const credentials = await signIn();
        try {
          return await signedBy(credentials);
        } catch (error) {
          if (!(error instanceof RdsFailure) || error.kind !== "signIn" || !isExpiredToken(error))
            throw error;
          const fresh = await signIn(credentials);
          if (sameCredentials(fresh, credentials)) throw error;
          return await signedBy(fresh);
        }
      } catch (error) {
        throw failureOf(action, error);
      }
    },
    waitsFor() {
      if (signingIn > 0) return connection.asking();
      return onTheWire > 0 ? connection.endpoint : undefined;
    },
  };
}
