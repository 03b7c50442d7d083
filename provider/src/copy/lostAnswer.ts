import { duplicateNameCode, mayPass, RdsFailure } from "../rds/failure";
import type { CopyRequest, DatabaseFacts, RdsApi } from "../rds/rdsApi";
import { wait } from "../time/waiter";
import type { Acceptance, RequestOptions, Span } from "./acceptance";
import { listNames, withName } from "./databaseNames";

/** A call whose answer was lost: it may have started the copy. */
export interface Lost {
  readonly failure: RdsFailure;
  readonly span: Span;
}

/** A database that is there under one of the names. */
export interface Taken {
  readonly source: string;
  readonly found: DatabaseFacts;
}

export async function namesThere(rds: RdsApi, request: CopyRequest): Promise<Taken[]> {
  const listed = await rds.describeDatabases(request.targetDbInstanceId);
  return Object.entries(request.names).flatMap(([source, target]) => {
    const found = withName(listed, target);
    return found ? [{ source, found }] : [];
  });
}

/** Whether a name appears within the time of grace that was not there before: the sign of an accepted copy. */
export async function appears(options: RequestOptions): Promise<boolean> {
  const looked = await lookWithinGrace(options, async (there) => {
    const { signs } = await tellApart(options, there);
    return signs.length > 0 ? true : undefined;
  });
  return looked.state === "seen";
}

/**
 * What a name that is taken means, where it was absent before the call whose answer was lost: that call did it,
 * unless what is there shows that another resource made it.
 */
export async function afterLoss(
  options: RequestOptions,
  lost: Lost,
  there?: readonly Taken[],
): Promise<Acceptance> {
  const { request } = options;
  const looked = await lookWithinGrace(options, (seen) => tellApart(options, seen), there);
  if (looked.state === "unseen") {
    const why = looked.failure ? ` ${looked.failure.message}` : "";
    return undecided(request, lost, `What took the names could not be looked at.${why}`);
  }
  const others = looked.value.others.map(({ found }) => found.name);
  if (others.length === 0) return { state: "accepted", requestId: lost.failure.requestId };
  const whose = `${listNames(others)} on ${request.targetDbInstanceId} ${others.length === 1 ? "carries" : "carry"} the mark of another resource`;
  // Nothing of ours can come where all is taken.
  return others.length === Object.keys(request.names).length
    ? { state: "refused", reason: `${whose}. Nothing was copied over it.`, code: duplicateNameCode }
    : undecided(request, lost, "", whose);
}

export function undecided(
  request: CopyRequest,
  { failure, span }: Lost,
  then: string,
  seen = `${listNames(Object.values(request.names))} did not appear so far`,
): Acceptance {
  const next = `The next "pulumi up" looks again, and copies only what is not there by then.`;
  return {
    state: "undecided",
    sent: span,
    reason: [
      `Whether the copy to ${request.targetDbInstanceId} was accepted is not known: its answer was lost, and ${seen}.`,
      failure.message,
      ...(then ? [then] : []),
      next,
    ].join(" "),
  };
}

/** How long the effect of a copy whose answer was lost is looked for. No document says how soon a name is listed. */
const graceMs = 60_000;

type Looked<T> =
  | { readonly state: "seen"; readonly value: T }
  | { readonly state: "unseen"; readonly failure: RdsFailure | undefined };

/**
 * Looks at the names until the answer is known, for the time of grace. What is under way may be there although looks
 * fail, so a look that fails decides nothing.
 */
async function lookWithinGrace<T>(
  { rds, request, clock, signal, deadline }: RequestOptions,
  answer: (there: readonly Taken[]) => Promise<T | undefined>,
  there?: readonly Taken[],
): Promise<Looked<T>> {
  let next = there;
  let last: RdsFailure | undefined;
  const looked = await wait<T, RdsFailure>(
    async () => {
      try {
        const seen = next ?? (await namesThere(rds, request));
        next = undefined;
        const value = await answer(seen);
        return value === undefined ? { state: "pending" } : { state: "done", value };
      } catch (error) {
        if (!(error instanceof RdsFailure)) throw error;
        last = error;
        return mayPass(error) ? { state: "pending" } : { state: "failed", failure: error };
      }
    },
    { clock, signal, deadline: Math.min(deadline, clock.now() + graceMs) },
  );
  return looked.state === "done"
    ? { state: "seen", value: looked.value }
    : { state: "unseen", failure: last };
}

/** Signs that the copy was accepted, and what another resource made meanwhile. */
async function tellApart({ isOthers }: RequestOptions, there: readonly Taken[]) {
  const signs: Taken[] = [];
  const others: Taken[] = [];
  for (const one of there) ((await isOthers(one.found, one.source)) ? others : signs).push(one);
  return { signs, others };
}
