import assert from "node:assert/strict";
import { configKey, stack } from "./stack";

const names = [
  "HTTPS_PROXY",
  "https_proxy",
  "HTTP_PROXY",
  "http_proxy",
  "ALL_PROXY",
  "all_proxy",
  "NO_PROXY",
  "no_proxy",
];

describe("Sign-in: proxies, which the SDK cannot use", () => {
  const before = new Map(names.map((name) => [name, process.env[name]]));
  const restore = (name: string) => {
    const value = before.get(name);
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  };
  beforeEach(() => names.forEach((name) => delete process.env[name]));
  after(() => names.forEach(restore));

  const warningsAt = async (endpoint?: string, config = {}) => {
    const at = stack({
      config: { ...configKey, ...config, ...(endpoint ? { endpoints: [{ rds: endpoint }] } : {}) },
    });
    await at.signer();
    await at.signer({ region: "eu-central-1" });
    return at.warnings;
  };

  it("said once, with the variable that was seen", async () => {
    process.env["HTTPS_PROXY"] = "http://proxy:3128";
    const warnings = await warningsAt();
    assert.equal(warnings.length, 1);
    assert.match(warnings[0] ?? "", /^HTTPS_PROXY was seen and is not used: /);
  });

  it("not for a loopback endpoint, another protocol's proxy, what NO_PROXY leaves out, or none", async () => {
    assert.deepEqual(await warningsAt(), []);
    process.env["HTTP_PROXY"] = "http://proxy:3128";
    assert.deepEqual(await warningsAt(), []);
    assert.equal((await warningsAt("rds.example.com", { protocol: "HTTP" })).length, 1);
    process.env["https_proxy"] = "http://proxy:3128";
    for (const loopback of ["127.0.0.1:8080", "localhost", "[::1]:80"]) {
      assert.deepEqual(await warningsAt(loopback), []);
    }
    process.env["NO_PROXY"] = "localhost,.aliyuncs.com";
    assert.deepEqual(await warningsAt(), []);
  });
});
