import assert from "node:assert/strict";
import { temporaryKey } from "../../unit/provider-sign-in/httpStandIn";
import { cliFile, configKey, envKey, prodProfile } from "../../unit/provider-sign-in/stack";
import { oidcToken } from "../../unit/simulator/oidcToken";
import {
  oidcProviderArn,
  openSignInStage,
  roleArn,
  type Setup,
  type SignedIn,
  type Signer,
  type SignInStage,
} from "./signInStage";

interface Row {
  readonly name: string;
  readonly setup: Setup | ((stage: SignInStage) => Setup);
  readonly signer: Signer;
  /** Calls of STS; none if it is left out. */
  readonly sts?: readonly string[];
  /** What a warning says. */
  readonly warning?: RegExp;
}

const oldKey = { ALICLOUD_ACCESS_KEY: "AKold", ALICLOUD_SECRET_KEY: "secret-old" };
const thirdKey = { ALIBABACLOUD_ACCESS_KEY_ID: "AKthird", ALIBABACLOUD_ACCESS_KEY_SECRET: "secret-third" };
const otherProfile = { ...prodProfile, access_key_id: "AKother", access_key_secret: "secret-other" };
const other = { ...otherProfile, name: "other" };
const roleProfile = { ...prodProfile, mode: "RamRoleArn", ram_role_arn: roleArn("copier") };
const link = (name: string, source: string) => ({
  name,
  mode: "ChainableRamRoleArn",
  source_profile: source,
  ram_role_arn: roleArn(name),
});
const cli = (...profiles: readonly Readonly<Record<string, unknown>>[]) => ({
  ".aliyun/config.json": cliFile(...profiles),
});
const oidcBlock = { roleArn: roleArn("pod"), oidcProviderArn, oidcToken: oidcToken({}) };
const ini = `[default]\ntype = access_key\naccess_key_id = AKini\naccess_key_secret = secret-ini\n`;
const external = `console.log(JSON.stringify({mode:'StsToken',access_key_id:'STS.ext',access_key_secret:'secret-of-ext',sts_token:'token-of-ext',expiration:'2099-01-01T00:00:00Z'}))`;
const nobody = /No credentials found/;

