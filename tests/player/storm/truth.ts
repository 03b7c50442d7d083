import { parseMark } from "../../../provider/src/ownership/mark";
import type { CallRecord, Cloud } from "../cloud";
import type { PlayedProcess } from "../process";
import { nameKey } from "../../../provider/src/copy/databaseNames";

/** What nobody can see: who made the database that is there. */
export interface Truth {
  readonly key: string;
  readonly by: "ours" | "stranger";
  /** The stack and the resource that made it, or claimed it since. */
  readonly stack?: string;
  readonly resource?: string | undefined;
  /** The run that made it. */
  readonly process?: PlayedProcess;
  /** By the provider process of a run whose engine was gone (limit L4). */
  readonly isLate?: boolean;
  readonly content: string;
  /** Some run has named it to a person. */
  told: boolean;
  /** As a possible orphan: from then on it is a stranger's (limit L14). */
  wasNamed: boolean;
  /** Somebody wrote something else over its mark. */
  edited: boolean;
}

export interface Truths {
  at(instanceId: string, name: string): Truth | undefined;
  all(): Iterable<Truth>;
  /** Somebody made it without Pulumi. */
  made(instanceId: string, name: string, content: string): void;
  gone(instanceId: string, name: string): void;
  /** Somebody wrote his own words over its mark; or wrote the mark back. */
  edited(instanceId: string, name: string, isEdited?: boolean): void;
  /** Whether somebody else has changed what is or was there within the last two seconds: limit L4. */
  isJustChanged(instanceId: string, name: string, process: PlayedProcess): boolean;
  changedSince(instanceId: string, name: string, process: PlayedProcess, at: number): boolean;
}

export function truthKey(instanceId: string, name: string): string {
  return `${instanceId}/${nameKey(name)}`;
}

/** Follows what is done to databases, and reports what is done to those of others. */
export function followTruth(
  cloud: Cloud,
  now: () => number,
  { violated, claims }: { violated(sentence: string): void; claims(stack: string): readonly string[] },
): Truths {
  const truths = new Map<string, Truth>();
  /** The last change of each name. */
  const changes = new Map<string, { readonly at: number; readonly by: PlayedProcess | undefined }[]>();
  const changed = (key: string, by: PlayedProcess | undefined) =>
    changes.set(key, [...(changes.get(key) ?? []), { at: now(), by }]);
  for (const { id, databases } of cloud.world.instances) {
    for (const { name, content } of databases) make(id, name, content);
  }

  function make(instanceId: string, name: string, content: string): void {
    const key = truthKey(instanceId, name);
    truths.set(key, { ...fresh, key, by: "stranger", content });
    changed(key, undefined);
  }

  const databasesOn = (instanceId: string) =>
    cloud.world.instances.find(({ id }) => id === instanceId)?.databases ?? [];
  const databaseOf = (instanceId: string, name: string) =>
    databasesOn(instanceId).find((one) => nameKey(one.name) === nameKey(name));

  const truthsApi: Truths = {
    at: (instanceId, name) =>
      databaseOf(instanceId, name) ? truths.get(truthKey(instanceId, name)) : undefined,
    all: () => truths.values(),
    made: make,
    gone(instanceId, name) {
      const key = truthKey(instanceId, name);
      truths.delete(key);
      changed(key, undefined);
    },
    edited(instanceId, name, isEdited = true) {
      const key = truthKey(instanceId, name);
      const truth = truths.get(key);
      if (truth) truth.edited = isEdited;
      changed(key, undefined);
    },
    isJustChanged: (instanceId, name, process) =>
      truthsApi.changedSince(instanceId, name, process, now() - 2000),
    changedSince: (instanceId, name, process, at) =>
      (changes.get(truthKey(instanceId, name)) ?? []).some((one) => one.at >= at && one.by !== process),
  };

  /** The description right before a call overwrites it. */
  let descriptionBefore = "";
  cloud.observe({
    before(_process, action, params) {
      if (action !== "ModifyDBDescription") return;
      descriptionBefore = databaseOf(params["DBInstanceId"] ?? "", params["DBName"] ?? "")?.description ?? "";
    },
    after(call) {
      if (call.status !== 200) return;
      switch (call.action) {
        case "CopyDatabaseBetweenInstances":
          return copied(call);
        case "ModifyDBDescription":
          return marked(call);
        case "DeleteDatabase":
          return dropped(call);
      }
    },
  });

  function copied({ params, process }: CallRecord): void {
    const instanceId = params["TargetDBInstanceId"] ?? "";
    for (const name of Object.values(JSON.parse(params["DbNames"] ?? "{}") as Record<string, string>)) {
      const key = truthKey(instanceId, name);
      const resource = process.declares(instanceId, name);
      const { stack } = process;
      truths.set(key, {
        ...fresh,
        key,
        by: "ours",
        stack,
        resource,
        process,
        isLate: process.killed,
        content: "",
      });
      changed(key, process);
    }
  }

  function marked({ params, process }: CallRecord): void {
    const [instanceId, name] = [params["DBInstanceId"] ?? "", params["DBName"] ?? ""];
    const key = truthKey(instanceId, name);
    const truth = truths.get(key);
    if (!truth) return;
    const isLate = truthsApi.isJustChanged(instanceId, name, process);
    changed(key, process);
    if (truth.by === "stranger" && !isLate) violated(`somebody's ${key} was marked (${truth.content})`);
    if (truth.by === "ours" && truth.edited && !isLate)
      violated(`${key} was marked although somebody wrote over its mark`);
    if (truth.by === "ours" && truth.stack !== process.stack) {
      const before = parseMark(descriptionBefore);
      if (before && claims(process.stack).includes(before.id)) {
        truths.set(key, { ...truth, stack: process.stack, resource: process.declares(instanceId, name) });
      } else if (!isLate) violated(`${key} of stack ${truth.stack} was marked by stack ${process.stack}`);
    }
  }

  function dropped({ params, process }: CallRecord): void {
    const [instanceId, name] = [params["DBInstanceId"] ?? "", params["DBName"] ?? ""];
    const key = truthKey(instanceId, name);
    const truth = truths.get(key);
    const isLate = truthsApi.isJustChanged(instanceId, name, process);
    changed(key, process);
    truths.delete(key);
    if (!truth || isLate) return;
    if (truth.by === "stranger") violated(`somebody's ${key} was dropped (${truth.content})`);
    else if (truth.edited) violated(`${key} was dropped although somebody wrote over its mark`);
    else if (truth.stack !== process.stack)
      violated(`${key} of stack ${truth.stack} was dropped by stack ${process.stack}`);
  }

  return truthsApi;
}

const fresh = { told: false, wasNamed: false, edited: false };
