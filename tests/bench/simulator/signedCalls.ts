import { createHash, createHmac, randomBytes } from "node:crypto";

/** The bytes of a call as the Node.js SDK sends it: parameters in the query, an empty body, ACS3-HMAC-SHA256. */
export function signedCall(host: string, action: string, query: string): Buffer {
  const signed: Readonly<Record<string, string>> = {
    host,
    "x-acs-action": action,
    "x-acs-content-sha256": sha256(""),
    "x-acs-credentials-provider": "static_ak",
    "x-acs-date": new Date().toISOString().replace(/\.\d+Z$/, "Z"),
    "x-acs-signature-nonce": randomBytes(32).toString("hex"),
    "x-acs-version": "2014-08-15",
  };
  const names = Object.keys(signed);
  const canonical = [
    "POST",
    "/",
    query,
    ...names.map((name) => `${name}:${signed[name]}`),
    "",
    names.join(";"),
    sha256(""),
  ].join("\n");
  const signature = createHmac("sha256", "simulated-secret")
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest("hex");
  return Buffer.from(
    [
      `POST /?${query} HTTP/1.1`,
      ...names.map((name) => `${name}: ${signed[name]}`),
      "user-agent: AlibabaCloud (linux; x64) Node.js/v24.21.0 Core/1.0.8 TeaDSL/2",
      "accept: application/json",
      `Authorization: ACS3-HMAC-SHA256 Credential=simulated-key,SignedHeaders=${names.join(";")},Signature=${signature}`,
      "Connection: keep-alive",
      "Content-Length: 0",
      "\r\n",
    ].join("\r\n"),
  );
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
