import { sameCredentials, type Credentials } from "../connection";

/** Credentials and how long they are good for. */
export interface Session {
  readonly credentials: Credentials;
  /** Milliseconds since 1970 from which the cloud refuses them; `undefined`: nobody said. */
  readonly endsAt: number | undefined;
  /** Asked again after so many milliseconds at the latest, at a source that keeps its sessions itself. */
  readonly askAgainAfterMs?: number;
}

/** One identity's session, shared by all who sign with it. */
export interface SharedSession {
  get(insteadOf?: Credentials): Promise<Credentials>;
}

/**
 * Asks for a session when there is none, when it comes near its end, or when it was refused, once for all
 * who want it meanwhile. A renewal that fails leaves the old one in use until it ends. A failure is
 * remembered for a moment: a hundred copies without credentials must not ask a hundred times.
 */
export function sharedSession(
  ask: (refused: boolean) => Promise<Session>,
  now: () => number = Date.now,
): SharedSession {
  let held: (Session & { readonly renewAt: number }) | undefined;
  let asking: Promise<Credentials> | undefined;
  let failed: { readonly error: unknown; readonly until: number } | undefined;

  async function renew(refused: boolean): Promise<Credentials> {
    try {
      const session = await ask(refused);
      held = { ...session, renewAt: renewalOf(session, now()) };
      failed = undefined;
      return session.credentials;
    } catch (error) {
      if (held && !refused && (held.endsAt === undefined || now() < held.endsAt)) {
        held = { ...held, renewAt: now() + retryRenewalMs };
        return held.credentials;
      }
      failed = { error, until: now() + failureKeptMs };
      throw error;
    }
  }

  return {
    get(insteadOf) {
      const refused =
        held !== undefined && insteadOf !== undefined && sameCredentials(held.credentials, insteadOf);
      if (held && !refused && now() < held.renewAt) return Promise.resolve(held.credentials);
      if (asking) return asking;
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- passed on as it came
      if (failed && now() < failed.until) return Promise.reject(failed.error);
      asking = renew(refused).finally(() => (asking = undefined));
      return asking;
    },
  };
}

/** A quarter of an hour before the end, as the SDK does; a short session is used for three quarters of its time. */
function renewalOf({ endsAt, askAgainAfterMs }: Session, from: number): number {
  if (endsAt === undefined) return askAgainAfterMs === undefined ? Infinity : from + askAgainAfterMs;
  return endsAt - Math.min(15 * 60_000, (endsAt - from) / 4);
}

const retryRenewalMs = 60_000;

const failureKeptMs = 10_000;
