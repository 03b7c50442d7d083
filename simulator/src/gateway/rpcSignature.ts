import { createHmac } from "node:crypto";
import { refuse } from "../rules/refuse.js";
import { refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { percentEncode } from "./percentEncode.js";
import { signatureMismatch, type Credentials, type SecretOf } from "./signature.js";
import type { Asked, Pair, WireRequest } from "./wire.js";

export const usesRpcSignature = (asked: Asked): boolean =>
  pairsOf(asked).some(([name]) => name === "Signature");

/** The old form: HMAC-SHA1 over query and form body together, empty values included. */
export function verifyRpcSignature(wire: WireRequest, asked: Asked, secretOf: SecretOf): Credentials {
  const pairs = pairsOf(asked);
  const all = new Map(pairs);
  const field = (name: string) => {
    const value = all.get(name);
    if (value === undefined || value === "") throw refuse(incomplete, { values: { name } });
    return value;
  };
  const credentials = {
    accessKeyId: field("AccessKeyId"),
    date: field("Timestamp"),
    nonce: field("SignatureNonce"),
  };
  if (field("SignatureMethod") !== "HMAC-SHA1") throw refuse(otherMethod);
  if (field("SignatureVersion") !== "1.0") throw refuse(otherVersion);
  const expected = signRpc(wire.method, pairs, secretOf(credentials.accessKeyId));
  if (field("Signature") !== expected) {
    throw refuse(signatureMismatch, { values: { signedText: rpcSignedText(wire.method, pairs) } });
  }
  return credentials;
}

/** The signature of a request with these parameters. */
export const signRpc = (method: string, pairs: readonly Pair[], secret: string): string =>
  createHmac("sha1", `${secret}&`).update(rpcSignedText(method, pairs)).digest("base64");

function rpcSignedText(method: string, pairs: readonly Pair[]): string {
  const canonical = pairs
    .filter(([name]) => name !== "Signature")
    .map(([name, value]) => [percentEncode(name), percentEncode(value)] as const)
    .sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
  return `${method}&${percentEncode("/")}&${percentEncode(canonical)}`;
}

const pairsOf = (asked: Asked): readonly Pair[] => [...asked.queryPairs, ...asked.bodyPairs];

const incomplete = refusal({
  id: "gateway.rpc-incomplete",
  action: "gateway",
  code: "MissingParameter",
  status: 400,
  message: "The parameter {name} is mandatory for this request.",
  says: "The old signature comes with AccessKeyId, Timestamp, SignatureNonce, SignatureMethod and SignatureVersion.",
  basis: "documented",
  source: sources.errorTable2020,
});
const otherMethod = refusal({
  id: "gateway.rpc-method",
  action: "gateway",
  parameter: "SignatureMethod",
  code: "InvalidParameter",
  status: 400,
  message: "The signature method is not supported.",
  says: "HMAC-SHA1 is the method of the old signature.",
  basis: "inferred",
  source: sources.sdk,
});
const otherVersion = refusal({
  id: "gateway.rpc-version",
  action: "gateway",
  parameter: "SignatureVersion",
  code: "InvalidParameter",
  status: 400,
  message: "The signature version is not supported.",
  says: "1.0 is the version of the old signature.",
  basis: "inferred",
  source: sources.sdk,
});
