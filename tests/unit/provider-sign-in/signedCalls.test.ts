import assert from "node:assert/strict";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import type { Connection, Credentials } from "../../../provider/src/rds/connection";
import { RdsFailure } from "../../../provider/src/rds/failure";
import { openClient } from "../../../provider/src/rds/sdkClient";
import { sdkRds } from "../../../provider/src/rds/sdkRds";
import { cliFile, configKey, prodProfile, stack } from "./stack";

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

interface Seen {
  readonly signer: string;
  readonly token: string | undefined;
  readonly query: URLSearchParams;
}

const expired: Answer = {
  status: 400,
  body: {
    Code: "InvalidSecurityToken.Expired",
    Message: "Specified SecurityToken is expired.",
    RequestId: "R",
  },
};
const expiredInWords: Answer = {
  status: 400,
  body: { Code: "InvalidParameter", Message: "SecurityToken.Expired: it has expired", RequestId: "R" },
};
const fine: Answer = { status: 200, body: { RequestId: "R", Databases: { Database: [] } } };

/** An RDS that answers as the test says and notes who signed. */
async function startRds(answerTo: (seen: Seen, number: number) => Answer) {
  const calls: Seen[] = [];
  const signerIn = ({ authorization }: IncomingHttpHeaders) =>
    /Credential=([^,]+)/.exec(authorization ?? "")?.[1] ?? "nobody";
  const server = createServer((request, response) => {
    const token = request.headers["x-acs-security-token"];
    const seen: Seen = {
      signer: signerIn(request.headers),
      token: typeof token === "string" ? token : undefined,
      query: new URL(request.url ?? "/", "http://rds").searchParams,
    };
    calls.push(seen);
    const { status, body } = answerTo(seen, calls.length);
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    endpoints: [{ rds: `127.0.0.1:${(server.address() as AddressInfo).port}` }],
    calls,
    signers: () => calls.map(({ signer }) => signer),
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  };
}

describe("Sign-in: signed calls", () => {
  let rds: Awaited<ReturnType<typeof startRds>>;
  afterEach(() => rds.close());
  const profile = (number: number) => ({
    ...prodProfile,
    mode: "StsToken",
    access_key_id: `STS.${number}`,
    sts_token: `token-${number}`,
  });
  const profileStack = () =>
    stack({
      config: { profile: "prod", protocol: "HTTP", endpoints: rds.endpoints },
      files: { ".aliyun/config.json": cliFile(profile(1)) },
    });

  it("with the key and token that were found, source ip and secure transport beside them", async () => {
    rds = await startRds(() => fine);
    const config = {
      ...configKey,
      securityToken: "token-config",
      sourceIp: "10.0.0.1",
      secureTransport: "true",
      protocol: "HTTP",
      endpoints: rds.endpoints,
    };
    await sdkRds(stack({ config }).connect()).describeDatabases("rm-a");
    const { signer, token, query } = rds.calls[0] ?? assert.fail();
    assert.deepEqual([signer, token], ["AKconfig", "token-config"]);
    assert.deepEqual([query.get("SourceIp"), query.get("SecureTransport")], ["10.0.0.1", "true"]);
    assert.equal(query.get("DBInstanceId"), "rm-a");
  });

  for (const [how, refusal] of Object.entries({ "by its code": expired, "by its words": expiredInWords })) {
    it(`a token that is said to have expired, ${how}: read anew, sent once more`, async () => {
      rds = await startRds(({ signer }) => (signer === "STS.1" ? refusal : fine));
      const at = profileStack();
      const cloud = sdkRds(at.connect());
      // Now the file is known; what comes into it later is not.
      await at.signer();
      at.write(".aliyun/config.json", cliFile(profile(2)));
      await cloud.describeDatabases("rm-a");
      await cloud.describeDatabases("rm-a");
      assert.deepEqual(rds.signers(), ["STS.1", "STS.2", "STS.2"]);
      assert.equal(rds.calls[1]?.token, "token-2");
    });
  }

  it("not sent again when there is nothing newer: the failure is one of signing in", async () => {
    rds = await startRds(() => expired);
    const cloud = sdkRds(profileStack().connect());
    await assert.rejects(
      cloud.copyDatabases({
        sourceDbInstanceId: "rm-a",
        targetDbInstanceId: "rm-b",
        names: { crm: "crm" },
        restorePoint: { backupId: "1" },
        syncUserPrivilege: false,
      }),
      (error: unknown) => error instanceof RdsFailure && error.kind === "signIn",
    );
    assert.equal(rds.calls.length, 1);
  });

  it("once more at most, also when the newer token has expired too", async () => {
    rds = await startRds(() => expired);
    const given: Credentials[] = [1, 2, 3].map((number) => ({
      accessKeyId: `STS.${number}`,
      accessKeySecret: "s",
      securityToken: "t",
    }));
    const base = profileStack().connect();
    let next = 0;
    const connection: Connection = {
      ...base,
      credentials: ({ insteadOf } = {}) => {
        if (insteadOf) next += 1;
        return Promise.resolve(given[next] ?? assert.fail());
      },
    };
    await assert.rejects(sdkRds(connection).describeDatabases("rm-a"), RdsFailure);
    assert.deepEqual(rds.signers(), ["STS.1", "STS.2"]);
  });

  it("another refusal is not taken for an expired token", async () => {
    rds = await startRds(() => ({
      status: 404,
      body: { Code: "InvalidAccessKeyId.NotFound", Message: "no such key", RequestId: "R" },
    }));
    const at = profileStack();
    await at.signer();
    at.write(".aliyun/config.json", cliFile(profile(2)));
    await assert.rejects(sdkRds(at.connect()).describeDatabases("rm-a"), RdsFailure);
    assert.deepEqual(rds.signers(), ["STS.1"]);
  });

  it("each call asks whom to sign as: a client does not keep its first session", async () => {
    rds = await startRds(() => fine);
    let renewed = 1;
    const connection: Connection = {
      ...profileStack().connect(),
      credentials: () =>
        Promise.resolve({ accessKeyId: `STS.${renewed}`, accessKeySecret: "s", securityToken: "t" }),
    };
    const cloud = sdkRds(connection);
    await cloud.describeDatabases("rm-a");
    renewed = 2;
    await cloud.describeDatabases("rm-a");
    assert.deepEqual(rds.signers(), ["STS.1", "STS.2"]);
  });

  it("nobody to sign as: nothing is sent, and the call says why", async () => {
    rds = await startRds(() => fine);
    const at = stack({
      config: { accessKey: "AKalone", protocol: "HTTP", endpoints: rds.endpoints },
    });
    await assert.rejects(sdkRds(at.connect()).describeDatabases("rm-a"), (error: unknown) => {
      assert.ok(error instanceof RdsFailure);
      assert.equal(error.kind, "signIn");
      assert.match(
        error.message,
        /^DescribeDatabases could not be sent \(InvalidCredentials\): no credentials found\. Set .* Checked, in order: /,
      );
      return true;
    });
    assert.deepEqual(rds.calls, []);
  });

  it("both time-outs reach the SDK, whose own are 3 s", async () => {
    rds = await startRds(() => fine);
    const { client } = openClient(profileStack().connect(), { accessKeyId: "a", accessKeySecret: "b" });
    assert.deepEqual([client._readTimeout, client._connectTimeout], [60_000, 60_000]);
  });
});
