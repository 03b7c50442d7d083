import assert from "node:assert/strict";
import { createHmac, randomUUID } from "node:crypto";
import { startSimulator, type Simulator } from "../../../simulator/src/index.js";

/**
 * The one VPC call of the alicloud provider, in the form of its other SDK (alibaba-cloud-sdk-go): everything in the
 * query, an empty form as body, Format=JSON, and an empty SignatureType that is signed like the rest.
 */
function signedQuery(parameters: Record<string, string>, secret: string): string {
  const all: Record<string, string> = {
    AccessKeyId: "simulated-key",
    Action: "DescribeVSwitchAttributes",
    Format: "JSON",
    RegionId: "cn-hangzhou",
    SignatureMethod: "HMAC-SHA1",
    SignatureNonce: randomUUID(),
    SignatureType: "",
    SignatureVersion: "1.0",
    Timestamp: new Date().toISOString().replace(/\.\d+Z$/, "Z"),
    Version: "2016-04-28",
    ...parameters,
  };
  const encode = (text: string) =>
    encodeURIComponent(text).replace(
      /[!'()*]/g,
      (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  const canonical = Object.keys(all)
    .sort()
    .map((name) => `${encode(name)}=${encode(all[name] ?? "")}`)
    .join("&");
  const signature = createHmac("sha1", `${secret}&`)
    .update(`POST&%2F&${encode(canonical)}`)
    .digest("base64");
  return `${canonical}&Signature=${encode(signature)}`;
}

describe("simulator: the VPC call of the alicloud provider", () => {
  let sim: Simulator;
  before(async () => {
    sim = await startSimulator({
      clock: "virtual",
      world: {
        instances: [{ id: "rm-a", vSwitchId: "vsw-a", vpcId: "vpc-a", zone: "cn-hangzhou-b" }],
        vSwitches: [{ id: "vsw-b", vpcId: "vpc-b", zone: "cn-hangzhou-i" }],
      },
    });
  });
  after(() => sim.close());

  async function ask(query: string) {
    const answer = await fetch(`${sim.url}/?${query}`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "",
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  }
  const parameters = (id: string) => ({ VSwitchId: id });

  it("is answered for a vSwitch of the world, and for one that an instance is in", async () => {
    for (const [id, vpc, zone] of [
      ["vsw-a", "vpc-a", "cn-hangzhou-b"],
      ["vsw-b", "vpc-b", "cn-hangzhou-i"],
    ] as const) {
      const { body } = await ask(signedQuery(parameters(id), "simulated-secret"));
      assert.deepEqual([body["VSwitchId"], body["VpcId"], body["ZoneId"]], [id, vpc, zone]);
    }
  });

  it("is refused for another, as not found", async () => {
    const { status, body } = await ask(signedQuery(parameters("vsw-c"), "simulated-secret"));
    assert.deepEqual([status, body["Code"]], [404, "InvalidVswitchID.NotFound"]);
  });

  it("is refused when the secret is another, and when SignatureType was not signed", async () => {
    const wrong = await ask(signedQuery(parameters("vsw-a"), "simulated-secreT"));
    assert.equal(wrong.body["Code"], "SignatureDoesNotMatch");
    const query = signedQuery(parameters("vsw-a"), "simulated-secret").replace("SignatureType=&", "");
    assert.equal((await ask(query)).body["Code"], "SignatureDoesNotMatch");
  });

  it("is no action of RDS, and those of RDS are none of it", async () => {
    const asRds = await ask(
      signedQuery({ ...parameters("vsw-a"), Version: "2014-08-15" }, "simulated-secret"),
    );
    assert.equal(asRds.body["Code"], "SimulatorUnsupportedAction");
    const asVpc = await ask(signedQuery({ Action: "DescribeDBInstances" }, "simulated-secret"));
    assert.equal(asVpc.body["Code"], "SimulatorUnsupportedAction");
  });
});
