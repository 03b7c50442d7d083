import assert from "node:assert/strict";
import type { Connection } from "../../../../provider/src/rds/connection";
import { sdkCall } from "../../../../provider/src/rds/sdkCall";

const key = { accessKeyId: "simulated-key", accessKeySecret: "simulated-secret" };

describe("sdkCall", () => {
  it("waits for whoever signs in, then for the endpoint, and for nobody else", async () => {
    let asked: string | undefined;
    const seen: (string | undefined)[] = [];
    const connection: Connection = {
      region: "cn-hangzhou",
      regionSource: "configuration",
      endpoint: "rds.example",
      protocol: "HTTP",
      readTimeoutMs: 1000,
      connectTimeoutMs: 1000,
      alwaysSent: {},
      signer: () => undefined,
      asking: () => asked,
      credentials: async () => {
        seen.push(waitsFor());
        asked = "STS";
        await Promise.resolve();
        seen.push(waitsFor());
        asked = undefined;
        return key;
      },
    };
    const { call, waitsFor } = sdkCall(connection);
    seen.push(waitsFor());
    await call("DescribeDatabases", () => {
      seen.push(waitsFor());
      return Promise.resolve();
    });
    seen.push(waitsFor());
    assert.deepEqual(seen, [undefined, undefined, "STS", "rds.example", undefined]);
  });
});
