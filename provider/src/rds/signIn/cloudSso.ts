import * as z from "zod";
import type { CloudSsoLogin } from "./identity";

/**
 * A session of CloudSSO for the login that `aliyun configure` left in the file. Asked for here because the
 * SDK's own provider (@alicloud/credentials 2.4.7) leaves the account and the access configuration out of
 * its request.
 */
export async function askCloudSso(login: CloudSsoLogin, timeoutMs: number) {
  if (login.accessTokenExpire * 1000 <= Date.now()) throw new LoginExpired();
  const response = await fetch(new URL("/cloud-credentials", login.signInUrl), {
    method: "POST",
    headers: {
      accept: "application/json",
      "content-type": "application/json",
      authorization: `Bearer ${login.accessToken}`,
    },
    body: JSON.stringify({ AccountId: login.accountId, AccessConfigurationId: login.accessConfig }),
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (response.status === 401) throw new LoginExpired();
  if (!response.ok) throw new Error(`httpStatus: ${response.status}`);
  const { CloudCredential: session } = answerShape.parse(await response.json());
  return {
    accessKeyId: session.AccessKeyId,
    accessKeySecret: session.AccessKeySecret,
    securityToken: session.SecurityToken,
    expiration: session.Expiration,
  };
}

/** The person has to log in again. */
export class LoginExpired extends Error {}

const answerShape = z.object({
  CloudCredential: z.object({
    AccessKeyId: z.string(),
    AccessKeySecret: z.string(),
    SecurityToken: z.string(),
    Expiration: z.string(),
  }),
});
