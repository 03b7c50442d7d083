/** An unsigned JWT as a pod gets it; it never ends unless a test says so. */
export function oidcToken(claims: Record<string, unknown>): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const payload = { iss: "https://issuer.example", sub: "system:pod", aud: ["sts.aliyuncs.com"], ...claims };
  return `${part({ alg: "RS256" })}.${part(payload)}.signature`;
}
