import { hash } from "node:crypto";

/** Of the signatures of ACS3. */
export type Digest = "sha256" | "sm3";

/**
 * RFC 2104 over one-shot hashes: to set up an Hmac object of Node.js costs twice what is hashed here. Both digests
 * have blocks of 64 bytes.
 */
export function hmac(digest: Digest, secret: string, text: string): string {
  const { inner, outer } = padsOf(digest, secret);
  return hash(
    digest,
    Buffer.concat([outer, hash(digest, Buffer.concat([inner, Buffer.from(text)]), "buffer")]),
  );
}

/** Secrets are as few as accounts and sessions. */
function padsOf(digest: Digest, secret: string): Pads {
  const known = pads.get(`${digest} ${secret}`);
  if (known !== undefined) return known;
  const key = Buffer.from(secret);
  const block = Buffer.alloc(64);
  (key.length > block.length ? hash(digest, key, "buffer") : key).copy(block);
  const made = { inner: block.map((byte) => byte ^ 0x36), outer: block.map((byte) => byte ^ 0x5c) };
  pads.set(`${digest} ${secret}`, made);
  return made;
}
const pads = new Map<string, Pads>();
type Pads = { readonly inner: Uint8Array; readonly outer: Uint8Array };
