import { produce } from "immer";
import type { Moment } from "../call/request.js";
import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { usedGiB } from "../world/find.js";
import { keepsLog } from "../world/kindOfInstance.js";
import type { Instance, World, WorldDraft } from "../world/schema.js";
import { momentText, parseMoment } from "../world/time.js";
import { backUpByPolicy } from "./automaticBackup.js";

const day = 24 * 3600 * 1000;

/**
 * What time does to instances by itself, at the times of their log backups: logs grow and expire, backup sets
 * are made and expire, databases grow, a full disk locks. The same world comes back if no such time has come.
 */
export function passTime(world: World, moment: Moment): World {
  const due = world.instances.filter((instance) => isDue(world, instance, moment.now));
  if (due.length === 0) return world;
  const ids = new Set(due.map(({ id }) => id));
  return produce(world, (draft) => {
    for (const instance of draft.instances) if (ids.has(instance.id)) tend(draft, instance, moment.now);
    draft.instances = draft.instances.filter((instance) => !isForgotten(draft, instance, moment.now));
  });
}

const intervalOf = (instance: Pick<Instance, "logIntervalMinutes">) => instance.logIntervalMinutes * 60_000;

const isDue = (world: World, instance: Instance, now: number): boolean =>
  now - parseMoment(instance.tendedAt) >= intervalOf(instance) || isForgotten(world, instance, now);

const isForgotten = (
  world: Pick<World, "life">,
  { releasedAt }: Pick<Instance, "releasedAt">,
  now: number,
): boolean => releasedAt !== undefined && now - parseMoment(releasedAt) >= world.life.releasedDays * day;

type InstanceDraft = WorldDraft["instances"][number];

function tend(draft: WorldDraft, instance: InstanceDraft, now: number): void {
  const since = parseMoment(instance.tendedAt);
  const until = since + Math.floor((now - since) / intervalOf(instance)) * intervalOf(instance);
  if (until <= since) return;
  instance.tendedAt = momentText(until);
  backUpByPolicy(instance, draft.life, since, until);
  growLog(instance, since, until);
  expire(instance, parseMoment(draft.now), until);
  growDatabases(instance, (until - since) / day);
}

function growLog(instance: InstanceDraft, since: number, until: number): void {
  if (!keepsLog(instance) || instance.status !== "Running") return;
  const last = instance.logs.at(-1);
  if (last !== undefined && since - parseMoment(last.to) <= intervalOf(instance)) {
    if (parseMoment(last.to) < until) last.to = momentText(until);
    return;
  }
  const based = instance.backups.some(
    ({ type, status, end }) => type === "FullBackup" && status === "Success" && parseMoment(end) <= until,
  );
  if (based) instance.logs.push({ from: momentText(since), to: momentText(until) });
}

/** What had expired before the world began was meant to be there, and stays. */
function expire(instance: InstanceDraft, worldBegan: number, now: number): void {
  const expired = (end: string, days: number) => {
    const at = parseMoment(end) + days * day;
    return at > worldBegan && at <= now;
  };
  instance.backups = instance.backups.filter(
    ({ status, end, keptDays }) => status === "Running" || !expired(end, keptDays ?? instance.retentionDays),
  );
  const oldest = now - instance.logRetentionDays * day;
  instance.logs = instance.logs
    .filter(({ to }) => !expired(to, instance.logRetentionDays))
    .map(({ from, to }) => ({
      from: expired(from, instance.logRetentionDays) ? momentText(oldest) : from,
      to,
    }));
}

function growDatabases(instance: InstanceDraft, days: number): void {
  for (const database of instance.databases) {
    if (database.status === "Running") database.sizeGiB += database.growsGiBPerDay * days;
  }
  if (instance.lockMode === "Unlock" && usedGiB(instance) >= instance.storageGiB)
    instance.lockMode = "LockByDiskQuota";
}

const about = { action: "*", basis: "inferred", source: sources.simulator } as const;

behaviour({
  ...about,
  id: "time.log-grows",
  says: "Every log interval the log is backed up, where the recovery model is full and a full set is there to begin from. It goes on where the last span ended, if that is one interval away at most; else it leaves the gap.",
});
behaviour({
  ...about,
  id: "time.backups-expire",
  says: "A set is gone when its end is retentionDays (or those of the call that made it) ago, a log when it is logRetentionDays old.",
  basis: "documented",
  source: sources.policyPage,
});
behaviour({
  ...about,
  id: "time.space-fills",
  says: "A database with growsGiBPerDay grows; an instance whose disk is full is locked as LockByDiskQuota.",
  basis: "documented",
  source: sources.statusPage,
});
