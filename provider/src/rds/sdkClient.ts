import type RdsClient from "@alicloud/rds20140815";
import type { Connection } from "./connection";

/** An SDK client ready to send, and the request classes that belong to it. */
export interface OpenClient {
  readonly client: RdsClient;
  readonly rds: typeof import("@alicloud/rds20140815");
}

/** Loads the SDK and signs in. */
export async function openClient(connection: Connection): Promise<OpenClient> {
  /* eslint-disable @typescript-eslint/no-require-imports -- loaded here and not earlier, and CommonJS as the SDK is */
  const rds = require("@alicloud/rds20140815") as typeof import("@alicloud/rds20140815");
  const { $OpenApiUtil } = require("@alicloud/openapi-core") as typeof import("@alicloud/openapi-core");
  /* eslint-enable @typescript-eslint/no-require-imports */
  const credentials = await connection.credentials();
  const Client = checkingClient(rds.default);
  return {
    rds,
    client: new Client(
      new $OpenApiUtil.Config({
        ...credentials,
        regionId: connection.region,
        endpoint: connection.endpoint,
        protocol: connection.protocol,
        // Both, always: an unset one falls back to 3 s, and the connect time-out is also the idle one.
        readTimeout: connection.readTimeoutMs,
        connectTimeout: connection.connectTimeoutMs,
        userAgent: "pulumi-alicloud-rds-copy",
      }),
    ),
  };
}

/** The SDK takes an error body that comes with HTTP 200 for a success and drops its code: look before it does. */
function checkingClient(Base: typeof RdsClient): typeof RdsClient {
  return class extends Base {
    override async callApi(...call: Parameters<RdsClient["callApi"]>): ReturnType<RdsClient["callApi"]> {
      const response = (await super.callApi(...call)) as {
        statusCode?: number;
        body?: { Code?: unknown; Message?: unknown; RequestId?: unknown };
      };
      const { Code: code, Message: message, RequestId: requestId } = response.body ?? {};
      if (code === undefined && requestId !== undefined) return response as never;
      throw Object.assign(
        new Error(typeof message === "string" ? message : "The answer is not one of this API"),
        {
          code: typeof code === "string" ? code : "AnswerNotUnderstood",
          requestId: typeof requestId === "string" ? requestId : undefined,
          // Not the status of a refusal: whether it was carried out is not known.
          statusCode: 200,
        },
      );
    }
  };
}
