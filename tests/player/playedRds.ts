import * as rds from "@alicloud/rds20140815";
import { $OpenApiUtil } from "@alicloud/openapi-core";
import { callLimiter } from "../../provider/src/rds/callLimiter";
import type { RdsApi } from "../../provider/src/rds/rdsApi";
import type { SdkCall } from "../../provider/src/rds/sdkCall";
import { sdkChanges } from "../../provider/src/rds/sdkChanges";
import { failureOf } from "../../provider/src/rds/sdkFailure";
import { sdkReads } from "../../provider/src/rds/sdkReads";
import type { Clock } from "../../provider/src/time/clock";
import type { Cloud, Reply } from "./cloud";
import type { PlayedProcess } from "./process";

const region = "cn-hangzhou";
const regionOf = () => Promise.resolve(region);

/**
 * The cloud as one process sees it, through the official SDK: its request and answer classes, and the provider's own
 * mapping of answers and failures, and its limiter. Only the way to the service is played: no signature, no HTTP.
 */
export function playedRds(cloud: Cloud, process: PlayedProcess, clock: Clock): RdsApi {
  const client = new PlayedClient(cloud, process);
  const limiter = callLimiter({ clock, random: () => 0.5 });
  const call: SdkCall = (action, send) =>
    limiter.run(async () => {
      try {
        return await send({ client, rds });
      } catch (error) {
        throw failureOf(action, error);
      }
    });
  return {
    region,
    endpoint: "played",
    signer: () => undefined,
    waitsFor: () => "played",
    ...sdkReads(call, regionOf),
    ...sdkChanges(call, regionOf),
  };
}

const config = new $OpenApiUtil.Config({
  accessKeyId: "simulated-key",
  accessKeySecret: "simulated-secret",
  regionId: region,
  endpoint: "played",
});

class PlayedClient extends rds.default {
  constructor(
    private readonly cloud: Cloud,
    private readonly process: PlayedProcess,
  ) {
    super(config);
  }

  override async callApi(
    ...[{ action = "" }, { query = {} }]: Parameters<rds.default["callApi"]>
  ): ReturnType<rds.default["callApi"]> {
    return answered(await this.cloud.send(this.process, action, query));
  }
}

/** What the SDK makes of an answer, or throws in its place (recorded in tests/protocol/provider/failures.test.ts). */
function answered(reply: Reply): Record<string, unknown> {
  switch (reply) {
    case "reset":
      throw Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
    case "timeout":
      throw Object.assign(new Error("no answer in time"), { name: "RequestTimeoutError" });
    case "notJson":
      throw new SyntaxError("Unexpected end of JSON input");
    default: {
      const { status, body, retryAfterMs } = reply;
      if (status < 400) return { statusCode: status, headers: {}, body };
      const { Code: code, Message: message, RequestId: requestId } = body;
      throw Object.assign(
        new Error(`${String(code)}: code: ${status}, ${String(message)} request id: ${String(requestId)}`),
        { code, statusCode: status, requestId, data: body, retryAfter: retryAfterMs },
      );
    }
  }
}
