import { entryOf, nameKey, sameName, withName } from "../copy/databaseNames";
import { markOn, type Evidence, type Found, type TaskTrace, type Verdict } from "../ownership/evidence";
import { covers, nameHash, type Intent, type TagsRead } from "../ownership/intent";
import { judge } from "../ownership/judge";
import { idOf, isSpelledAs, type DatabaseRecord, type Records } from "../ownership/record";
import type { Saying } from "../ownership/sayings";
import { ask, type Calls, type Listing } from "./calls";
import type { Context, Wanted } from "./operation";

/** What one look at the target brought: the verdict on every name that matters. */
export interface Seen {
  readonly listing: Listing;
  /** By name: declared, recorded, or listed and covered by an intent of ours. As declared, else as recorded, else as listed. */
  readonly verdicts: ReadonlyMap<string, Verdict>;
  /** By the same names. */
  readonly records: Records;
  /** The intents of this resource, and those of everyone else. */
  readonly mine: readonly Intent[];
  readonly others: readonly Intent[];
  /** The keys of all tags on the target; none with marks off. */
  readonly tagKeys: readonly string[];
  /** Names that were still being deleted at the timeout. A preview does not wait, and takes them for absent. */
  readonly stillDeleting: readonly string[];
}

/** The tags cannot be read, or the instance does not exist: nothing can be judged. */
export interface Unobserved {
  readonly blocked: Saying;
}

const gone: Unobserved = { blocked: { kind: "instanceNotFound" } };

/** Tasks of a copy begin within this time of its call, seconds. An inference. */
const tasksBeginWithin = 5 * 60;

/**
 * Looks at the target and judges every name that is declared, recorded, or covered by an intent of ours. `beforeDrop`: what
 * is dropped makes room for the declared names, so that their absence has to be certain.
 */
export function* observe(
  ctx: Context,
  wanted: Wanted,
  how: { readonly beforeDrop?: boolean } = {},
): Calls<Seen | Unobserved> {
  const { rules, marksOn } = ctx;
  const declared = Object.values(wanted.names);
  const records = keyedAsDeclared(ctx.records, declared);
  const known = [...new Set([...declared, ...Object.keys(records)])];
  let listing = yield* ask({ call: "databases" });
  if (listing.isInstanceGone) return gone;
  // What is being deleted is gone when the list lacks it.
  const isStaying = (name: string) => !isDeleting(listing, name);
  const settled = Object.keys(records).filter((name) => records[name]?.phase !== "filling");
  const shown = new Set((how.beforeDrop ? known : settled).filter(isStaying).map(nameKey));
  listing = yield* untilDeleted(listing, known);
  const stillDeleting = known.filter((name) => isDeleting(listing, name));

  const tags = marksOn ? yield* readTags() : { intents: [], keys: [] };
  if ("blocked" in tags) return tags;
  const { intents, keys: tagKeys } = tags;
  const isMine = mineOf(ctx);
  const mine = intents.filter(isMine);
  const others = intents.filter((intent) => !isMine(intent));

  const namesNow = () => [
    ...known,
    ...listing.databases
      .map(({ name }) => name)
      .filter((name) => mine.some((intent) => covers(intent, name)))
      .filter((name) => !known.some((one) => sameName(one, name))),
  ];
  const recordFor = (name: string, found: Found | undefined) => {
    const record = entryOf(records, name);
    return record && found && !markOn(found) && !isSpelledAs(record, found.name) ? undefined : record;
  };
  const evidenceOf = (name: string, waited: boolean, tasks?: TaskTrace): Evidence => ({
    found: present(listing, name),
    record: recordFor(name, present(listing, name)),
    intents: mine.filter((intent) => covers(intent, name)),
    others: others.find((intent) => covers(intent, name))?.id,
    // What is to go would be dropped, whoever made it.
    claim: !rules.claimDeclared || declared.some((one) => sameName(one, name)) ? wanted.claim : [],
    own: ctx.own,
    marksOn,
    tasks,
    waited,
  });
  const judgeAll = (waited: boolean, tasks?: ReadonlyMap<string, TaskTrace>) =>
    new Map(
      namesNow()
        .sort()
        .map((name) => [name, judge(evidenceOf(name, waited, tasks?.get(name)), rules)] as const),
    );
  /** What an intent covers that is neither known by name nor listed: only its hash is known. */
  const isUnresolved = () => {
    const hashes = new Set(namesNow().map(nameHash));
    return mine.some(({ names }) => names.some((hash) => !hashes.has(hash)));
  };

  const isExpected = ([name, { kind }]: readonly [string, Verdict]) =>
    kind === "expected" && (rules.waitForAllCovered || declared.includes(name));

  let verdicts: ReadonlyMap<string, Verdict>;
  for (let waited = false, isSure = false; ;) {
    if (listing.isInstanceGone) return gone;
    verdicts = judgeAll(waited);
    for (const name of verdicts.keys()) if (present(listing, name)) shown.add(nameKey(name));
    const expected = [...verdicts].filter(isExpected).map(([name]) => name);
    if (!waited && (expected.length > 0 || (rules.waitForAllCovered && isUnresolved()))) {
      // Rule 5: the grace is waited for every name that a record or an intent of ours covers, declared or not.
      listing = yield* ask({ call: "databases", wait: "listing", names: expected });
      waited = listing.timedOut;
      isSure = false;
    } else if (!isSure) {
      listing = yield* certain(ctx, listing, [...shown]);
      isSure = true;
    } else break;
  }
  // Someone has begun to drop one meanwhile: waited for like the others, with what the tags say then.
  if (known.some((name) => isDeleting(listing, name) && !stillDeleting.includes(name)))
    return yield* observe(ctx, wanted, how);

  const tasks = new Map<string, TaskTrace>();
  for (const [name, verdict] of verdicts) {
    if (verdict.kind !== "needsTasks") continue;
    const { id } = verdict;
    const time = mine.find((intent) => intent.id === id)?.time ?? 0;
    const window = { from: time, until: time + tasksBeginWithin };
    const source = Object.entries(wanted.names).find(([, target]) => target === name)?.[0];
    const others = [
      ...Object.entries(wanted.names).flat(),
      ...Object.keys(records),
      ...(ctx.declared ?? []),
    ].filter((other) => !sameName(other, name) && !(source !== undefined && sameName(other, source)));
    const asked = { name, source, others, id, ...(rules.tasksWindow ? { window } : {}) };
    tasks.set(name, yield* ask({ call: "tasks", ...asked }));
  }
  if (tasks.size > 0) verdicts = judgeAll(true, tasks);
  const judged = [...verdicts].map(([name, verdict]) => {
    return [name, { verdict, found: present(listing, name) }] as const;
  });
  yield* ask({ call: "judged", verdicts: new Map(judged) });
  return { listing, verdicts, records, mine, others, tagKeys, stillDeleting };
}

