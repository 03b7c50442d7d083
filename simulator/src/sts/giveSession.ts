import { createHash } from "node:crypto";
import { nextNumber, type Call } from "../call/call.js";
import { wholeNumber } from "../parameters/page.js";
import { refuse } from "../rules/refuse.js";
import { behaviour, refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { parseMoment, secondText } from "../world/time.js";
import type { Role } from "./roles.js";
import { sessionPolicy } from "./sessionPolicy.js";

/** How long an ended session is remembered, so that its token is called expired and not unknown. */
const rememberedMs = 24 * 3600 * 1000;

/** Makes a session of the role. Its end counts in real time, by which clients judge it. */
export function giveSession(call: Call, role: Role) {
  const sessionName = call.params["RoleSessionName"] ?? "";
  if (!/^[A-Za-z0-9.@_-]{2,64}$/.test(sessionName)) throw refuse(badName);
  const seconds = wholeNumber(call.params["DurationSeconds"], 3600);
  if (seconds === undefined || seconds < 900 || seconds > role.maxSeconds) throw refuse(badDuration);
  const deny = [...role.deny, ...sessionPolicy(call.params["Policy"])];
  const expires = secondText(call.realNow + seconds * 1000);
  let credentials = { AccessKeyId: "", AccessKeySecret: "", SecurityToken: "", Expiration: expires };
  call.change((draft) => {
    const made = `${draft.seed}:${nextNumber(draft)}:${call.requestId}`;
    credentials = {
      ...credentials,
      AccessKeyId: `STS.${derived("key", made).slice(0, 24)}`,
      AccessKeySecret: derived("secret", made).slice(0, 44),
      SecurityToken: `CAIS${["a", "b", "c"].map((part) => derived(`token ${part}`, made)).join("")}`,
    };
    draft.sessions = draft.sessions.filter((one) => parseMoment(one.expires) > call.realNow - rememberedMs);
    draft.sessions.push({
      accessKeyId: credentials.AccessKeyId,
      accessKeySecret: credentials.AccessKeySecret,
      securityToken: credentials.SecurityToken,
      accountId: role.accountId,
      roleArn: role.arn,
      sessionName,
      expires,
      deny,
    });
  });
  return {
    AssumedRoleUser: {
      Arn: `acs:ram::${role.accountId}:role/${role.name}/${sessionName}`,
      AssumedRoleId: `${roleIdOf(role.arn)}:${sessionName}`,
    },
    Credentials: credentials,
  };
}

/** The number of a role, which RAM gives it. */
export const roleIdOf = (arn: string): string =>
  `3${BigInt(`0x${createHash("sha256").update(arn).digest("hex").slice(0, 16)}`) % 10n ** 17n}`;

const derived = (what: string, made: string): string =>
  createHash("sha256")
    .update(`${what}:${made}`)
    .digest("base64")
    .replaceAll(/[^A-Za-z0-9]/g, "x");

const of = {
  action: "AssumeRole, AssumeRoleWithOIDC",
  basis: "documented",
  source: sources.stsErrorPage,
} as const;

const badName = refusal({
  ...of,
  id: "sts.session-name",
  parameter: "RoleSessionName",
  code: "InvalidParameter.RoleSessionName",
  status: 400,
  message: "The parameter RoleSessionName is wrongly formed.",
  says: "2 to 64 letters, digits and .@_-",
});
const badDuration = refusal({
  ...of,
  id: "sts.duration",
  parameter: "DurationSeconds",
  code: "InvalidParameter.DurationSeconds",
  status: 400,
  message: "The parameter DurationSeconds is not in the permitted range.",
  says: "900 seconds to the longest session of the role; 3600 where none is given.",
  source: sources.stsPage,
});
behaviour({
  ...of,
  id: "sts.key-of-session",
  says: "A session has a key that begins with STS., a secret and a token; they end together, in real time. An ended session is known for a day more.",
  source: sources.stsPage,
});
