import assert from "node:assert/strict";
import * as tls from "node:tls";
import { $OpenApiUtil } from "@alicloud/openapi-core";
import * as rds from "@alicloud/rds20140815";
import { RuntimeOptions } from "@darabonba/typescript";
import { startSimulator, type Simulator, type WorldInput } from "../../../simulator/src/index.js";
import { stack } from "../../unit/provider-sign-in/stack";
import { smallCompany } from "../../unit/simulator/cloud.js";
import { oidcToken } from "../../unit/simulator/oidcToken.js";
import { sdkClient, thrownBy } from "./client.js";

const account = "1000000000000001";
const arn = `acs:ram::${account}:role/copier`;
const providerArn = `acs:ram::${account}:oidc-provider/pods`;

type Sessions = NonNullable<WorldInput["sessions"]>;

interface Session {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string | undefined;
}

describe("simulator: sessions of roles", () => {
  let sim: Simulator;
  const trusted = tls.getCACertificates("default");
  before(async () => {
    sim = await startSimulator({ clock: "virtual", tls: true });
    tls.setDefaultCACertificates([...trusted, sim.tls?.certificate ?? ""]);
  });
  after(async () => {
    tls.setDefaultCACertificates(trusted);
    await sim.close();
  });
  beforeEach(() => {
    sim.setWorld(smallCompany);
    sim.clearJournal();
  });

  /** As the provider of this project signs in, over the real libraries. */
  const signIn = async (config: Record<string, unknown>): Promise<Session> =>
    stack({
      config: {
        region: "cn-hangzhou",
        endpoints: [{ sts: sim.tls?.endpoint, rds: sim.endpoint }],
        ...config,
      },
    })
      .connect()
      .credentials();
  const key = { accessKey: "simulated-key", secretKey: "simulated-secret" };
  const assumed = (role: object = {}) => signIn({ ...key, assumeRole: { roleArn: arn, ...role } });
  const list = (signer: Session, config: object = {}) =>
    sdkClient(sim.endpoint, { ...signer, ...config }).describeDBInstances(
      new rds.DescribeDBInstancesRequest({ regionId: "cn-hangzhou" }),
    );
  const codeOf = async (signer: Session, config: object = {}) => {
    const { code, statusCode } = await thrownBy(list(signer, config));
    return [code, statusCode];
  };
  const changed = (patch: WorldInput) => {
    sim.setWorld({ ...sim.world(), ...patch });
  };

  for (const [style, config] of [
    ["ACS3-HMAC-SHA256", {}],
    ["HMAC-SHA1", { signatureAlgorithm: "v2" }],
  ] as const) {
    it(`are given to a key and then asked for, signed with ${style}`, async () => {
      const session = await assumed();
      assert.match(session.accessKeyId, /^STS\./);
      const { body } = await list(session, config);
      assert.equal(body?.totalRecordCount, 2);
    });

    it(`are nobody without their token, or with another, signed with ${style}`, async () => {
      const [one, other] = [await assumed(), await assumed()];
      assert.notEqual(one.accessKeyId, other.accessKeyId);
      assert.deepEqual(await codeOf({ ...one, securityToken: undefined }, config), [
        "MissingSecurityToken",
        400,
      ]);
      assert.deepEqual(await codeOf({ ...one, securityToken: other.securityToken }, config), [
        "InvalidSecurityToken.MismatchWithAccessKey",
        400,
      ]);
      assert.deepEqual(await codeOf({ ...one, securityToken: "invented" }, config), [
        "InvalidSecurityToken.Malformed",
        400,
      ]);
      assert.deepEqual(await codeOf({ ...one, accessKeySecret: other.accessKeySecret }, config), [
        "SignatureDoesNotMatch",
        400,
      ]);
      const account = { accessKeyId: "simulated-key", accessKeySecret: "simulated-secret" };
      assert.deepEqual(await codeOf({ ...account, securityToken: one.securityToken }, config), [
        "InvalidSecurityToken.MismatchWithAccessKey",
        400,
      ]);
    });
  }

  it("end in real time, whatever time the world has, and are then called what the world says", async () => {
    const session = await assumed({ sessionExpiration: 900 });
    const [given] = sim.world().sessions;
    const left = Date.parse(given?.expires ?? "") - Date.now();
    assert.ok(left > 880_000 && left <= 900_000, String(left));
    sim.advance("20h");
    await list(session);
    const ended = [{ ...given, expires: new Date(Date.now() - 1000).toISOString() }] as Sessions;
    changed({ sessions: ended });
    const thrown = await thrownBy(list(session));
    assert.equal(thrown.code, "InvalidParameter");
    assert.match(String((thrown as { message?: string }).message), /"SecurityToken\.Expired"/);
    changed({ sessions: ended, service: { expiredToken: "InvalidSecurityToken.Expired" } });
    assert.deepEqual(await codeOf(session), ["InvalidSecurityToken.Expired", 400]);
  });

  it("are forgotten a day after their end, when the next is given", async () => {
    await assumed();
    const [given] = sim.world().sessions;
    const ended = (hours: number) => new Date(Date.now() - hours * 3600_000).toISOString();
    changed({
      sessions: [
        { ...given, accessKeyId: "STS.old", expires: ended(25) },
        { ...given, accessKeyId: "STS.young", expires: ended(23) },
      ] as Sessions,
    });
    await assumed();
    const ids = sim.world().sessions.map(({ accessKeyId }) => accessKeyId);
    assert.deepEqual([ids.length, ids[0]], [2, "STS.young"]);
  });

  it("may do what their role may, and not what their policy denies", async () => {
    changed({ roles: [{ arn, deny: ["rds:DescribeDatabases"] }] });
    const session = await assumed();
    await list(session);
    const read = (signer: Session) =>
      thrownBy(
        sdkClient(sim.endpoint, { ...signer }).describeDatabases(
          new rds.DescribeDatabasesRequest({ DBInstanceId: "rm-prod" }),
        ),
      );
    const denied = await read(session);
    assert.deepEqual(
      [denied.code, denied.accessDeniedDetail?.["AuthPrincipalType"]],
      ["Forbidden.RAM", "AssumedRoleUser"],
    );
    const policy = JSON.stringify({
      Statement: [{ Effect: "Deny", Action: "rds:Describe*", Resource: "*" }],
    });
    assert.deepEqual(await codeOf(await assumed({ policy })), ["Forbidden.RAM", 403]);
  });

  it("belong to the role's account, where another account is trusted", async () => {
    const [other, role] = ["2000000000000002", "acs:ram::2000000000000002:role/copier"];
    sim.setWorld({
      accounts: [{}, { accountId: other, accessKeyId: "other" }],
      roles: [{ arn: role, trusts: [account] }],
      instances: [{ id: "rm-mine" }, { id: "rm-other", accountId: other }],
    });
    const { body } = await list(await assumed({ roleArn: role }));
    assert.deepEqual(
      body?.items?.DBInstance?.map(({ DBInstanceId }) => DBInstanceId),
      ["rm-other"],
    );
  });

  it("are given for an OIDC token, which is not signed for", async () => {
    const assumeRoleWithOidc = { roleArn: arn, oidcProviderArn: providerArn, oidcToken: oidcToken({}) };
    await list(await signIn({ assumeRoleWithOidc }));
    assert.deepEqual(
      sim.journal().map(({ action, status }) => [action, status]),
      [
        ["AssumeRoleWithOIDC", 200],
        ["DescribeDBInstances", 200],
      ],
    );
    assert.ok(!JSON.stringify(sim.journal()).includes(assumeRoleWithOidc.oidcToken));
  });

  it("are given for a token in a file, by the library of the SDKs", async () => {
    const files = { token: oidcToken({}) };
    const { home } = stack({ files });
    const assumeRoleWithOidc = { roleArn: arn, oidcProviderArn: providerArn, oidcTokenFile: `${home}/token` };
    changed({
      roles: [{ arn, trusts: [providerArn] }],
      oidcProviders: [
        { arn: providerArn, issuer: "https://issuer.example", clientIds: ["sts.aliyuncs.com"] },
      ],
    });
    await list(await signIn({ assumeRoleWithOidc }));
  });

  it("say who they are, and keys say it too", async () => {
    const whoIs = async (signer: Session, config: object = {}) => {
      const api = new $OpenApiUtil.Params({
        ...{ action: "GetCallerIdentity", version: "2015-04-01", protocol: "HTTP", pathname: "/" },
        ...{ method: "POST", authType: "AK", style: "RPC", reqBodyType: "formData", bodyType: "json" },
      });
      const client = sdkClient(sim.endpoint, { ...signer, ...config });
      const answer = (await client.callApi(
        api,
        new $OpenApiUtil.OpenApiRequest({}),
        new RuntimeOptions({}),
      )) as {
        body: Record<string, string>;
      };
      return [answer.body["IdentityType"], answer.body["Arn"], answer.body["AccountId"]];
    };
    const user = { accessKeyId: "simulated-key", accessKeySecret: "simulated-secret" };
    assert.deepEqual(await whoIs(user), ["RAMUser", `acs:ram::${account}:user/simulated-key`, account]);
    const session = await assumed({ sessionName: "nightly" });
    for (const config of [{}, { signatureAlgorithm: "v2" }])
      assert.deepEqual(await whoIs(session, config), [
        "AssumedRoleUser",
        `acs:ram::${account}:assumed-role/copier/nightly`,
        account,
      ]);
  });

  it("are not given for another version of the API, nor unsigned", async () => {
    const query = (parameters: Record<string, string>) =>
      fetch(`${sim.url}/?${new URLSearchParams(parameters).toString()}`, { method: "POST" });
    const unsigned = await query({
      Action: "AssumeRole",
      Version: "2015-04-01",
      RoleArn: arn,
      RoleSessionName: "ab",
    });
    assert.equal(((await unsigned.json()) as { Code: string }).Code, "IncompleteSignature");
    const elsewhere = await query({ Action: "AssumeRoleWithOIDC", Version: "2014-08-15" });
    assert.equal(((await elsewhere.json()) as { Code: string }).Code, "IncompleteSignature");
  });
});
