import assert from "node:assert/strict";
import Rds from "@alicloud/rds20140815";
import { $OpenApiUtil } from "@alicloud/openapi-core";
import type { ConnectionOverrides } from "../../../provider/src/rds/connection";
import { SignInProblem } from "../../../provider/src/rds/signIn/signInProblem";
import { cliFile, configKey, envKey, prodProfile, stack } from "./stack";
import { startSts, type StsStandIn } from "./stsStandIn";

describe("Sign-in: where a resource calls", () => {
  const files = { ".aliyun/config.json": cliFile(prodProfile) };

  it("30: region from the configuration, then the environment, then the named profile, then cn-beijing", () => {
    const env = { ALICLOUD_REGION: "cn-a", ALIBABA_CLOUD_REGION: "cn-b" };
    const regionOf = (setup: Parameters<typeof stack>[0]) => {
      const { region, regionSource } = stack(setup).connect();
      return `${region} ${regionSource}`;
    };
    const profile = "prod";
    assert.equal(regionOf({ config: { region: "cn-c", profile }, env, files }), "cn-c configuration");
    assert.equal(regionOf({ config: { profile }, env, files }), "cn-a environment");
    assert.equal(regionOf({ env: { ALIBABA_CLOUD_REGION: "cn-b" }, files }), "cn-b environment");
    assert.equal(regionOf({ config: { profile }, files }), "cn-shanghai profile");
    assert.equal(regionOf({ config: { profile, ...configKey }, files }), "cn-shanghai profile");
    assert.equal(regionOf({ env: envKey, files }), "cn-beijing default");
    assert.equal(regionOf({ files }), "cn-shanghai profile");
    assert.equal(regionOf({ config: { profile: "absent" }, files }), "cn-beijing default");
  });

  it("31, otherwise: a region that no table has is not refused, but called", () => {
    const connection = stack({ config: { ...configKey, region: "cn-new" } }).connect();
    assert.equal(connection.endpoint, "rds.cn-new.aliyuncs.com");
  });

  it("every region that the SDK's own table names has the endpoint of that table", () => {
    const { _endpointMap: table = {} } = new Rds(new $OpenApiUtil.Config({ regionId: "cn-hangzhou" }));
    assert.ok(Object.keys(table).length >= 45, Object.keys(table).join());
    const ours = Object.keys(table).map((region) => [
      region,
      stack({ config: { region } }).connect().endpoint,
    ]);
    assert.deepEqual(Object.fromEntries(ours), table);
  });

  it("a region is read without blanks and capitals, wherever it is named", () => {
    const region = " CN-Hangzhou ";
    const profile = { ...prodProfile, region_id: region };
    const regionOf = (setup: Parameters<typeof stack>[0], named?: string) =>
      stack(setup).connect(named === undefined ? {} : { region: named }).region;
    assert.equal(regionOf({}, region), "cn-hangzhou");
    assert.equal(regionOf({ config: { region } }), "cn-hangzhou");
    assert.equal(regionOf({ env: { ALICLOUD_REGION: region } }), "cn-hangzhou");
    assert.equal(
      regionOf({ config: { profile: "prod" }, files: { ".aliyun/config.json": cliFile(profile) } }),
      "cn-hangzhou",
    );
    assert.equal(regionOf({ config: { region: "cn-shanghai" } }, "  "), "cn-shanghai");
  });

  it("an endpoint with a scheme is taken without it; the scheme counts unless a protocol is set", () => {
    const at = (rds: string, config: object = {}, overrides: ConnectionOverrides = {}) => {
      const { endpoint, protocol } = stack({ config: { endpoints: [{ rds }], ...config } }).connect(
        overrides,
      );
      return `${protocol} ${endpoint}`;
    };
    assert.equal(at("https://rds.aliyuncs.com/"), "HTTPS rds.aliyuncs.com");
    assert.equal(at("http://127.0.0.1:8094"), "HTTP 127.0.0.1:8094");
    assert.equal(at("HTTP://127.0.0.1:8094"), "HTTP 127.0.0.1:8094");
    assert.equal(at("http://127.0.0.1:8094", { protocol: "HTTPS" }), "HTTPS 127.0.0.1:8094");
    assert.equal(at("own:1", {}, { endpoint: "http://own:2" }), "HTTP own:2");
    const env = { RDS_ENDPOINT: "http://own:3" };
    assert.equal(stack({ env }).connect().endpoint, "own:3");
  });

  it("an endpoint that is no host is refused with the place that names it", () => {
    const refused = (config: object, overrides: ConnectionOverrides = {}, env = {}) => {
      const at = stack({ config: { ...config }, env });
      try {
        at.connect(overrides);
      } catch (error) {
        return error instanceof SignInProblem ? `${error.code}: ${error.message}` : String(error);
      }
      return "not refused";
    };
    const form = 'is not a host with an optional port, such as "rds.aliyuncs.com" or "127.0.0.1:8094".';
    const code = "InvalidConfiguration";
    assert.equal(refused({ endpoints: [{ rds: "rds host" }] }), `${code}: alicloud:endpoints (rds) ${form}`);
    assert.equal(refused({ endpoints: [{ sts: "sts/api" }] }), `${code}: alicloud:endpoints (sts) ${form}`);
    assert.equal(refused({}, { endpoint: "ftp://x" }), `${code}: connection.endpoint ${form}`);
    assert.equal(refused({}, {}, { RDS_ENDPOINT: "a b" }), `${code}: RDS_ENDPOINT ${form}`);
  });

  it("the endpoint of the resource, then of the configuration, then of the environment, then the region's", () => {
    const env = { RDS_ENDPOINT: "older:1", ALIBABA_CLOUD_ENDPOINT_RDS: "newer:1" };
    const endpoints = [{ rds: "configured:1" }];
    const endpointOf = (setup: Parameters<typeof stack>[0], endpoint?: string) =>
      stack(setup).connect(endpoint ? { endpoint } : {}).endpoint;
    assert.equal(endpointOf({ config: { endpoints }, env }, "own:1"), "own:1");
    assert.equal(endpointOf({ config: { endpoints }, env }), "configured:1");
    assert.equal(endpointOf({ config: { endpoints: { rds: "bare:1" } } }), "bare:1");
    assert.equal(endpointOf({ env }), "newer:1");
    assert.equal(endpointOf({ env: { RDS_ENDPOINT: "older:1" } }), "older:1");
    assert.equal(endpointOf({ config: { region: "cn-hangzhou" } }), "rds.aliyuncs.com");
    assert.equal(endpointOf({ config: { region: "eu-central-1" } }), "rds.eu-central-1.aliyuncs.com");
  });

  it("endpoints that are not JSON are said so, without their text", () => {
    const at = stack({ config: { endpoints: "rds: host" } });
    assert.throws(() => at.connect(), /alicloud:endpoints cannot be read: it is not JSON/);
  });

  it("HTTPS unless HTTP is asked for; another word is said to be none", async () => {
    assert.equal(stack({}).connect().protocol, "HTTPS");
    assert.equal(stack({ config: { protocol: "HTTP" } }).connect().protocol, "HTTP");
    assert.equal(stack({ config: { protocol: "HTTP" } }).connect({ protocol: "https" }).protocol, "HTTPS");
    const odd = stack({ config: { ...configKey, protocol: "FTP", endpoints: [{ rds: "127.0.0.1:1" }] } });
    assert.equal(odd.connect().protocol, "HTTPS");
    await odd.signer();
    assert.match(odd.warnings.join(), /"FTP" is neither HTTP nor HTTPS/);
  });

  it("both time-outs are set: 60 s, or what the configuration or the environment says", () => {
    const timesOf = (setup: Parameters<typeof stack>[0]) => {
      const { readTimeoutMs, connectTimeoutMs } = stack(setup).connect();
      return [readTimeoutMs, connectTimeoutMs];
    };
    const env = { CLIENT_READ_TIMEOUT: "7000", CLIENT_CONNECT_TIMEOUT: "8000" };
    assert.deepEqual(timesOf({}), [60_000, 60_000]);
    assert.deepEqual(timesOf({ env }), [7000, 8000]);
    assert.deepEqual(
      timesOf({ config: { clientReadTimeout: 5000, clientConnectTimeout: "6000" }, env }),
      [5000, 6000],
    );
    assert.deepEqual(timesOf({ config: { clientReadTimeout: "soon" } }), [60_000, 60_000]);
  });

  it("source ip and secure transport go with every call", () => {
    const sentBy = (setup: Parameters<typeof stack>[0]) => stack(setup).connect().alwaysSent;
    assert.deepEqual(sentBy({}), {});
    assert.deepEqual(sentBy({ config: { sourceIp: "10.0.0.1", secureTransport: "true" } }), {
      SourceIp: "10.0.0.1",
      SecureTransport: "true",
    });
    const env = { ALIBABA_CLOUD_SOURCE_IP: "10.0.0.2", ALICLOUD_SECURITY_TRANSPORT: "true" };
    assert.deepEqual(sentBy({ env }), { SourceIp: "10.0.0.2", SecureTransport: "true" });
  });

  describe("what one resource overrides", () => {
    let sts: StsStandIn;
    before(async () => (sts = await startSts()));
    after(() => sts.close());
    const stackWith = () =>
      stack({
        config: {
          ...configKey,
          securityToken: "token-config",
          region: "cn-hangzhou",
          assumeRole: { roleArn: "acs:ram::1:role/of-stack", externalId: "x" },
          endpoints: [{ sts: sts.host }],
        },
        env: envKey,
        files,
      });

    it("a profile outdoes everything that the stack says about signing in", async () => {
      const connection = stackWith().connect({ profile: "prod" });
      assert.deepEqual(await connection.credentials(), {
        accessKeyId: "AKprod",
        accessKeySecret: "secret-prod",
      });
      assert.equal(connection.region, "cn-hangzhou");
    });

    it("a role replaces the stack's and is asked for with the stack's key", async () => {
      sts.calls.length = 0;
      const role = { roleArn: "acs:ram::2:role/other", sessionName: "copy" };
      assert.equal(await stackWith().signer({ assumeRole: role }), "STS.other.by.AKconfig.1");
      assert.equal(sts.calls[0]?.parameters["RoleSessionName"], "copy");
      assert.equal(sts.calls[0]?.parameters["ExternalId"], undefined);
    });

    it("a profile and a role: that role, asked for with that profile's key", async () => {
      sts.calls.length = 0;
      const role = { roleArn: "acs:ram::2:role/other" };
      assert.equal(await stackWith().signer({ profile: "prod", assumeRole: role }), "STS.other.by.AKprod.1");
    });

    it("a region", () => {
      const { region, regionSource } = stackWith().connect({ region: "cn-beijing" });
      assert.deepEqual([region, regionSource], ["cn-beijing", "connection"]);
    });
  });
});
