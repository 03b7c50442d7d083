import type { Caller } from "../call/caller.js";
import { refuse } from "../rules/refuse.js";
import { refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import type { World } from "../world/schema.js";
import { parseMoment } from "../world/time.js";

/**
 * The token of a session, which goes with its key and ends with the real time; a key of an account has none.
 *
 * @throws Refusal
 */
export function checkToken(world: World, caller: Caller, token: string | undefined, realNow: number): void {
  const given = token === undefined || token === "" ? undefined : token;
  const { session } = caller;
  if (session === undefined) {
    if (given === undefined) return;
    const known = world.sessions.some(({ securityToken }) => securityToken === given);
    throw refuse(known ? mismatch : malformed);
  }
  if (given === undefined) throw refuse(missing);
  if (given !== session.securityToken) {
    const known = world.sessions.some(({ securityToken }) => securityToken === given);
    throw refuse(known ? mismatch : malformed);
  }
  if (parseMoment(session.expires) <= realNow)
    throw refuse(world.service.expiredToken === "InvalidParameter" ? expired : expiredOther);
}

const of = { action: "gateway", parameter: "SecurityToken", source: sources.publicClients } as const;

const missing = refusal({
  ...of,
  id: "gateway.token-missing",
  code: "MissingSecurityToken",
  status: 400,
  message: "SecurityToken is mandatory for this action.",
  says: "The key of a session is used with the session's token.",
  basis: "documented",
  source: sources.stsErrorPage,
});
const malformed = refusal({
  ...of,
  id: "gateway.token-unknown",
  code: "InvalidSecurityToken.Malformed",
  status: 400,
  message: "The security token is malformed.",
  says: "A token that was never given out is refused; a changed one cannot be told from it.",
  basis: "measured",
});
const mismatch = refusal({
  ...of,
  id: "gateway.token-mismatch",
  code: "InvalidSecurityToken.MismatchWithAccessKey",
  status: 400,
  message: "The security token does not match the access key.",
  says: "A token goes only with the key it was given out with.",
  basis: "measured",
});
const expired = refusal({
  ...of,
  id: "gateway.token-expired",
  switch: "expiredToken",
  code: "InvalidParameter",
  status: 400,
  message: 'The specified parameter "SecurityToken.Expired" is not valid.',
  says: "An expired token is an invalid parameter whose text names what expired. Judged by the real time.",
  basis: "measured",
});
const expiredOther = refusal({
  ...of,
  id: "gateway.token-expired-code",
  switch: "expiredToken",
  code: "InvalidSecurityToken.Expired",
  status: 400,
  message: "The security token has expired.",
  says: "An expired token, as other gateways spell it.",
  basis: "measured",
});