/** The rows of what was measured of the real alicloud provider, by their numbers. */
const measured: readonly Row[] = [
  { name: "1: configured keys", setup: { config: configKey }, signer: { key: "AKconfig" } },
  { name: "2: ALIBABA_CLOUD_ACCESS_KEY_ID", setup: { env: envKey }, signer: { key: "AKenv" } },
  { name: "3: ALICLOUD_ACCESS_KEY", setup: { env: oldKey }, signer: { key: "AKold" } },
  { name: "4: ALIBABACLOUD_ACCESS_KEY_ID", setup: { env: thirdKey }, signer: { key: "AKthird" } },
  { name: "5: both 2 and 3", setup: { env: { ...envKey, ...oldKey } }, signer: { key: "AKold" } },
  {
    name: "6: configured and env keys",
    setup: { config: configKey, env: oldKey },
    signer: { key: "AKconfig" },
  },
  {
    name: "7: configured keys and token",
    setup: { config: { ...configKey, securityToken: "token-config" } },
    signer: { key: "AKconfig", token: "token-config" },
  },
  {
    name: "8: keys and token of the environment",
    setup: { env: { ...envKey, ALIBABA_CLOUD_SECURITY_TOKEN: "token-env" } },
    signer: { key: "AKenv", token: "token-env" },
  },
  {
    name: "9: configured keys with the token of the environment, and a warning",
    setup: { config: configKey, env: { ALIBABA_CLOUD_SECURITY_TOKEN: "token-env" } },
    signer: { key: "AKconfig", token: "token-env" },
    warning: /alicloud:accessKey.*ALIBABA_CLOUD_SECURITY_TOKEN/,
  },
  { name: "10: a configured profile", setup: { config: { profile: "prod" } }, signer: { key: "AKprod" } },
  {
    name: "11: ALIBABA_CLOUD_PROFILE",
    setup: { env: { ALIBABA_CLOUD_PROFILE: "prod" } },
    signer: { key: "AKprod" },
  },
  {
    name: "12: ALICLOUD_PROFILE, also when 11 names another",
    setup: {
      env: { ALICLOUD_PROFILE: "prod", ALIBABA_CLOUD_PROFILE: "other" },
      files: cli(other, prodProfile),
    },
    signer: { key: "AKprod" },
  },
  { name: "13, better: the CLI's current profile", setup: {}, signer: { key: "AKprod" } },
  {
    name: "14: profile and configured keys",
    setup: { config: { profile: "prod", ...configKey } },
    signer: { key: "AKconfig" },
  },
  {
    name: "15: profile and env keys",
    setup: { config: { profile: "prod" }, env: envKey },
    signer: { key: "AKenv" },
  },
  {
    name: "16: profile and sharedCredentialsFile",
    setup: {
      config: { profile: "prod", sharedCredentialsFile: "~/elsewhere.json" },
      files: { ...cli(prodProfile), "elsewhere.json": cliFile(otherProfile) },
    },
    signer: { key: "AKother" },
  },
  {
    name: "17: profile and ALIBABA_CLOUD_CREDENTIALS_FILE",
    setup: ({ home }) => ({
      config: { profile: "prod" },
      env: { ALIBABA_CLOUD_CREDENTIALS_FILE: home("named.json") },
      files: { ...cli(prodProfile), "named.json": cliFile(otherProfile) },
    }),
    signer: { key: "AKother" },
  },
  {
    name: "18: a profile of mode StsToken",
    setup: {
      config: { profile: "prod" },
      files: cli({ ...prodProfile, mode: "StsToken", sts_token: "token-prod" }),
    },
    signer: { key: "AKprod", token: "token-prod" },
  },
  {
    name: "19: a profile of mode RamRoleArn",
    setup: { config: { profile: "prod" }, files: cli(roleProfile) },
    signer: { role: "copier" },
    sts: ["AssumeRole copier"],
  },
  {
    name: "20: a profile of mode ChainableRamRoleArn",
    setup: {
      config: { profile: "last" },
      files: cli(prodProfile, link("first", "prod"), link("last", "first")),
    },
    signer: { role: "last" },
    sts: ["AssumeRole first", "AssumeRole last"],
  },
  {
    name: "21: a profile that is not in the file",
    setup: { config: { profile: "prdo" } },
    signer: "nobody",
    warning: /has no profile prdo/,
  },
  {
    name: "22: configured keys and assumeRole",
    setup: { config: { ...configKey, assumeRole: { roleArn: roleArn("copier"), sessionName: "ci" } } },
    signer: { role: "copier" },
    sts: ["AssumeRole copier"],
  },
  {
    name: "23: profile and assumeRole",
    setup: { config: { profile: "prod", assumeRole: { roleArn: roleArn("copier") } } },
    signer: { role: "copier" },
    sts: ["AssumeRole copier"],
  },
  {
    name: "24: env keys and the role variables alone",
    setup: {
      env: {
        ...envKey,
        ALICLOUD_ASSUME_ROLE_ARN: roleArn("copier"),
        ALIBABA_CLOUD_ROLE_ARN: roleArn("copier"),
      },
    },
    signer: { key: "AKenv" },
  },
  {
    name: "25: assumeRoleWithOidc with a token file",
    setup: ({ home }) => ({
      config: {
        assumeRoleWithOidc: { roleArn: roleArn("pod"), oidcProviderArn, oidcTokenFile: home("token") },
      },
      files: { token: oidcToken({}) },
    }),
    signer: { role: "pod" },
    sts: ["AssumeRoleWithOIDC pod"],
  },
  {
    name: "26, better: the three OIDC variables of a pod alone",
    setup: ({ home }) => ({
      env: {
        ALIBABA_CLOUD_ROLE_ARN: roleArn("pod"),
        ALIBABA_CLOUD_OIDC_PROVIDER_ARN: oidcProviderArn,
        ALIBABA_CLOUD_OIDC_TOKEN_FILE: home("token"),
      },
      files: { token: oidcToken({}) },
    }),
    signer: { role: "pod" },
    sts: ["AssumeRoleWithOIDC pod"],
  },
  ...["ALIBABA_CLOUD_CREDENTIALS_URI", "ALICLOUD_CREDENTIALS_URI"].map((variable): Row => ({
    name: `27: ${variable}`,
    setup: ({ service }) => ({ env: { [variable]: `${service.origin}/credentials` } }),
    signer: { key: "STS.uri", token: "token-of-uri" },
  })),
  {
    name: "27: credentialsUri",
    setup: ({ service }) => ({ config: { credentialsUri: `${service.origin}/credentials` } }),
    signer: { key: "STS.uri", token: "token-of-uri" },
  },
  {
    name: "28: env keys and a credentials URI",
    setup: ({ service }) => ({
      env: { ...envKey, ALIBABA_CLOUD_CREDENTIALS_URI: `${service.origin}/credentials` },
    }),
    signer: { key: "AKenv" },
  },
  { name: "29: nothing", setup: { files: {} }, signer: "nobody", warning: nobody },
  {
    name: "29: a key without its secret",
    setup: { env: { ALICLOUD_ACCESS_KEY: "AKold" } },
    signer: "nobody",
    warning: nobody,
  },
];