/** The intents of everyone else as they are now; `undefined` where the tags do not tell. */
export function* othersNow(ctx: Context): Calls<readonly Intent[] | undefined> {
  if (!ctx.marksOn) return [];
  const tags = yield* readTags();
  const isMine = mineOf(ctx);
  return "blocked" in tags ? undefined : tags.intents.filter((intent) => !isMine(intent));
}

/** One look, and more if one of these names is not listed. */
export function* look(
  ctx: Context,
  names: readonly string[],
  how: { readonly recent?: true } = {},
): Calls<Listing> {
  return yield* certain(ctx, yield* ask({ call: "databases", ...how }), names);
}

/**
 * Rule 8: an absence counts after a second look. A list comes incomplete now and then: it is asked for again until it lacks
 * nothing that the one before it has shown.
 */
export function* certain(
  { rules }: Context,
  first: Listing,
  names: readonly string[],
  how: { readonly lock?: boolean } = {},
): Calls<Listing> {
  let listing = first;
  let lacked: readonly string[] = [];
  for (let looks = 1; rules.twoLooks && looks < looksAtMost; looks++) {
    const lacking = names.filter((name) => !withName(listing.databases, name));
    if (lacking.every((name) => lacked.includes(name))) break;
    lacked = lacking;
    listing = yield* ask({ call: "databases", again: true, ...how });
  }
  return listing;
}

/** Lists that each lack another name are believed then. */
const looksAtMost = 6;

/** Whether what is listed carries the id of this record. With marks off, or before its first one, the lack of a mark has to do. */
export function isOwn(ctx: Context, found: Found, record: DatabaseRecord): boolean {
  const mark = markOn(found);
  if (mark) return mark.id === idOf(record);
  const isByRecord = record.phase !== "adopted" && (!ctx.marksOn || record.unmarked === true);
  return isByRecord && isSpelledAs(record, found.name);
}

/** The database of this name, unless it is being deleted. */
export function present({ databases }: Listing, name: string): Found | undefined {
  const found = withName(databases, name);
  return found?.status === "deleting" ? undefined : found;
}

/** What is being deleted is waited for, and then absent. */
function* untilDeleted(listing: Listing, names: readonly string[]): Calls<Listing> {
  let last = listing;
  for (;;) {
    const deleting = names.filter((name) => isDeleting(last, name));
    if (deleting.length === 0 || last.timedOut) return last;
    last = yield* ask({ call: "databases", wait: "dropping", names: deleting });
  }
}

function isDeleting({ databases }: Listing, name: string): boolean {
  return withName(databases, name)?.status === "deleting";
}

function* readTags(): Calls<Unobserved | Pick<TagsRead, "intents" | "keys">> {
  const tags = yield* ask({ call: "tags" });
  switch (tags.state) {
    case "read":
      return tags;
    // Unreadable is not the same as none.
    case "unreadable":
      return { blocked: { kind: "tagsUnreadable", reason: "it cannot be parsed", key: tags.key } };
    case "denied":
      return { blocked: { kind: "tagsUnreadable", reason: tags.reason } };
  }
}

/**
 * An intent is ours if its id is in a record of this resource, or its owner is this resource's own and no state has
 * recorded it: then it applies to the record with its id alone.
 */
function mineOf({ records, own, rules }: Context): (intent: Intent) => boolean {
  const ids = new Set(Object.values(records).map(idOf));
  return ({ id, owner, phase }) =>
    ids.has(id) || (owner === own && (phase !== "recorded" || !rules.recordedPhase));
}

/** The records by the names that the program uses for them. */
function keyedAsDeclared(records: Records, declared: readonly string[]): Records {
  const spelled = (name: string) =>
    declared.includes(name) ? name : (declared.find((one) => sameName(one, name)) ?? name);
  return Object.fromEntries(Object.entries(records).map(([name, record]) => [spelled(name), record]));
}
