import { randomUUID } from "node:crypto";
import { percentEncode } from "./percentEncode.js";
import { signRpc } from "./rpcSignature.js";
import type { Pair } from "./wire.js";

/** A key, its secret, and the token of a session if it belongs to one. */
export interface Keys {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string | undefined;
}

/**
 * Completes the parameters of an action to a signed request of the old form: version, format (JSON), key, time and
 * nonce are filled in where they are not given, and the signature is added last.
 */
export function signedPairs(method: string, pairs: readonly Pair[], keys: Keys): Pair[] {
  const common = {
    Version: "2014-08-15",
    Format: "JSON",
    AccessKeyId: keys.accessKeyId,
    ...(keys.securityToken === undefined ? {} : { SecurityToken: keys.securityToken }),
    SignatureMethod: "HMAC-SHA1",
    SignatureVersion: "1.0",
    SignatureNonce: randomUUID(),
    Timestamp: new Date().toISOString().replace(/\.\d{3}Z$/, "Z"),
  };
  const given = pairs.filter(([name]) => name !== "Signature");
  const names = new Set(given.map(([name]) => name));
  const all = [...given, ...Object.entries(common).filter(([name]) => !names.has(name))];
  return [...all, ["Signature", signRpc(method, all, keys.accessKeySecret)]];
}

/** The query of an address. */
export const queryText = (pairs: readonly Pair[]): string =>
  pairs.map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`).join("&");