/** What the alicloud provider has beside the measured rows, and what it has not. */
const further: readonly Row[] = [
  {
    name: "a profile of mode OIDC",
    setup: ({ home }) => ({
      config: { profile: "pod" },
      files: {
        token: oidcToken({}),
        ...cli({
          name: "pod",
          mode: "OIDC",
          ram_role_arn: roleArn("pod"),
          oidc_provider_arn: oidcProviderArn,
          oidc_token_file: home("token"),
        }),
      },
    }),
    signer: { role: "pod" },
    sts: ["AssumeRoleWithOIDC pod"],
  },
  {
    name: "a role on top of the role of a pod",
    setup: {
      config: {
        assumeRoleWithOidc: { ...oidcBlock, roleArn: roleArn("first") },
        assumeRole: { roleArn: roleArn("copier") },
      },
    },
    signer: { role: "copier" },
    sts: ["AssumeRoleWithOIDC first", "AssumeRole copier"],
  },
  ...(["config", "env", "profile"] as const).map((where): Row => ({
    name: `the role of the ECS instance, named by ${where}`,
    setup: {
      config: {
        config: { ecsRoleName: "worker" },
        env: {},
        profile: { profile: "ecs" },
      }[where],
      env: {
        ALIBABA_CLOUD_ECS_METADATA_DISABLED: "",
        ...(where === "env" ? { ALICLOUD_ECS_ROLE_NAME: "worker" } : {}),
      },
      files: cli({ name: "ecs", mode: "EcsRamRole", ram_role_name: "worker" }),
    },
    signer: { key: "STS.ecs", token: temporaryKey("ecs").SecurityToken },
  })),
  {
    name: "the default chain: the role of the ECS instance that nobody named",
    setup: { env: { ALIBABA_CLOUD_ECS_METADATA_DISABLED: "" }, files: {} },
    signer: { key: "STS.ecs", token: temporaryKey("ecs").SecurityToken },
  },
  {
    name: "the default chain: the SDKs' own shared file",
    setup: { files: { ".alibabacloud/credentials": ini } },
    signer: { key: "AKini" },
  },
  {
    name: "a profile of mode CloudSSO",
    setup: ({ service }) => ({
      config: { profile: "sso" },
      files: cli({
        name: "sso",
        mode: "CloudSSO",
        cloud_sso_sign_in_url: `${service.origin}/login`,
        cloud_sso_account_id: "1",
        cloud_sso_access_config: "ac-1",
        access_token: "sso-token",
        cloud_sso_access_token_expire: Math.floor(Date.now() / 1000) + 3600,
      }),
    }),
    signer: { key: "STS.sso", token: temporaryKey("sso").SecurityToken },
  },
  {
    name: "a profile of mode External",
    setup: {
      config: { profile: "external" },
      files: cli({
        name: "external",
        mode: "External",
        process_command: `${process.execPath} -e "${external}"`,
      }),
    },
    signer: { key: "STS.ext", token: "token-of-ext" },
  },
  {
    name: "a profile of mode OAuth, whose access token has ended",
    setup: {
      config: { profile: "login" },
      files: cli({
        name: "login",
        mode: "OAuth",
        oauth_site_type: "CN",
        oauth_refresh_token: "oauth-refresh",
        oauth_access_token: "oauth-old",
        oauth_access_token_expire: 1,
      }),
    },
    signer: { key: "STS.oauth", token: "token-of-oauth" },
  },
  {
    name: "assumeRole, asked for by the role of the ECS instance",
    setup: {
      config: { ecsRoleName: "worker", assumeRole: { roleArn: roleArn("copier") } },
      env: { ALIBABA_CLOUD_ECS_METADATA_DISABLED: "" },
    },
    signer: { role: "copier", by: { key: "STS.ecs", token: temporaryKey("ecs").SecurityToken } },
    sts: ["AssumeRole copier"],
  },
  {
    name: "assumeRole, asked for by whom a credentials URI names",
    setup: ({ service }) => ({
      config: {
        credentialsUri: `${service.origin}/credentials`,
        assumeRole: { roleArn: roleArn("copier") },
      },
    }),
    signer: { role: "copier", by: { key: "STS.uri", token: "token-of-uri" } },
    sts: ["AssumeRole copier"],
  },
  {
    name: "assumeRole, asked for by the CLI's current profile",
    setup: { config: { assumeRole: { roleArn: roleArn("copier") } } },
    signer: { role: "copier" },
    sts: ["AssumeRole copier"],
  },
  {
    name: "connection.assumeRole, asked for by connection.profile",
    setup: {
      config: configKey,
      connection: { profile: "prod", assumeRole: { roleArn: roleArn("copier") } },
    },
    signer: { role: "copier" },
    sts: ["AssumeRole copier"],
  },
  {
    name: "connection.endpoint and connection.protocol, where the stack has none",
    setup: ({ simulator }) => ({
      config: { ...configKey, endpoints: undefined, protocol: undefined },
      connection: { endpoint: simulator.endpoint, protocol: "HTTP" },
    }),
    signer: { key: "AKconfig" },
  },
  {
    name: "connection.profile outdoes all that the stack says",
    setup: {
      config: { ...configKey, assumeRole: { roleArn: roleArn("copier") } },
      env: oldKey,
      connection: { profile: "prod" },
    },
    signer: { key: "AKprod" },
  },
  {
    name: "connection.assumeRole in place of the stack's, by the stack's identity",
    setup: {
      config: { ...configKey, assumeRole: { roleArn: roleArn("nightly") } },
      connection: { assumeRole: { roleArn: roleArn("copier") } },
    },
    signer: { role: "copier" },
    sts: ["AssumeRole copier"],
  },
];

