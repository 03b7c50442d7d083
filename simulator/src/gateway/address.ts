import { refuse } from "../rules/refuse.js";
import { refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import type { WireRequest } from "./wire.js";

/**
 * How long an address may be, in bytes. The SDK sends DbNames in it: 400 databases, the most that a page allows on an
 * instance, with names of 128 characters, the most that SQL Server allows, on both sides are 109,600 bytes.
 */
export const addressLimit = 128 * 1024;

/** What is called, before anybody asks by whom. @throws Refusal */
export function checkAddress({ path, query, cutOff }: WireRequest): void {
  if (cutOff === true || path.length + query.length > addressLimit) throw refuse(tooLarge);
  if (path !== "/") throw refuse(otherPath, { values: { path: path.slice(0, 100) } });
}

const of = { action: "gateway", status: 400 } as const;

const tooLarge = refusal({
  ...of,
  id: "gateway.request-size",
  code: "SimulatorRequestTooLarge",
  message: `The request is too large: an address may have ${addressLimit} bytes.`,
  says: "An address may have 128 KiB, room for DbNames with the 400 databases of the largest instance and names of 128 characters on both sides. No document states what the gateway takes, so the code is none of its own.",
  basis: "inferred",
  source: sources.documents2020,
});
const otherPath = refusal({
  ...of,
  id: "gateway.path",
  code: "SimulatorUnsupportedPath",
  message: "The API is served at /, and not at {path}.",
  says: "A path other than / is refused with a code of its own and never a 404, which clients read as: the resource is gone.",
  basis: "documented",
  source: sources.simulator,
});
