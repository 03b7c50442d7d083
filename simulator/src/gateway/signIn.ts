import { productOf } from "../actions/products.js";
import { findAction } from "../actions/registry.js";
import { callerOf, type Caller } from "../call/caller.js";
import { unknownKey } from "../machine/handle.js";
import { refuse } from "../rules/refuse.js";
import { behaviour, refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import type { World } from "../world/schema.js";
import { parseSeconds } from "../world/time.js";
import { usesAcs3, verifyAcs3 } from "./acs3.js";
import type { Nonces } from "./nonces.js";
import { usesRpcSignature, verifyRpcSignature } from "./rpcSignature.js";
import type { Credentials, SecretOf } from "./signature.js";
import { checkToken } from "./token.js";
import type { Asked, WireRequest } from "./wire.js";

/** How far a client's clock may be off. */
export const clockWindowMs = 15 * 60 * 1000;

/**
 * Verifies who sent a request. The client's clock is judged by the real time, whatever time the world has:
 * clients know nothing of a simulated one.
 *
 * @returns the access key id that signed, with its nonce used up; empty where nobody has to
 * @throws Refusal
 */
export function signIn(
  world: World,
  wire: WireRequest,
  asked: Asked,
  nonces: Nonces,
  realNow: number,
): string {
  if (wire.method !== "POST" && wire.method !== "GET")
    throw refuse(otherMethod, { values: { method: wire.method } });
  if (asked.action === undefined || asked.action === "") throw refuse(noAction);
  const product = productOf(asked.version ?? "");
  if (product === undefined) throw refuse(otherVersion, { values: { version: asked.version ?? "(none)" } });
  if (findAction(asked.action, product)?.unsigned === true && !isSigned(wire, asked)) return "";
  const credentials = verify(wire, asked, (accessKeyId) => secretOf(world, knownCaller(world, accessKeyId)));
  checkToken(world, knownCaller(world, credentials.accessKeyId), asked.securityToken, realNow);
  const date = parseSeconds(credentials.date);
  if (date === undefined) throw refuse(badDate);
  if (Math.abs(realNow - date) > clockWindowMs) throw refuse(wrongClock);
  const used = nonces.use(`${credentials.accessKeyId} ${credentials.nonce}`, realNow);
  if (used && world.service.refuseResentNonce) throw refuse(usedNonce);
  return credentials.accessKeyId;
}

const isSigned = (wire: WireRequest, asked: Asked) => usesAcs3(wire) || usesRpcSignature(asked);

function knownCaller(world: World, accessKeyId: string): Caller {
  const caller = callerOf(world, accessKeyId);
  if (caller === undefined) throw refuse(unknownKey);
  return caller;
}

const secretOf = (world: World, caller: Caller): string =>
  caller.session?.accessKeySecret ??
  world.accounts.find(({ accessKeyId }) => accessKeyId === caller.accessKeyId)?.accessKeySecret ??
  "";

function verify(wire: WireRequest, asked: Asked, secretOf: SecretOf): Credentials {
  if (usesAcs3(wire)) return verifyAcs3(wire, asked, secretOf);
  if (usesRpcSignature(asked)) return verifyRpcSignature(wire, asked, secretOf);
  throw refuse(unsigned);
}

const of = { action: "gateway", basis: "documented", source: sources.errorTable2020 } as const;

const otherMethod = refusal({
  ...of,
  id: "gateway.http-method",
  code: "UnsupportedHTTPMethod",
  status: 403,
  message: "The HTTP method {method} is not supported.",
  says: "GET and POST are the methods.",
});
const noAction = refusal({
  ...of,
  id: "gateway.no-action",
  code: "MissingParameter",
  status: 400,
  message: "The parameter Action is mandatory for this request.",
  says: "The action stands in the header x-acs-action or in the parameter Action.",
});
const otherVersion = refusal({
  ...of,
  id: "gateway.version",
  code: "SimulatorUnsupportedAction",
  status: 400,
  message: "The simulator does not know the API version {version}; this says nothing about the real service.",
  says: "Rds 2014-08-15, Sts 2015-04-01 and Vpc 2016-04-28 are the versions.",
  source: sources.simulator,
});
const unsigned = refusal({
  ...of,
  id: "gateway.unsigned",
  code: "IncompleteSignature",
  status: 400,
  message: "The request is not signed.",
  says: "A request without a signature of a known kind is refused.",
});
const badDate = refusal({
  ...of,
  id: "gateway.date-format",
  code: "InvalidTimeStamp.Format",
  status: 400,
  message: "The time of the request is not of the form yyyy-MM-ddTHH:mm:ssZ.",
  says: "The time of a request is UTC with seconds, 2026-03-01T02:00:00Z, and nothing else.",
  basis: "measured",
  source: sources.publicClients,
});
const wrongClock = refusal({
  ...of,
  id: "gateway.clock",
  code: "InvalidTimeStamp.Expired",
  status: 400,
  message: "The time of the request is too far from the time of the service.",
  says: "A clock may be off by 15 minutes, both ways; judged by the real time.",
  basis: "measured",
  source: sources.publicClients,
});
const usedNonce = refusal({
  ...of,
  id: "gateway.used-nonce",
  switch: "refuseResentNonce",
  code: "SignatureNonceUsed",
  status: 400,
  message: "The nonce of the request was used already.",
  says: "A nonce serves once, also where the first request was refused by the action or its answer was lost.",
  basis: "measured",
  source: sources.publicClients,
});
behaviour({
  ...of,
  id: "gateway.order",
  says: "Host, page, size, path, method, action, version, signature, token, clock, nonce, calls per second, permission, mandatory parameters, then the action's own checks.",
  basis: "inferred",
});
