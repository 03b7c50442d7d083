import { intentKey, safeTags } from "../ownership/intent";
import type { Saying } from "../ownership/sayings";
import { ask, type Calls } from "./calls";
import type { Seen } from "./observe";
import type { Context, Wanted } from "./operation";
import { isDisputed } from "./run";

/** The tags of people leave no room for the intent of a copy, and nothing in this run will change that. */
export function noRoomEver({ tagKeys, mine, others }: Seen, { marksOn }: Wanted): readonly Saying[] {
  const intents = new Set([...mine, ...others].map(({ id }) => intentKey(id)));
  const keys = tagKeys.filter((key) => !intents.has(key.toLowerCase()));
  return marksOn && keys.length >= safeTags ? [{ kind: "tagsFull", keys }] : [];
}

/**
 * Before a drop: waits until there is room for the intent of the copy that follows. Intents of this resource will be taken
 * off, so they count as room, except a disputed one; those of others go when their runs end.
 */
export function* roomForIntent(
  ctx: Context,
  seen: Seen,
  wanted: Wanted,
): Calls<"free" | "waited" | readonly Saying[]> {
  const never = noRoomEver(seen, wanted);
  if (never.length > 0) return never;
  const stays = (key: string) =>
    !seen.mine.some(
      (intent) => intentKey(intent.id) === key.toLowerCase() && !isDisputed({ ctx, seen }, intent),
    );
  let keys = seen.tagKeys.filter(stays);
  if (!wanted.marksOn || keys.length < safeTags) return "free";
  for (;;) {
    const { timedOut } = yield* ask({ call: "databases", wait: "retry" });
    if (timedOut) return [{ kind: "tagsFull", keys }];
    const tags = yield* ask({ call: "tags" });
    // What became of them is for the next look to say.
    if (tags.state !== "read") return "waited";
    keys = tags.keys.filter(stays);
    if (keys.length < safeTags) return "waited";
  }
}
