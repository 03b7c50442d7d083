import { createHmac, createSecretKey, getHashes, hash, type KeyObject } from "node:crypto";
import { refuse } from "../rules/refuse.js";
import { refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { percentEncode } from "./percentEncode.js";
import { signatureMismatch, type Credentials, type SecretOf } from "./signature.js";
import type { Asked, Pair, WireRequest } from "./wire.js";

export const usesAcs3 = (wire: WireRequest): boolean =>
  (wire.headers["authorization"] ?? "").startsWith("ACS3-");

/**
 * ACS3-HMAC-SHA256 or ACS3-HMAC-SM3 over method, path, query, the signed headers and the hash of the body. A form
 * body is covered by its hash alone.
 */
export function verifyAcs3(wire: WireRequest, asked: Asked, secretOf: SecretOf): Credentials {
  const { algorithm, digest, accessKeyId, signedHeaders, signature } = authorization(
    wire.headers["authorization"] ?? "",
  );
  for (const name in wire.headers) {
    if ((name === "host" || name.startsWith("x-acs-")) && !signedHeaders.includes(name))
      throw refuse(unsignedHeader, { values: { name } });
  }
  for (const name of neededHeaders) {
    if ((wire.headers[name] ?? "") === "") throw refuse(incomplete, { values: { name } });
  }
  const secret = secretOf(accessKeyId);
  const bodyHash = wire.body.length === 0 ? hashesOfNothing[digest] : hash(digest, wire.body);
  const canonicalRequest = acs3CanonicalRequest(wire, asked.queryPairs, signedHeaders, bodyHash);
  const signedText = `${algorithm}\n${hash(digest, canonicalRequest)}`;
  const expected = createHmac(digest, keyOf(secret)).update(signedText).digest("hex");
  if (bodyHash !== wire.headers["x-acs-content-sha256"] || signature !== expected)
    throw refuse(signatureMismatch, { values: { signedText } });
  return {
    accessKeyId,
    date: wire.headers["x-acs-date"] ?? "",
    nonce: wire.headers["x-acs-signature-nonce"] ?? "",
  };
}

function acs3CanonicalRequest(
  wire: WireRequest,
  queryPairs: readonly Pair[],
  signedHeaders: readonly string[],
  bodyHash: string,
): string {
  return [
    wire.method,
    wire.path,
    canonicalQuery(queryPairs),
    ...signedHeaders.map((name) => `${name}:${(wire.headers[name] ?? "").trim()}`),
    "",
    signedHeaders.join(";"),
    bodyHash,
  ].join("\n");
}

/** A ready key halves the cost of a signature; secrets are as few as accounts and sessions. */
function keyOf(secret: string): KeyObject {
  const key = keys.get(secret) ?? createSecretKey(secret, "utf8");
  keys.set(secret, key);
  return key;
}
const keys = new Map<string, KeyObject>();

/** Sorted by code units of the name. */
const canonicalQuery = (pairs: readonly Pair[]): string =>
  [...pairs]
    .sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
    .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
    .join("&");

function authorization(header: string) {
  const algorithm = header.split(" ", 1)[0] ?? "";
  const digest = Object.hasOwn(digests, algorithm) ? digests[algorithm as keyof typeof digests] : undefined;
  if (digest === undefined || !isAvailable(digest)) throw refuse(otherAlgorithm, { values: { algorithm } });
  const field = (name: string) => {
    const found = fieldOf(header.slice(algorithm.length), name);
    if (found === "") throw refuse(incomplete, { values: { name } });
    return found;
  };
  return {
    algorithm,
    digest,
    accessKeyId: field("Credential"),
    signedHeaders: field("SignedHeaders").toLowerCase().split(";").sort(),
    signature: field("Signature"),
  };
}

/** `Name=value` between commas, in any order. */
function fieldOf(fields: string, name: string): string {
  for (const field of fields.split(",")) {
    const at = field.indexOf("=");
    if (field.slice(0, at).trim() === name) return field.slice(at + 1).trim();
  }
  return "";
}

const neededHeaders = ["x-acs-date", "x-acs-signature-nonce", "x-acs-content-sha256"] as const;
const digests = { "ACS3-HMAC-SHA256": "sha256", "ACS3-HMAC-SM3": "sm3" } as const;
type Digest = (typeof digests)[keyof typeof digests];
/** A Node.js that was built with another OpenSSL may lack SM3. */
const isAvailable = (digest: Digest) => digest === "sha256" || hasSm3;
const hasSm3 = getHashes().includes("sm3");
const hashesOfNothing = { sha256: hash("sha256", ""), sm3: hasSm3 ? hash("sm3", "") : "" };

const incomplete = refusal({
  id: "gateway.acs3-incomplete",
  action: "gateway",
  code: "IncompleteSignature",
  status: 400,
  message: "The signature is incomplete: {name} is missing.",
  says: "Authorization names the key, the signed headers and the signature; date, nonce and body hash are sent.",
  basis: "documented",
  source: sources.errorTable2020,
});
const otherAlgorithm = refusal({
  id: "gateway.acs3-algorithm",
  action: "gateway",
  code: "IncompleteSignature",
  status: 400,
  message: "The signature algorithm {algorithm} is not supported; ACS3-HMAC-SHA256 and ACS3-HMAC-SM3 are.",
  says: "ACS3-HMAC-SHA256 and ACS3-HMAC-SM3 are verified; another algorithm of ACS3 is named in the refusal.",
  basis: "documented",
  source: sources.signaturePage,
});
const unsignedHeader = refusal({
  id: "gateway.acs3-unsigned-header",
  action: "gateway",
  code: "IncompleteSignature",
  status: 400,
  message: "The signature is incomplete: the header {name} is not signed.",
  says: "Host and every x-acs- header are signed.",
  basis: "documented",
  source: sources.signaturePage,
});
