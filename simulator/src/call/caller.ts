import type { Session, World } from "../world/schema.js";

/** Who signed a call: a key of an account, or a session of a role. */
export interface Caller {
  readonly accountId: string;
  readonly accessKeyId: string;
  /** RAM actions that are denied. */
  readonly deny: readonly string[];
  readonly session?: Session;
}

export function callerOf(world: World, accessKeyId: string): Caller | undefined {
  const session = world.sessions.find((candidate) => candidate.accessKeyId === accessKeyId);
  if (session === undefined) return world.accounts.find((candidate) => candidate.accessKeyId === accessKeyId);
  return { accountId: session.accountId, accessKeyId, deny: session.deny, session };
}

/** Of the calls that nobody signs. */
export const nobody: Caller = { accountId: "", accessKeyId: "", deny: [] };
