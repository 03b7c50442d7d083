import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer as createHttp } from "node:http";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { patientReads } from "../../../provider/src/rds/patientReads";
import { sdkRds } from "../../../provider/src/rds/sdkRds";
import { fakeClock } from "../provider/fakeClock";
import { startHttp, temporaryKey } from "./httpStandIn";
import { cliFile, configKey, prodProfile, stack } from "./stack";
import { startSts, type StsStandIn } from "./stsStandIn";

const planted = ["PLANTED-SECRET", "PLANTED-TOKEN", "PLANTED-OIDC", "LTAI5tPLANTEDKEYIDabcd"] as const;

describe("Sign-in: what a failure says", () => {
  let sts: StsStandIn;
  before(async () => (sts = await startSts()));
  after(() => sts.close());
  afterEach(() => sts.refuses());

  const problemOf = async (at: ReturnType<typeof stack>) => {
    try {
      await at.connect().credentials();
    } catch (error) {
      assert.ok(error instanceof Error && "code" in error);
      const everything = [
        error.message,
        error.stack,
        JSON.stringify(error),
        ...at.warnings,
        ...at.debug,
      ].join("\n");
      for (const secret of planted) assert.ok(!everything.includes(secret), `says ${secret}: ${everything}`);
      return { code: error.code, message: error.message };
    }
    return assert.fail("somebody signed in");
  };
  const secretKey = {
    accessKey: "LTAI5tPLANTEDKEYIDabcd",
    secretKey: "PLANTED-SECRET",
    securityToken: "PLANTED-TOKEN",
  };
  const withRole = (config = {}) =>
    stack({
      config: {
        ...secretKey,
        assumeRole: { roleArn: "acs:ram::1:role/copier" },
        endpoints: [{ sts: sts.host }],
        ...config,
      },
    });

  const withSso = (signInUrl: string) =>
    stack({
      config: { profile: "sso" },
      files: {
        ".aliyun/config.json": cliFile({
          name: "sso",
          mode: "CloudSSO",
          cloud_sso_account_id: "1",
          cloud_sso_access_config: "ac",
          access_token: "PLANTED-TOKEN",
          cloud_sso_access_token_expire: Math.floor(Date.now() / 1000) + 3600,
          cloud_sso_sign_in_url: signInUrl,
        }),
      },
    });

  it("every place in its order, and what was found there", async () => {
    const { code, message } = await problemOf(
      stack({ config: { accessKey: "LTAI5tPLANTEDKEYIDabcd" }, env: { ALIBABA_CLOUD_PROFILE: "gone" } }),
    );
    assert.equal(code, "InvalidCredentials");
    const order = [
      "no credentials found. Set alicloud:accessKey and alicloud:secretKey, or alicloud:profile",
      "Checked, in order: ",
      "alicloud:accessKey, ALICLOUD_ACCESS_KEY, ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABACLOUD_ACCESS_KEY_ID (LTAI...abcd of alicloud:accessKey)",
      "alicloud:secretKey (none)",
      "alicloud:profile, ALICLOUD_PROFILE, ALIBABA_CLOUD_PROFILE (there is no file",
      "alicloud:credentialsUri (none)",
      "alicloud:ecsRoleName (none)",
      "alicloud:assumeRoleWithOidc (none)",
      "with the environment variables of each (docs/sign-in.md)",
    ];
    const places = order.map((part) => message.indexOf(part));
    assert.ok(!places.includes(-1), message);
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
    );
  });

  it("what STS refused: its code and words, the role and who asked", async () => {
    sts.refuses(403, { Code: "NoPermission", Message: "You may not assume it.", RequestId: "R-1" });
    const { code, message } = await problemOf(withRole());
    assert.equal(code, "InvalidCredentials");
    assert.match(
      message,
      /signing in as the role acs:ram::1:role\/copier of alicloud:assumeRole, asked for by the temporary key LTAI\.\.\.abcd of alicloud:accessKey failed: STS at 127\.0\.0\.1:\d+ answered NoPermission \(You may not assume it\), request id R-1\./,
    );
  });

  it("throttling of STS is told as such, so that it can be waited out", async () => {
    sts.refuses(400, { Code: "Throttling.User", Message: "slow down" });
    assert.equal((await problemOf(withRole())).code, "Throttling.User");
  });

  const passing = [
    [
      503,
      { Code: "ServiceUnavailable", Message: "The service is temporarily unavailable." },
      "SignInUnanswered",
    ],
    [500, { Code: "InternalError", Message: "x" }, "SignInUnanswered"],
    [500, "oops", "SignInUnanswered"],
    [408, "", "SignInUnanswered"],
    [429, "slow down", "Throttling"],
    [429, { Code: "TooManyRequests", Message: "x" }, "Throttling"],
    [403, "no", "InvalidCredentials"],
    [400, { Code: "InvalidParameter", Message: "x" }, "InvalidCredentials"],
  ] as const;
  for (const [status, body, expected] of passing)
    it(`HTTP ${status} ${JSON.stringify(body)} is ${expected} of STS, a credentials URI and CloudSSO alike`, async () => {
      sts.refuses(status, body);
      assert.equal((await problemOf(withRole())).code, expected, "STS");
      const text = typeof body === "string" ? body : JSON.stringify(body);
      const server = createHttp((_, response) => response.writeHead(status).end(text)).listen(0, "127.0.0.1");
      await once(server, "listening");
      const { port } = server.address() as AddressInfo;
      const origin = `http://127.0.0.1:${port}`;
      try {
        assert.equal(
          (await problemOf(stack({ config: { credentialsUri: `${origin}/c` } }))).code,
          expected,
          "URI",
        );
        assert.equal((await problemOf(withSso(`${origin}/login`))).code, expected, "CloudSSO");
      } finally {
        server.closeAllConnections();
        server.close();
      }
    });

  it("a service that is down is asked again by the call that wants to be signed", async () => {
    const clock = fakeClock();
    const service = await startHttp({});
    let asked = 0;
    const down = createHttp((_, response) => {
      asked += 1;
      if (asked === 1) response.writeHead(503).end();
      else response.end(JSON.stringify(temporaryKey("late")));
    }).listen(0, "127.0.0.1");
    await once(down, "listening");
    try {
      const { port } = down.address() as AddressInfo;
      const config = {
        credentialsUri: `http://127.0.0.1:${port}/c`,
        endpoints: [{ rds: `127.0.0.1:${service.port}` }],
        protocol: "HTTP",
      };
      const at = stack({ config, now: clock.now });
      const reads = patientReads(sdkRds(at.connect()), clock);
      await assert.rejects(reads.describeDatabases("rm-a"), /HTTP 404/);
      assert.equal(asked, 2);
    } finally {
      down.closeAllConnections();
      down.close();
      await service.close();
    }
  });

  it("an address of CloudSSO that is none is wrong for good", async () => {
    const { code, message } = await problemOf(withSso("signin-cn-shanghai.alibabacloudsso.com/x/login"));
    assert.equal(code, "InvalidCredentials");
    assert.match(message, /the address of CloudSSO at signin-cn-shanghai\S+ is none \(ERR_INVALID_URL\)/);
  });

  it("never the text that was signed, which holds the token", async () => {
    sts.refuses(400, {
      Code: "SignatureDoesNotMatch",
      Message:
        "server string to sign is:POST&%2F&AccessKeyId%3DLTAI5tPLANTEDKEYIDabcd%26SecurityToken%3DPLANTED-TOKEN",
    });
    assert.match((await problemOf(withRole())).message, /answered SignatureDoesNotMatch\./);
  });

  it("never an answer that is none", async () => {
    for (const status of [403, 502]) {
      sts.refuses(status, "PLANTED-SECRET PLANTED-TOKEN");
      assert.match(
        (await problemOf(withRole())).message,
        new RegExp(`answered HTTP ${status}, content type application/json\\.`),
      );
    }
  });

  it("a role behind a role: the one that was refused", async () => {
    const absent = await startHttp({});
    try {
      const { message } = await problemOf(
        withRole({
          accessKey: undefined,
          secretKey: undefined,
          securityToken: undefined,
          credentialsUri: `${absent.origin}/c`,
        }),
      );
      assert.ok(message.includes(`failed: the service at ${absent.origin}/c answered HTTP 404`), message);
    } finally {
      await absent.close();
    }
  });

  it("an STS that nobody listens at, with the code of the network", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((listening) => server.once("listening", listening));
    const { port } = server.address() as AddressInfo;
    await new Promise((done) => server.close(done));
    const { code, message } = await problemOf(withRole({ endpoints: [{ sts: `127.0.0.1:${port}` }] }));
    // Not the network's own code, which would say that nobody listens at RDS.
    assert.equal(code, "SignInUnanswered");
    assert.ok(message.includes(`failed: STS at 127.0.0.1:${port} cannot be reached (ECONNREFUSED)`), message);
  });

  it("an STS whose certificate nobody trusts: it is asked over HTTPS and not believed", async () => {
    const untrusted = await startSts({ trust: false });
    try {
      const { message } = await problemOf(
        withRole({ protocol: "HTTP", endpoints: [{ sts: untrusted.host }] }),
      );
      assert.match(
        message,
        /is not trusted \((DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_VERIFY_LEAF_SIGNATURE)\)/,
      );
      assert.deepEqual(untrusted.calls, []);
    } finally {
      await untrusted.close();
    }
  });

  it("an STS that does not answer, within the configured time", async () => {
    const silent = createServer().listen(0, "127.0.0.1");
    await new Promise((listening) => silent.once("listening", listening));
    const { port } = silent.address() as AddressInfo;
    try {
      const { code, message } = await problemOf(
        withRole({
          clientReadTimeout: 200,
          clientConnectTimeout: 200,
          endpoints: [{ sts: `127.0.0.1:${port}` }],
        }),
      );
      assert.match(message, /failed: STS at 127\.0\.0\.1:\d+ did not respond in time\./);
      assert.equal(code, "SignInUnanswered");
    } finally {
      silent.close();
    }
  });

  it("a session that is too short", async () => {
    const assumeRole = { roleArn: "acs:ram::1:role/copier", sessionExpiration: 60 };
    assert.match((await problemOf(withRole({ assumeRole }))).message, /must last 900 seconds at least/);
  });

  it("a credentials file that is not JSON, without quoting it", async () => {
    const at = stack({
      config: { profile: "prod" },
      files: { ".aliyun/config.json": '{"profiles":[{"name":"prod","access_key_secret":"PLANTED-SECRET"' },
    });
    assert.match((await problemOf(at)).message, /config\.json is not JSON/);
  });

  it("configuration that is no object, without quoting it", async () => {
    const at = stack({ config: { assumeRoleWithOidc: '{"oidcToken":"PLANTED-OIDC"' } });
    const { code, message } = await problemOf(at);
    assert.equal(code, "InvalidConfiguration");
    assert.equal(
      message,
      'alicloud:assumeRoleWithOidc cannot be read: it is not JSON; "pulumi config set --path" writes it',
    );
    const oddly = stack({ config: { ...configKey, assumeRole: { roleArn: 7 } } });
    assert.match((await problemOf(oddly)).message, /alicloud:assumeRole cannot be read: roleArn: /);
  });

  it("a credentials URI: neither its query nor what it answered", async () => {
    const service = await startHttp({ "GET /c": { Code: "Success", AccessKeySecret: "PLANTED-SECRET" } });
    try {
      const at = stack({ config: { credentialsUri: `${service.origin}/c?auth=PLANTED-TOKEN` } });
      const { message } = await problemOf(at);
      assert.ok(message.includes(`(${service.origin}/c) names failed: no credentials came of it`), message);
      const absent = stack({ config: { credentialsUri: `${service.origin}/absent?auth=PLANTED-TOKEN` } });
      assert.match((await problemOf(absent)).message, /answered HTTP 404/);
    } finally {
      await service.close();
    }
  });

  it("a token file that is not there: the file, and what named it", async () => {
    const role = { roleArn: "acs:ram::1:role/pod", oidcProviderArn: "acs:ram::1:oidc-provider/idp" };
    const env = {
      ALIBABA_CLOUD_ROLE_ARN: role.roleArn,
      ALIBABA_CLOUD_OIDC_PROVIDER_ARN: role.oidcProviderArn,
      ALIBABA_CLOUD_OIDC_TOKEN_FILE: "/no/such/file",
    };
    const profile = {
      name: "pod",
      mode: "OIDC",
      ram_role_arn: role.roleArn,
      oidc_provider_arn: role.oidcProviderArn,
      oidc_token_file: "/no/such/file",
    };
    const ways: readonly (readonly [Parameters<typeof stack>[0], RegExp])[] = [
      [{ env }, /ALIBABA_CLOUD_OIDC_TOKEN_FILE/],
      [
        { config: { assumeRoleWithOidc: { ...role, oidcTokenFile: "/no/such/file" } } },
        /alicloud:assumeRoleWithOidc \(oidcTokenFile\)/,
      ],
      [{ config: { assumeRoleWithOidc: role }, env }, /ALIBABA_CLOUD_OIDC_TOKEN_FILE/],
      [
        { config: { profile: "pod" }, files: { ".aliyun/config.json": cliFile(profile) } },
        /profile pod of \S+config\.json \(oidc_token_file\)/,
      ],
    ];
    for (const [setup, place] of ways) {
      const { message } = await problemOf(stack(setup));
      const words = /the OIDC token file \/no\/such\/file, named by (.*), cannot be read \(ENOENT\)\.?$/.exec(
        message,
      );
      assert.match(words?.[1] ?? message, new RegExp(`^${place.source}$`));
    }
  });

  it("a token file that is a folder", async () => {
    const env = {
      ALIBABA_CLOUD_ROLE_ARN: "acs:ram::1:role/pod",
      ALIBABA_CLOUD_OIDC_PROVIDER_ARN: "acs:ram::1:oidc-provider/idp",
      ALIBABA_CLOUD_OIDC_TOKEN_FILE: "/",
    };
    assert.match((await problemOf(stack({ env }))).message, /token file \/, named by .* \(EISDIR\)/);
  });

  it("a command that fails", async () => {
    const profile = {
      name: "p",
      mode: "External",
      process_command: `${process.execPath} -e "throw 'PLANTED-SECRET'"`,
    };
    const at = stack({ config: { profile: "p" }, files: { ".aliyun/config.json": cliFile(profile) } });
    assert.match((await problemOf(at)).message, /the command failed/);
  });

  it("who signed in can be asked for: a debug line, without a secret", async () => {
    const at = withRole();
    await at.signer();
    await at.signer();
    assert.deepEqual(
      at.debug.map((line) => line.replace(/until .*Z/, "until T")),
      [
        "DatabaseCopy signs in as the role acs:ram::1:role/copier of alicloud:assumeRole, asked for by the temporary key LTAI...abcd of alicloud:accessKey.",
        "DatabaseCopy has a new session as the role acs:ram::1:role/copier of alicloud:assumeRole, asked for by the temporary key LTAI...abcd of alicloud:accessKey, until T.",
      ],
    );
    const ofFile = stack({
      config: { profile: "prod" },
      files: { ".aliyun/config.json": cliFile(prodProfile) },
    });
    await ofFile.signer();
    assert.match(ofFile.debug.join(), /the key AK\.\.\. of profile prod of .*config\.json/);
  });
});
