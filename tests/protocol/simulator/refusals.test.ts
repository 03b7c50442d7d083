import assert from "node:assert/strict";
import { $OpenApiUtil } from "@alicloud/openapi-core";
import { RuntimeOptions } from "@darabonba/typescript";
import { startSimulator, type Simulator } from "../../../simulator/src/index.js";
import { versionFor } from "../../unit/simulator/cloud.js";
import { refusalCases } from "../../unit/simulator/refusalCases.js";
import { sdkClient, thrownBy } from "./client.js";

/** The generic call of the SDK, which every method of a client ends in: signed, sent and decoded as in earnest. */
function ask(endpoint: string, config: object, action: string, params: Record<string, string>) {
  const api = new $OpenApiUtil.Params({
    action,
    version: versionFor(action),
    protocol: "HTTP",
    pathname: "/",
    method: "POST",
    authType: "AK",
    style: "RPC",
    reqBodyType: "formData",
    bodyType: "json",
  });
  const request = new $OpenApiUtil.OpenApiRequest({ query: params });
  return sdkClient(endpoint, { ...config }).callApi(api, request, new RuntimeOptions({}));
}

for (const [style, config] of [
  ["ACS3-HMAC-SHA256", {}],
  ["HMAC-SHA1", { signatureAlgorithm: "v2" }],
] as const) {
  describe(`simulator: what calls are refused for, through HTTP, signed with ${style}`, () => {
    let sim: Simulator;
    before(async () => {
      sim = await startSimulator({ clock: "virtual" });
    });
    after(() => sim.close());

    for (const one of refusalCases) {
      it(one.name, async () => {
        sim.setWorld(one.world);
        const before = sim.world();
        const thrown = await thrownBy(ask(sim.endpoint, config, one.action, one.params));
        assert.deepEqual([thrown.code, thrown.statusCode], [one.code, one.status]);
        assert.match(thrown.requestId ?? "", /^[0-9A-F-]{36}$/);
        assert.deepEqual(sim.world(), before);
      });
    }
  });
}
