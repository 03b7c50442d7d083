import assert from "node:assert/strict";
import { join } from "node:path";
import { redirectMetadata, startHttp, temporaryKey } from "./httpStandIn";
import { cliFile, configKey, envKey, prodProfile, stack } from "./stack";
import { startSts, type StsStandIn } from "./stsStandIn";

describe("Sign-in: further ways", () => {
  const withProfile = (profile: Readonly<Record<string, unknown>>, config = {}) =>
    stack({
      config: { profile: "p", ...config },
      files: { ".aliyun/config.json": cliFile({ name: "p", ...profile }, prodProfile) },
    });

  describe("the role of the ECS instance, from its metadata service", () => {
    const credentials = "GET /latest/meta-data/ram/security-credentials/worker";
    const serve = async (run: (calls: readonly string[]) => Promise<void>) => {
      const metadata = await startHttp({
        "PUT /latest/api/token": "metadata-token",
        [credentials]: temporaryKey("ecs"),
      });
      const restore = redirectMetadata(metadata.port);
      try {
        await run(metadata.calls);
      } finally {
        restore();
        await metadata.close();
      }
    };

    for (const [name, setup] of Object.entries({
      "alicloud:ecsRoleName": { config: { ecsRoleName: "worker" } },
      ALICLOUD_ECS_ROLE_NAME: { env: { ALICLOUD_ECS_ROLE_NAME: "worker" } },
      ALIBABA_CLOUD_ECS_METADATA: { env: { ALIBABA_CLOUD_ECS_METADATA: "worker" } },
      "a profile of mode EcsRamRole": {
        config: { profile: "p" },
        files: { ".aliyun/config.json": cliFile({ name: "p", mode: "EcsRamRole", ram_role_name: "worker" }) },
      },
    })) {
      it(name, () =>
        serve(async (calls) => {
          const at = stack(setup);
          const { accessKeyId, securityToken } = await at.connect().credentials();
          assert.deepEqual([accessKeyId, securityToken], ["STS.ecs", "token-of-ecs"]);
          await at.signer();
          assert.deepEqual(calls, ["PUT /latest/api/token", credentials]);
        }),
      );
    }

    it("not when there is a key", () =>
      serve(async (calls) => {
        assert.equal(await stack({ config: { ecsRoleName: "worker" }, env: envKey }).signer(), "AKenv");
        assert.deepEqual(calls, []);
      }));
  });

  describe("over STS", () => {
    let sts: StsStandIn;
    before(async () => (sts = await startSts()));
    after(() => sts.close());
    beforeEach(() => (sts.calls.length = 0));
    const endpoints = () => ({ endpoints: [{ sts: sts.host }] });

    it("a profile of mode OIDC, which the alicloud provider does not know", async () => {
      const { home } = stack({ files: { token: "oidc-token" } });
      const profile = {
        mode: "OIDC",
        ram_role_arn: "acs:ram::1:role/pod",
        oidc_provider_arn: "acs:ram::1:oidc-provider/idp",
        oidc_token_file: join(home, "token"),
      };
      assert.equal(await withProfile(profile, endpoints()).signer(), "STS.pod.by.oidc.1");
    });

    it("a profile of mode RamRoleArn, its role asked for with the configured key", async () => {
      const profile = { ...prodProfile, name: "p", mode: "RamRoleArn", ram_role_arn: "acs:ram::1:role/r" };
      assert.equal(
        await withProfile(profile, { ...configKey, ...endpoints() }).signer(),
        "STS.r.by.AKconfig.1",
      );
    });

    it("a role on top of the role of a pod", async () => {
      const assumeRoleWithOidc = {
        roleArn: "acs:ram::1:role/pod",
        oidcProviderArn: "acs:ram::1:oidc-provider/idp",
        oidcToken: "oidc-text",
      };
      const assumeRole = { roleArn: "acs:ram::1:role/top" };
      const at = stack({ config: { assumeRoleWithOidc, assumeRole, ...endpoints() } });
      assert.equal(await at.signer(), "STS.top.by.STS.pod.by.oidc.1.2");
    });

    it("a chain of profiles that ends in itself is said so", async () => {
      const link = (name: string, source: string) => ({
        name,
        mode: "ChainableRamRoleArn",
        source_profile: source,
        ram_role_arn: "acs:ram::1:role/r",
      });
      const at = stack({
        config: { profile: "a" },
        files: { ".aliyun/config.json": cliFile(link("a", "b"), link("b", "a")) },
      });
      await assert.rejects(at.connect().credentials(), /comes back to a/);
    });
  });

  it("a profile of mode CloudSSO", async () => {
    const service = await startHttp({ "POST /cloud-credentials": { CloudCredential: temporaryKey("sso") } });
    try {
      const at = withProfile({
        mode: "CloudSSO",
        cloud_sso_sign_in_url: `${service.origin}/login`,
        cloud_sso_account_id: "1",
        cloud_sso_access_config: "ac-1",
        access_token: "sso-token",
        cloud_sso_access_token_expire: Math.floor(Date.now() / 1000) + 3600,
      });
      assert.equal(await at.signer(), "STS.sso");
      await at.signer();
      assert.deepEqual(service.bodies, ['{"AccountId":"1","AccessConfigurationId":"ac-1"}']);
    } finally {
      await service.close();
    }
  });

  it("an expired login of CloudSSO says what to run", async () => {
    const at = withProfile({
      mode: "CloudSSO",
      cloud_sso_sign_in_url: "https://127.0.0.1:1/login",
      cloud_sso_account_id: "1",
      cloud_sso_access_config: "ac-1",
      access_token: "sso-token",
      cloud_sso_access_token_expire: 1,
    });
    await assert.rejects(
      at.connect().credentials(),
      /the login has expired; log in again with "aliyun configure"/,
    );
  });

  it("a profile of mode External runs its command once for as long as the answer is good", async () => {
    const script = `const f=require('fs');f.appendFileSync(process.argv[1],'x');console.log(JSON.stringify({mode:'StsToken',access_key_id:'STS.ext',access_key_secret:'s',sts_token:'t',expiration:'2099-01-01T00:00:00Z'}))`;
    const { home, write } = stack({});
    write("ran", "");
    const at = withProfile({
      mode: "External",
      process_command: `${process.execPath} -e "${script}" ${join(home, "ran")}`,
    });
    assert.equal(await at.signer(), "STS.ext");
    assert.equal(await at.signer(), "STS.ext");
    assert.equal((await import("node:fs")).readFileSync(join(home, "ran"), "utf8"), "x");
  });

  it("a profile of mode OAuth outside ~/.aliyun is refused: its renewed tokens would be lost", async () => {
    await assert.rejects(
      withProfile({ mode: "OAuth" }).connect().credentials(),
      /mode OAuth works in .* only/,
    );
  });

  it("what a profile lacks is said", async () => {
    await assert.rejects(
      withProfile({ mode: "OIDC", ram_role_arn: "acs:ram::1:role/r" }).connect().credentials(),
      /mode OIDC without oidc_provider_arn, oidc_token_file/,
    );
    await assert.rejects(withProfile({ mode: "Magic" }).connect().credentials(), /its mode Magic is not one/);
    await assert.rejects(
      withProfile({ mode: "EcsRamRole" }).connect().credentials(),
      /without ram_role_name/,
    );
  });
});
