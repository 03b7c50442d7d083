import type { Credentials, StackConfiguration } from "./connection";
import { RdsFailure } from "./failure";

/**
 * The key that signs the calls: static keys of the stack's configuration, else of the environment, in
 * the order that the alicloud provider was measured to follow (docs/sign-in.md).
 */
// eslint-disable-next-line @typescript-eslint/require-await -- every further source of keys waits for something
export async function signIn(configured: StackConfiguration, env: NodeJS.ProcessEnv): Promise<Credentials> {
  const accessKeyId = configured("accessKey") || firstOf(env, keyIdNames);
  const accessKeySecret = configured("secretKey") || firstOf(env, secretNames);
  const securityToken = configured("securityToken") || firstOf(env, tokenNames);
  if (accessKeyId && accessKeySecret) {
    return { accessKeyId, accessKeySecret, ...(securityToken ? { securityToken } : {}) };
  }
  throw new RdsFailure({
    action: "Sign-in",
    code: "InvalidCredentials",
    message:
      "no complete key was found: neither alicloud:accessKey and alicloud:secretKey in the stack's configuration, " +
      `nor ${keyIdNames[1]} and ${secretNames[1]} in the environment`,
  });
}

const keyIdNames = [
  "ALICLOUD_ACCESS_KEY",
  "ALIBABA_CLOUD_ACCESS_KEY_ID",
  "ALIBABACLOUD_ACCESS_KEY_ID",
] as const;
const secretNames = [
  "ALICLOUD_SECRET_KEY",
  "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
  "ALIBABACLOUD_ACCESS_KEY_SECRET",
] as const;
const tokenNames = [
  "ALICLOUD_SECURITY_TOKEN",
  "ALIBABA_CLOUD_SECURITY_TOKEN",
  "ALIBABACLOUD_SECURITY_TOKEN",
] as const;

function firstOf(env: NodeJS.ProcessEnv, names: readonly string[]): string | undefined {
  return names.map((name) => env[name]).find((value) => value);
}
