import { createHmac, randomUUID } from "node:crypto";

/** A refusal, as the alicloud provider reads it. */
export class ProviderError extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
  ) {
    super(`${status} ${code}`);
  }
}

export type Body = Readonly<Record<string, unknown>>;
type Parameters = Readonly<Record<string, string | number | boolean>>;

/**
 * Asks as the alicloud provider does: POST with the common parameters in the query and those of the action in a form
 * body, an old signature (HMAC-SHA1) over both, and an empty SourceIp with every call of RDS.
 */
export class ProviderClient {
  constructor(
    private readonly url: string,
    private readonly secret = "simulated-secret",
  ) {}

  rds(action: string, parameters: Parameters): Promise<Body> {
    return this.send(action, "2014-08-15", { RegionId: "cn-hangzhou", SourceIp: "", ...parameters });
  }

  vpc(action: string, parameters: Parameters): Promise<Body> {
    return this.send(action, "2016-04-28", { RegionId: "cn-hangzhou", ...parameters });
  }

  private async send(action: string, version: string, parameters: Parameters): Promise<Body> {
    const form = Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, String(value)]));
    const common = {
      ...{ AccessKeyId: "simulated-key", Action: action, Format: "json", Version: version },
      ...{ SignatureMethod: "HMAC-SHA1", SignatureNonce: randomUUID(), SignatureVersion: "1.0" },
      Timestamp: new Date().toISOString().replace(/\.\d+Z$/, "Z"),
    };
    const Signature = signature({ ...common, ...form }, this.secret);
    const answer = await fetch(`${this.url}/?${new URLSearchParams({ ...common, Signature }).toString()}`, {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        "user-agent": "AlibabaCloud",
        "x-acs-action": action,
        "x-acs-version": version,
      },
      body: new URLSearchParams(form).toString(),
    });
    const body = (await answer.json()) as Body;
    if (answer.status !== 200) throw new ProviderError(String(body["Code"]), answer.status);
    return body;
  }
}

export function signature(parameters: Readonly<Record<string, string>>, secret: string): string {
  const canonical = Object.keys(parameters)
    .sort()
    .map((name) => `${encode(name)}=${encode(parameters[name] ?? "")}`)
    .join("&");
  return createHmac("sha1", `${secret}&`)
    .update(`POST&%2F&${encode(canonical)}`)
    .digest("base64");
}

const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/** The first entry of a list in an answer. */
export function firstOf(body: Body, outer: string, inner: string): Body {
  const [first] = listOf(body, outer, inner);
  if (first === undefined) throw new Error(`${outer}.${inner} is empty.`);
  return first;
}

export const listOf = (body: Body, outer: string, inner: string): readonly Body[] =>
  (body[outer] as Record<string, Body[]>)[inner] ?? [];

/** The code of a refusal. */
export async function refusedWith(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (error instanceof ProviderError) return error.code;
    throw error;
  }
  return "nothing";
}