describe("provider process: signs in as the alicloud provider does, against RDS and STS", () => {
  let stage: SignInStage;
  before(async () => {
    stage = await openSignInStage();
  });
  after(() => stage[Symbol.asyncDispose]());

  for (const row of [...measured, ...further]) {
    it(row.name, async () => {
      const setup = typeof row.setup === "function" ? row.setup(stage) : row.setup;
      assertSignedIn(await stage.check(setup, row.signer), row);
    });
  }

  describe("30: the region is", () => {
    const shanghai = cli({ ...prodProfile, region_id: "cn-shanghai" });
    const regions: Readonly<Record<string, { readonly setup: Setup; readonly region: string }>> = {
      "that of the connection, before all others": {
        setup: {
          config: { profile: "prod", region: "cn-beijing" },
          env: { ALICLOUD_REGION: "cn-shenzhen" },
          connection: { region: "cn-zhangjiakou" },
        },
        region: "cn-zhangjiakou",
      },
      "that of the configuration, before the profile's": {
        setup: { config: { profile: "prod", region: "cn-beijing" }, env: { ALICLOUD_REGION: "cn-shenzhen" } },
        region: "cn-beijing",
      },
      "else ALICLOUD_REGION": {
        setup: {
          config: { profile: "prod", region: undefined },
          env: { ALICLOUD_REGION: "cn-shenzhen", ALIBABA_CLOUD_REGION: "cn-qingdao" },
        },
        region: "cn-shenzhen",
      },
      "else ALIBABA_CLOUD_REGION": {
        setup: {
          config: { profile: "prod", region: undefined },
          env: { ALIBABA_CLOUD_REGION: "cn-qingdao" },
        },
        region: "cn-qingdao",
      },
      "else that of the named profile": {
        setup: { config: { profile: "prod", region: undefined } },
        region: "cn-shanghai",
      },
      "else cn-beijing": {
        setup: { config: { ...configKey, region: undefined } },
        region: "cn-beijing",
      },
    };
    for (const [name, { setup, region }] of Object.entries(regions)) {
      it(name, async () => {
        const key = setup.config && "accessKey" in setup.config ? "AKconfig" : "AKprod";
        // Calls name the instance's own region; that of the sign-in is said where there is no such instance.
        const seen = await stage.check({ files: shanghai, target: "rm-absent", ...setup }, { key });
        assert.equal(seen.region, region);
      });
    }
  });

  it("31: a region that does not exist has no host, and that is said with its name", async () => {
    const seen = await stage.check(
      { config: { ...configKey, region: "cn-nowhere", endpoints: undefined } },
      { key: "AKconfig" },
    );
    assert.deepEqual(seen.rds, []);
    assert.match(seen.warnings.join("\n"), /cn-nowhere/);
  });
});

function assertSignedIn(seen: SignedIn, { signer, sts = [], warning }: Row): void {
  assert.deepEqual(seen.sts, sts);
  if (signer === "nobody") {
    assert.deepEqual(seen.rds, []);
  } else {
    assert.ok(seen.rds.length > 0, seen.warnings.join("\n"));
    assert.deepEqual(
      seen.rds.filter((call) => !call.endsWith(" 200")),
      [],
    );
  }
  assert.deepEqual(seen.refusals, []);
  if (warning) assert.match(seen.warnings.join("\n"), warning);
  else assert.deepEqual(seen.warnings, []);
}
