import { createHash } from "node:crypto";
import type { ConnectionListener, ConnectionOverrides, Credentials } from "../connection";
import { sessionSource, type Way } from "./askSession";
import { chooseIdentity, type Sources } from "./chooseIdentity";
import { nameOf, type Identity } from "./identity";
import { sharedSession, type SharedSession } from "./session";
import { nobodyFound, signInFailed } from "./signInFailure";

/** The identities of one stack and their sessions. */
export interface SignIns {
  /** @throws RdsFailure */
  credentials(
    sources: Sources,
    overrides: ConnectionOverrides,
    way: Way,
    insteadOf?: Credentials,
  ): Promise<Credentials>;
}

/**
 * Sessions are kept by identity, not by resource: however many resources use a role, STS is asked once for
 * each of its sessions.
 */
export function signIns(listener: ConnectionListener, now?: () => number): SignIns {
  const sessions = new Map<string, SharedSession>();
  const warned = new Set<string>();

  function credentialsOf(identity: Identity, way: Way, insteadOf?: Credentials): Promise<Credentials> {
    if (identity.kind === "key") {
      const { accessKeyId, accessKeySecret, securityToken } = identity;
      return Promise.resolve({ accessKeyId, accessKeySecret, ...(securityToken ? { securityToken } : {}) });
    }
    const key = createHash("sha256").update(JSON.stringify(identity)).digest("base64");
    let session = sessions.get(key);
    if (session === undefined) {
      const ask = sessionSource(identity, way, (by) => credentialsOf(by, way));
      session = sharedSession(async (refused) => {
        const asked = await ask(refused);
        const until = asked.endsAt === undefined ? "" : `, until ${new Date(asked.endsAt).toISOString()}`;
        listener.debug(`DatabaseCopy has a new session as ${nameOf(identity)}${until}.`);
        return asked;
      }, now);
      sessions.set(key, session);
    }
    return session.get(insteadOf);
  }

  return {
    async credentials(sources, overrides, way, insteadOf) {
      // A refused key or token of a file may have been replaced there meanwhile.
      if (insteadOf) sources.profiles.forget();
      const { identity, looks, warnings } = chooseIdentity(sources, overrides);
      for (const warning of warnings) {
        if (!warned.has(warning)) listener.warn(warning);
        warned.add(warning);
      }
      if (identity === undefined) throw nobodyFound(looks);
      const name = `DatabaseCopy signs in as ${nameOf(identity)}.`;
      if (!warned.has(name)) listener.debug(name);
      warned.add(name);
      try {
        return await credentialsOf(identity, way, insteadOf);
      } catch (error) {
        throw signInFailed(identity, error, looks);
      }
    },
  };
}
