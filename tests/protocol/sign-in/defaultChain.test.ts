import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { startHttp, temporaryKey } from "../../unit/provider-sign-in/httpStandIn";
import { cliFile, prodProfile, stack } from "../../unit/provider-sign-in/stack";
import { startSts } from "../../unit/provider-sign-in/stsStandIn";

interface Result {
  readonly signers?: readonly string[];
  readonly region?: string;
  readonly debug?: readonly string[];
  readonly problem?: string;
}

const noMetadata = { ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true" };

/** In a process that has nothing but this environment and this home folder. */
async function signIn({
  config = {},
  env = noMetadata,
  files = {},
}: {
  readonly config?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, unknown>>;
}): Promise<Result> {
  const { home } = stack({ files });
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", join(__dirname, "signInOnce.ts"), JSON.stringify(config)],
    { env: { HOME: home, PATH: process.env["PATH"] ?? "", ...env } },
  );
  return JSON.parse(stdout) as Result;
}

describe("Sign-in: the default chain of @alicloud/credentials, after the alicloud provider's ways", () => {
  const ini = (name: string, id: string) =>
    `[${name}]\ntype = access_key\naccess_key_id = ${id}\naccess_key_secret = secret-ini\n`;

  it("29: nothing anywhere is nobody, and every place is named", async () => {
    const { problem } = await signIn({});
    assert.match(
      problem ?? "",
      /^no credentials found\. Set .*; the default chain of .* \(nobody\); with the environment/,
    );
    for (const place of [
      "alicloud:accessKey",
      "ALIBABA_CLOUD_OIDC_TOKEN_FILE",
      "the current profile",
      "default chain",
    ]) {
      assert.ok(problem?.includes(place), place);
    }
  });

  it("the SDKs' own shared file", async () => {
    const files = { ".alibabacloud/credentials": ini("default", "AKini") };
    assert.deepEqual((await signIn({ files })).signers, ["AKini", "AKini", "AKini"]);
  });

  it("a named profile that only that file has", async () => {
    const files = {
      ".aliyun/config.json": cliFile(prodProfile),
      ".alibabacloud/credentials": ini("default", "AKini") + ini("staging", "AKstaging"),
    };
    const { signers } = await signIn({ config: { profile: "staging" }, files });
    assert.deepEqual(signers, ["AKstaging", "AKstaging", "AKstaging"]);
    const { problem } = await signIn({ config: { profile: "absent" }, files });
    assert.match(
      problem ?? "",
      /has no profile absent\);.*; section absent of the SDKs' own shared file \(nobody\); with/,
    );
  });

  it("13: the current profile of the CLI's file, with its region; not when that is forbidden", async () => {
    const files = { ".aliyun/config.json": cliFile(prodProfile) };
    const { signers, region } = await signIn({ files });
    assert.deepEqual([signers?.[0], region], ["AKprod", "cn-shanghai"]);
    const env = { ...noMetadata, ALIBABA_CLOUD_CLI_PROFILE_DISABLED: "true" };
    assert.match(
      (await signIn({ files, env })).problem ?? "",
      /not heard \(ALIBABA_CLOUD_CLI_PROFILE_DISABLED\)/,
    );
  });

  it("the role of the ECS instance when nobody named it, asked once for all who want it", async () => {
    const folder = "/latest/meta-data/ram/security-credentials/";
    const metadata = await startHttp({
      "PUT /latest/api/token": "metadata-token",
      [`GET ${folder}`]: "worker",
      [`GET ${folder}worker`]: temporaryKey("ecs"),
    });
    try {
      const { signers } = await signIn({ env: { TEST_SERVICE_PORT: String(metadata.port) } });
      assert.deepEqual(signers, ["STS.ecs", "STS.ecs", "STS.ecs"]);
      assert.equal(metadata.calls.filter((call) => call === `GET ${folder}worker`).length, 1);
    } finally {
      await metadata.close();
    }
  });

  it("a role, with STS trusted by way of NODE_EXTRA_CA_CERTS, as in the provider process", async () => {
    const sts = await startSts({ trust: false });
    try {
      const { home } = stack({});
      const certificate = join(home, "sts.pem");
      writeFileSync(certificate, sts.certificate);
      const { signers } = await signIn({
        config: {
          accessKey: "AKconfig",
          secretKey: "secret-config",
          assumeRole: JSON.stringify({ roleArn: "acs:ram::1:role/copier" }),
          endpoints: JSON.stringify([{ sts: sts.host }]),
        },
        env: { ...noMetadata, NODE_EXTRA_CA_CERTS: certificate },
      });
      assert.deepEqual(new Set(signers), new Set(["STS.copier.by.AKconfig.1"]));
      assert.equal(sts.calls.length, 1);
    } finally {
      await sts.close();
    }
  });
});
