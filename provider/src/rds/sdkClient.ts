import type * as Rds from "@alicloud/rds20140815";
import type RdsClient from "@alicloud/rds20140815";
import type { Connection, Credentials } from "./connection";
import { officialSdk } from "./officialSdk";

/** An SDK client ready to send, and the request classes that belong to it. */
export interface OpenClient {
  readonly client: RdsClient;
  readonly rds: typeof Rds;
}

/** Loads the SDK and makes a client that signs as the given one. Its sockets are those of the process. */
export function openClient(connection: Connection, credentials: Credentials): OpenClient {
  const { Client: SdkClient, rds, openApi } = officialSdk();
  const { $OpenApiUtil } = openApi;
  const Client = checkingClient(SdkClient);
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
        globalParameters: new $OpenApiUtil.GlobalParameters({ queries: connection.alwaysSent }),
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
      if (code === undefined && requestId !== undefined) return response;
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
