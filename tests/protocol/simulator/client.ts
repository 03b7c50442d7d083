import { $OpenApiUtil } from "@alicloud/openapi-core";
import Client from "@alicloud/rds20140815";

/** The real SDK, pointed at a simulator. */
export const sdkClient = (endpoint: string, config: Record<string, unknown> = {}): Client =>
  new Client(
    new $OpenApiUtil.Config({
      endpoint,
      protocol: "http",
      accessKeyId: "simulated-key",
      accessKeySecret: "simulated-secret",
      ...config,
    }),
  );

/** What the SDK throws, as far as tests look at it. */
export interface Thrown {
  readonly name: string;
  readonly code?: string;
  readonly statusCode?: number;
  readonly requestId?: string;
  readonly retryAfter?: number;
  readonly accessDeniedDetail?: Record<string, unknown>;
}

export async function thrownBy(call: Promise<unknown>): Promise<Thrown> {
  try {
    await call;
  } catch (error) {
    return error as Thrown;
  }
  throw new Error("The call succeeded.");
}
