import { isIP } from "node:net";
import { generate } from "selfsigned";

/** A key and its certificate, PEM. */
export interface CertificatePair {
  readonly key: string;
  readonly cert: string;
}

/**
 * A pair for one run, kept in memory only. A client is told to trust the certificate itself; it is valid for
 * loopback names and the address that is listened on, and for a day.
 */
export async function throwAwayPair(host: string): Promise<CertificatePair> {
  const addresses = [...new Set(["127.0.0.1", "::1", ...(isIP(host) === 0 ? [] : [host])])];
  const names = [...new Set(["localhost", ...(isIP(host) === 0 ? [host] : [])])];
  const pair = await generate([{ name: "commonName", value: "alicloud-rds-simulator" }], {
    algorithm: "sha256",
    keyType: "ec",
    notAfterDate: new Date(Date.now() + 24 * 3600 * 1000),
    extensions: [
      {
        name: "subjectAltName",
        altNames: [
          ...names.map((value) => ({ type: 2 as const, value })),
          ...addresses.map((ip) => ({ type: 7 as const, ip })),
        ],
      },
    ],
  });
  return { key: pair.private, cert: pair.cert };
}
