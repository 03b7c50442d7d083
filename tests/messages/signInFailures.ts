import { UnreadableFile } from "../../provider/src/rds/signIn/askSession";
import type { Identity } from "../../provider/src/rds/signIn/identity";
import { nobodyFound, ServiceFailed, signInFailed } from "../../provider/src/rds/signIn/signInFailure";

const key: Identity = {
  kind: "key",
  accessKeyId: "LTAI5tExampleabcd",
  accessKeySecret: "",
  place: "alicloud:accessKey",
};
const copier = { arn: "acs:ram::1:role/copier", sessionName: "copier", durationSeconds: undefined };
const role: Identity = { kind: "role", by: key, role: copier, place: "alicloud:assumeRole" };
const pod: Identity = {
  kind: "oidcRole",
  role: copier,
  providerArn: "acs:ram::1:oidc-provider/pods",
  token: { file: "/run/token", namedBy: "ALIBABA_CLOUD_OIDC_TOKEN_FILE" },
  place: "ALIBABA_CLOUD_ROLE_ARN",
};
const sts = "STS at sts.cn-hangzhou.aliyuncs.com";
const answered = (body: object) => ({ data: body });

/** Why nobody could sign in, as the call that wanted to be signed says it. */
export function signInFailures(): string[] {
  const none = [{ place: "alicloud:accessKey, ALICLOUD_ACCESS_KEY", found: "none" }];
  const looks = [{ place: "alicloud:accessKey", found: "LTAI...abcd" }];
  const page = {
    status: 302,
    location: "https://portal.example/login",
    contentType: "text/html",
    aheadMs: undefined,
  };
  const late = { status: 400, location: undefined, contentType: "application/json", aheadMs: 1_200_000 };
  const denied = {
    Code: "NoPermission",
    Message: "You are not authorized to do this action.",
    RequestId: "R",
  };
  const failed = [
    signInFailed(role, new ServiceFailed(sts, answered(denied)), looks),
    signInFailed(role, new ServiceFailed(sts, answered({ Code: "InvalidTimeStamp.Expired" }), late), looks),
    signInFailed(role, new ServiceFailed(sts, {}, page), looks),
    signInFailed(role, new ServiceFailed(sts, { code: "ECONNREFUSED" }), looks),
    signInFailed(role, new ServiceFailed(sts, { code: "SELF_SIGNED_CERT_IN_CHAIN" }), looks),
    signInFailed(role, new ServiceFailed(sts, { code: "CERT_NOT_YET_VALID" }), looks),
    signInFailed(role, new ServiceFailed(sts, { code: "EPROTO" }), looks),
    signInFailed(role, new ServiceFailed(sts, { code: "ERR_INVALID_URL" }), looks),
    signInFailed(role, new ServiceFailed(sts, { name: "TimeoutError" }), looks),
    signInFailed(
      pod,
      new ServiceFailed(sts, new UnreadableFile("/run/token", "ALIBABA_CLOUD_OIDC_TOKEN_FILE", "ENOENT")),
      [],
    ),
  ];
  return [nobodyFound(none), ...failed].map(({ message }) => message);
}
