import { createHash } from "node:crypto";
import type { ConnectionListener, ConnectionOverrides, Credentials } from "../connection";
import { heardBy, type Ear } from "../heardAnswer";
import { sessionSource } from "./askSession";
import type { Way } from "./oidcText";
import { chooseIdentity, type Sources } from "./chooseIdentity";
import { nameOf, serviceOf, type Identity } from "./identity";
import { sharedSession, type SharedSession } from "./session";
import { nobodyFound, ServiceFailed, signInFailed } from "./signInFailure";
import { SignInProblem } from "./signInProblem";

/** The identities of one stack and their sessions. */
export interface SignIns {
  /** @throws SignInProblem */
  credentials(
    sources: Sources,
    overrides: ConnectionOverrides,
    way: Way,
    insteadOf?: Credentials,
  ): Promise<Credentials>;
  /** Whom it would be signed in as, in words; `undefined` if there is nobody. */
  signer(sources: Sources, overrides: ConnectionOverrides): string | undefined;
  /** Who is being asked for credentials at this moment, in words. */
  asking(): string | undefined;
}

/**
 * Sessions are kept by identity, not by resource: however many resources use a role, STS is asked once for
 * each of its sessions.
 */
export function signIns(listener: ConnectionListener, now?: () => number): SignIns {
  const sessions = new Map<string, SharedSession>();
  const asking: string[] = [];
  const said = new Set<string>();
  const once = (say: (line: string) => void, line: string) => {
    if (!said.has(line)) say(line);
    said.add(line);
  };

  function credentialsOf(identity: Identity, way: Way, insteadOf?: Credentials): Promise<Credentials> {
    if (identity.kind === "key") {
      const { accessKeyId, accessKeySecret, securityToken } = identity;
      return Promise.resolve({ accessKeyId, accessKeySecret, ...(securityToken ? { securityToken } : {}) });
    }
    const key = keyOf(identity);
    let session = sessions.get(key);
    if (session === undefined) {
      const ask = sessionSource(identity, way, (by) => credentialsOf(by, way));
      const service = serviceOf(identity, way.stsEndpoint);
      session = sharedSession(async (refused) => {
        const asked = await whileAsking(service, () => ask(refused));
        const until = asked.endsAt === undefined ? "" : `, until ${new Date(asked.endsAt).toISOString()}`;
        listener.debug(`DatabaseCopy has a new session as ${nameOf(identity)}${until}.`);
        return asked;
      }, now);
      sessions.set(key, session);
    }
    return session.get(insteadOf);
  }

  async function whileAsking<T>(service: string, ask: () => Promise<T>): Promise<T> {
    asking.push(service);
    const ear: Ear = {};
    try {
      return await heardBy(ear, ask);
    } catch (error) {
      // One role may be asked for by another: the innermost failure is the cause.
      throw error instanceof ServiceFailed ? error : new ServiceFailed(service, error, ear.answer);
    } finally {
      asking.splice(asking.lastIndexOf(service), 1);
    }
  }

  return {
    signer(sources, overrides) {
      try {
        const { identity } = chooseIdentity(sources, overrides);
        return identity && nameOf(identity);
      } catch (error) {
        if (error instanceof SignInProblem) return undefined;
        throw error;
      }
    },
    asking: () => asking.at(-1),
    async credentials(sources, overrides, way, insteadOf) {
      const choose = () => {
        const choice = chooseIdentity(sources, overrides);
        for (const warning of choice.warnings) once(listener.warn, warning);
        if (choice.identity === undefined) throw nobodyFound(choice.looks);
        once(listener.debug, `DatabaseCopy signs in as ${nameOf(choice.identity)}.`);
        return { identity: choice.identity, looks: choice.looks };
      };

      // What was refused may have been replaced in the file meanwhile.
      if (insteadOf) sources.profiles.forget();
      const { identity, looks } = choose();
      try {
        return await credentialsOf(identity, way, insteadOf);
      } catch (error) {
        sources.profiles.forget();
        const replaced = choose();
        if (keyOf(replaced.identity) === keyOf(identity)) throw signInFailed(identity, error, looks);
        try {
          return await credentialsOf(replaced.identity, way);
        } catch (again) {
          throw signInFailed(replaced.identity, again, replaced.looks);
        }
      }
    },
  };
}

/** A map key must not hold secrets in the clear. */
function keyOf(identity: Identity): string {
  return createHash("sha256").update(JSON.stringify(identity)).digest("base64");
}
