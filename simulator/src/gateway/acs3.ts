import { getHashes, hash } from "node:crypto";
import { refuse } from "../rules/refuse.js";
import { refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { hmac, type Digest } from "./hmac.js";
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
  const expected = hmac(digest, secret, signedText);
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
  const fields = fieldsOf(header.slice(algorithm.length));
  const field = (name: string) => {
    const found = fields.get(name) ?? "";
    if (found === "") throw refuse(incomplete, { values: { name } });
    return found;
  };
  return {
    algorithm,
    digest,
    accessKeyId: field("Credential"),
    signedHeaders: namesIn(field("SignedHeaders")),
    signature: field("Signature"),
  };
}

/** Sorted. A client sends the same list with every call. */
function namesIn(list: string): readonly string[] {
  if (list !== latest.list) latest = { list, names: list.toLowerCase().split(";").sort() };
  return latest.names;
}
let latest: { list: string; names: readonly string[] } = { list: "", names: [] };

/** `Name=value` between commas, in any order. */
function fieldsOf(header: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const field of header.split(",")) {
    const at = field.indexOf("=");
    const name = field.slice(0, at).trim();
    if (!fields.has(name)) fields.set(name, field.slice(at + 1).trim());
  }
  return fields;
}

const neededHeaders = ["x-acs-date", "x-acs-signature-nonce", "x-acs-content-sha256"] as const;
const digests = { "ACS3-HMAC-SHA256": "sha256", "ACS3-HMAC-SM3": "sm3" } as const;
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
