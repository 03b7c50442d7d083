import assert from "node:assert/strict";
import { join } from "node:path";
import { redirectMetadata, startHttp, temporaryKey, type HttpStandIn } from "./httpStandIn";
import { cliFile, configKey, envKey, prodProfile, stack, type StackSetup } from "./stack";
import { startSts, type StsStandIn } from "./stsStandIn";

/**
 * The rows of what the real alicloud provider was measured to do (docs/sign-in.md has the table): whoever
 * signs its calls signs ours.
 */
describe("Sign-in: the order of the alicloud provider", () => {
  let sts: StsStandIn;
  let service: HttpStandIn;
  before(async () => {
    sts = await startSts();
    service = await startHttp({ "GET /credentials": temporaryKey("uri") });
  });
  after(() => Promise.all([sts.close(), service.close()]));
  beforeEach(() => {
    sts.calls.length = 0;
    service.calls.length = 0;
  });
  const endpoints = () => [{ sts: sts.host }];
  const files = { ".aliyun/config.json": cliFile(prodProfile) };

  interface Row {
    readonly setup: StackSetup;
    readonly signedBy: string;
    readonly token?: string;
  }
  const rows: Readonly<Record<string, Row>> = {
    "1: configured keys": { setup: { config: configKey }, signedBy: "AKconfig" },
    "2: ALIBABA_CLOUD_ACCESS_KEY_ID": { setup: { env: envKey }, signedBy: "AKenv" },
    "3: ALICLOUD_ACCESS_KEY": {
      setup: { env: { ALICLOUD_ACCESS_KEY: "AKold", ALICLOUD_SECRET_KEY: "s" } },
      signedBy: "AKold",
    },
    "4: ALIBABACLOUD_ACCESS_KEY_ID": {
      setup: { env: { ALIBABACLOUD_ACCESS_KEY_ID: "AKthird", ALIBABACLOUD_ACCESS_KEY_SECRET: "s" } },
      signedBy: "AKthird",
    },
    "5: ALICLOUD_* before ALIBABA_CLOUD_*": {
      setup: { env: { ...envKey, ALICLOUD_ACCESS_KEY: "AKold", ALICLOUD_SECRET_KEY: "s" } },
      signedBy: "AKold",
    },
    "6: configured keys before the environment's": {
      setup: { config: configKey, env: envKey },
      signedBy: "AKconfig",
    },
    "7: configured keys and token": {
      setup: { config: { ...configKey, securityToken: "token-config" } },
      signedBy: "AKconfig",
      token: "token-config",
    },
    "8: keys and token of the environment": {
      setup: { env: { ...envKey, ALIBABA_CLOUD_SECURITY_TOKEN: "token-env" } },
      signedBy: "AKenv",
      token: "token-env",
    },
    "9: configured keys with the environment's token": {
      setup: { config: configKey, env: { ALIBABA_CLOUD_SECURITY_TOKEN: "token-env" } },
      signedBy: "AKconfig",
      token: "token-env",
    },
    "10: a configured profile": { setup: { config: { profile: "prod" }, files }, signedBy: "AKprod" },
    "11: ALIBABA_CLOUD_PROFILE": {
      setup: { env: { ALIBABA_CLOUD_PROFILE: "prod" }, files },
      signedBy: "AKprod",
    },
    "12: ALICLOUD_PROFILE before ALIBABA_CLOUD_PROFILE": {
      setup: { env: { ALICLOUD_PROFILE: "prod", ALIBABA_CLOUD_PROFILE: "other" }, files },
      signedBy: "AKprod",
    },
    "13, better: the current profile of the CLI's file when nobody named one": {
      setup: { files },
      signedBy: "AKprod",
    },
    "14: a profile and configured keys": {
      setup: { config: { profile: "prod", ...configKey }, files },
      signedBy: "AKconfig",
    },
    "15: a profile and the environment's keys": {
      setup: { config: { profile: "prod" }, env: envKey, files },
      signedBy: "AKenv",
    },
    "18: a profile of mode StsToken": {
      setup: {
        config: { profile: "prod" },
        files: {
          ".aliyun/config.json": cliFile({ ...prodProfile, mode: "StsToken", sts_token: "token-prod" }),
        },
      },
      signedBy: "AKprod",
      token: "token-prod",
    },
    "24: role variables alone do nothing": {
      setup: {
        env: {
          ...envKey,
          ALICLOUD_ASSUME_ROLE_ARN: "acs:ram::1:role/r",
          ALIBABA_CLOUD_ROLE_ARN: "acs:ram::1:role/r",
        },
      },
      signedBy: "AKenv",
    },
  };
  for (const [name, { setup, signedBy, token }] of Object.entries(rows)) {
    it(name, async () => {
      const credentials = await stack(setup).connect().credentials();
      assert.equal(credentials.accessKeyId, signedBy);
      assert.equal(credentials.securityToken, token);
    });
  }

  it("9 warns: the mixture cannot work in the cloud", async () => {
    const mixed = stack({ config: configKey, env: { ALIBABA_CLOUD_SECURITY_TOKEN: "token-env" } });
    await mixed.signer();
    await mixed.signer();
    assert.equal(mixed.warnings.length, 1);
    assert.match(mixed.warnings[0] ?? "", /alicloud:accessKey.*ALIBABA_CLOUD_SECURITY_TOKEN/);
    const matched = stack({ env: { ...envKey, ALIBABA_CLOUD_SECURITY_TOKEN: "token-env" } });
    await matched.signer();
    assert.deepEqual(matched.warnings, []);
  });

  it("16: the file that the configuration names, also below ~", async () => {
    const elsewhere = {
      "elsewhere/creds.json": cliFile({ ...prodProfile, access_key_id: "AKelsewhere" }),
      ...files,
    };
    const profile = "prod";
    assert.equal(
      await stack({
        config: { profile, sharedCredentialsFile: "~/elsewhere/creds.json" },
        files: elsewhere,
      }).signer(),
      "AKelsewhere",
    );
  });

  it("17: the JSON file that ALIBABA_CLOUD_CREDENTIALS_FILE names", async () => {
    const { home } = stack({
      files: { "creds.json": cliFile({ ...prodProfile, access_key_id: "AKnamed" }) },
    });
    const env = { ALIBABA_CLOUD_CREDENTIALS_FILE: join(home, "creds.json") };
    assert.equal(await stack({ config: { profile: "prod" }, env, files }).signer(), "AKnamed");
  });

  it("19: a profile of mode RamRoleArn asks STS once, at endpoints.sts", async () => {
    const profile = {
      ...prodProfile,
      mode: "RamRoleArn",
      ram_role_arn: "acs:ram::1:role/builder",
      ram_session_name: "ci",
      expired_seconds: 1800,
    };
    const at = stack({
      config: { profile: "prod", endpoints: endpoints() },
      files: { ".aliyun/config.json": cliFile(profile) },
    });
    assert.equal(await at.signer(), "STS.builder.by.AKprod.1");
    assert.equal(await at.signer(), "STS.builder.by.AKprod.1");
    assert.equal(sts.calls.length, 1);
    const { action, parameters } = sts.calls[0] ?? assert.fail();
    assert.equal(action, "AssumeRole");
    assert.equal(parameters["RoleSessionName"], "ci");
    assert.equal(parameters["DurationSeconds"], "1800");
  });

  it("20: a chain of profiles, each role asked for by the one before", async () => {
    const link = (name: string, source: string) => ({
      name,
      mode: "ChainableRamRoleArn",
      source_profile: source,
      ram_role_arn: `acs:ram::1:role/${name}`,
    });
    const at = stack({
      config: { profile: "last", endpoints: endpoints() },
      files: { ".aliyun/config.json": cliFile(prodProfile, link("first", "prod"), link("last", "first")) },
    });
    assert.equal(await at.signer(), "STS.last.by.STS.first.by.AKprod.1.2");
    assert.equal(sts.calls[1]?.securityToken, "token-of-first-1");
  });

  it("21: a profile that is not in the file is nobody, not somebody else", async () => {
    const at = stack({ config: { profile: "prdo" }, files: { ...files, ".alibabacloud/credentials": "" } });
    await assert.rejects(at.connect().credentials(), /has no profile prdo/);
  });

  it("22: configured keys and assumeRole, with every field of the block", async () => {
    const assumeRole = {
      roleArn: "acs:ram::1:role/copier",
      sessionName: "nightly",
      sessionExpiration: 900,
      policy: "{}",
      externalId: "x-1",
    };
    const at = stack({ config: { ...configKey, protocol: "HTTP", assumeRole, endpoints: endpoints() } });
    const credentials = await at.connect().credentials();
    assert.deepEqual(credentials, {
      accessKeyId: "STS.copier.by.AKconfig.1",
      accessKeySecret: "secret-of-copier-1",
      securityToken: "token-of-copier-1",
    });
    const { parameters } = sts.calls[0] ?? assert.fail();
    assert.equal(parameters["RoleSessionName"], "nightly");
    assert.equal(parameters["DurationSeconds"], "900");
    assert.equal(parameters["Policy"], "{}");
    assert.equal(parameters["ExternalId"], "x-1");
  });

  it("22: a block without roleArn is completed by the environment", async () => {
    const env = {
      ALICLOUD_ASSUME_ROLE_ARN: "acs:ram::1:role/named",
      ALICLOUD_ASSUME_ROLE_SESSION_NAME: "from-env",
      ALICLOUD_ASSUME_ROLE_SESSION_EXPIRATION: "1200",
    };
    const at = stack({ config: { ...configKey, assumeRole: {}, endpoints: endpoints() }, env });
    assert.equal(await at.signer(), "STS.named.by.AKconfig.1");
    assert.equal(sts.calls[0]?.parameters["RoleSessionName"], "from-env");
    assert.equal(sts.calls[0]?.parameters["DurationSeconds"], "1200");
  });

  it("23: a profile and assumeRole: the role, asked for with the profile's key", async () => {
    const assumeRole = { roleArn: "acs:ram::1:role/copier" };
    const at = stack({ config: { profile: "prod", assumeRole, endpoints: endpoints() }, files });
    assert.equal(await at.signer(), "STS.copier.by.AKprod.1");
  });

  it("25: assumeRoleWithOidc with a token file", async () => {
    const { home } = stack({ files: { token: "oidc-token" } });
    const assumeRoleWithOidc = {
      roleArn: "acs:ram::1:role/pod",
      oidcProviderArn: "acs:ram::1:oidc-provider/idp",
      oidcTokenFile: join(home, "token"),
      roleSessionName: "pod",
    };
    const at = stack({ config: { assumeRoleWithOidc, endpoints: endpoints() } });
    assert.equal(await at.signer(), "STS.pod.by.oidc.1");
    const { action, parameters } = sts.calls[0] ?? assert.fail();
    assert.equal(action, "AssumeRoleWithOIDC");
    assert.equal(parameters["OIDCToken"], "oidc-token");
    assert.equal(parameters["RoleSessionName"], "pod");
  });

  it("25: assumeRoleWithOidc with the token itself, which is written nowhere", async () => {
    const assumeRoleWithOidc = {
      roleArn: "acs:ram::1:role/pod",
      oidcProviderArn: "acs:ram::1:oidc-provider/idp",
      oidcToken: "oidc-text",
      sessionExpiration: 1200,
      policy: "{}",
    };
    const at = stack({ config: { assumeRoleWithOidc, endpoints: endpoints() } });
    const credentials = await at.connect().credentials();
    assert.equal(credentials.accessKeyId, "STS.pod.by.oidc.1");
    assert.equal(credentials.securityToken, "token-of-pod-1");
    const { parameters } = sts.calls[0] ?? assert.fail();
    assert.equal(parameters["OIDCToken"], "oidc-text");
    assert.equal(parameters["OIDCProviderArn"], "acs:ram::1:oidc-provider/idp");
    assert.equal(parameters["DurationSeconds"], "1200");
    assert.equal(parameters["Policy"], "{}");
  });

  it("26, better: the three OIDC variables of a pod, alone", async () => {
    const { home } = stack({ files: { token: "oidc-token" } });
    const env = {
      ALIBABA_CLOUD_ROLE_ARN: "acs:ram::1:role/pod",
      ALIBABA_CLOUD_OIDC_PROVIDER_ARN: "acs:ram::1:oidc-provider/idp",
      ALIBABA_CLOUD_OIDC_TOKEN_FILE: join(home, "token"),
    };
    assert.equal(await stack({ config: { endpoints: endpoints() }, env }).signer(), "STS.pod.by.oidc.1");
  });

  for (const where of ["credentialsUri", "ALIBABA_CLOUD_CREDENTIALS_URI", "ALICLOUD_CREDENTIALS_URI"]) {
    it(`27: ${where}, asked once`, async () => {
      const uri = `${service.origin}/credentials`;
      const at = stack(
        where === "credentialsUri" ? { config: { credentialsUri: uri } } : { env: { [where]: uri } },
      );
      const credentials = await at.connect().credentials();
      assert.equal(credentials.accessKeyId, "STS.uri");
      assert.equal(credentials.securityToken, "token-of-uri");
      await at.signer();
      assert.deepEqual(service.calls, ["GET /credentials"]);
    });
  }

  it("28: the environment's keys before a credentials URI", async () => {
    const env = { ...envKey, ALIBABA_CLOUD_CREDENTIALS_URI: `${service.origin}/credentials` };
    assert.equal(await stack({ env }).signer(), "AKenv");
    assert.deepEqual(service.calls, []);
  });

  it("29: a key without its secret is nobody, though the CLI's file has a current profile", async () => {
    const at = stack({ env: { ALIBABA_CLOUD_ACCESS_KEY_ID: "AKenv" }, files });
    await assert.rejects(at.connect().credentials(), /no credentials found/);
  });

  describe("between the ways without a key, one step after the other", () => {
    const oidc = {
      roleArn: "acs:ram::1:role/pod",
      oidcProviderArn: "acs:ram::1:oidc-provider/idp",
      oidcToken: "oidc-text",
    };
    const chained = {
      name: "chained",
      mode: "ChainableRamRoleArn",
      source_profile: "prod",
      ram_role_arn: "acs:ram::1:role/c",
    };
    const external = { name: "external", mode: "External", process_command: "false" };
    const firstOf = async (config: Readonly<Record<string, unknown>>, profile: object = prodProfile) => {
      const at = stack({
        config: { endpoints: endpoints(), ...config },
        files: { ".aliyun/config.json": cliFile({ ...profile }, prodProfile) },
      });
      await at
        .connect()
        .credentials()
        .catch(() => undefined);
      return at.debug[0] ?? "nobody";
    };
    const uri = () => ({ credentialsUri: `${service.origin}/credentials` });

    it("a chained profile before a credentials URI", async () => {
      assert.match(await firstOf({ profile: "chained", ...uri() }, chained), /role\/c of profile chained/);
    });
    it("a credentials URI before an ECS role", async () => {
      assert.match(await firstOf({ ...uri(), ecsRoleName: "worker" }), /service of alicloud:credentialsUri/);
    });
    it("a credentials URI before a mode that only the SDK knows", async () => {
      assert.match(
        await firstOf({ profile: "external", ...uri() }, external),
        /service of alicloud:credentialsUri/,
      );
    });
    it("OIDC of the configuration before a mode that only the SDK knows", async () => {
      const config = { profile: "external", assumeRoleWithOidc: oidc };
      assert.match(await firstOf(config, external), /role\/pod of alicloud:assumeRoleWithOidc/);
    });
    it("OIDC of the configuration before the current profile of the CLI", async () => {
      assert.match(await firstOf({ assumeRoleWithOidc: oidc }), /role\/pod of alicloud:assumeRoleWithOidc/);
    });
    it("neither ECS role nor OIDC beside a key id that lacks its secret", async () => {
      const config = { accessKey: "AKalone", ecsRoleName: "worker", assumeRoleWithOidc: oidc };
      assert.equal(await firstOf(config), "nobody");
    });
    it("an ECS role before OIDC", async () => {
      const metadata = await startHttp({});
      const restore = redirectMetadata(metadata.port);
      try {
        const config = { ecsRoleName: "worker", assumeRoleWithOidc: oidc };
        assert.match(await firstOf(config), /the ECS role worker of alicloud:ecsRoleName/);
      } finally {
        restore();
        await metadata.close();
      }
    });
  });

  it("a session without a name is called as the alicloud provider calls it: that is part of whom it is", async () => {
    const assumeRole = { roleArn: "acs:ram::1:role/copier" };
    await stack({ config: { ...configKey, assumeRole, endpoints: endpoints() } }).signer();
    assert.equal(sts.calls[0]?.parameters["RoleSessionName"], "terraform");
    assert.equal(sts.calls[0]?.parameters["DurationSeconds"], "3600");
  });
});
