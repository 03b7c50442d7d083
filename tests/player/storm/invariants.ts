import { nameKey } from "../../../provider/src/copy/databaseNames";
import type { CallRecord, Cloud } from "../cloud";
import type { Outcome, PlayedEngine, Program } from "../engine";
import type { VirtualTime } from "../virtualTime";
import { targetsOf } from "../wayOut";
import { namesOfCopy, recordsOf } from "./limits";
import { truthKey, type Truth, type Truths } from "./truth";

/** An operation that ended. */
export interface Ended {
  readonly stack: number;
  readonly kind: "up" | "refresh" | "destroy";
  readonly program: Program;
  readonly outcome: Outcome;
  readonly began: number;
  /** Its own calls. */
  readonly calls: readonly CallRecord[];
  /** The names of each resource when it began, and its instance. */
  readonly before: Readonly<Record<string, readonly string[]>>;
  readonly places: Readonly<Record<string, string>>;
  /** Something outside of it changed what it worked on, or was to: hands, another stack, answers that nobody can foresee. */
  readonly isDisturbed: boolean;
}

export interface Watched {
  readonly cloud: Cloud;
  readonly engines: readonly PlayedEngine[];
  readonly truths: Truths;
  readonly time: VirtualTime;
  violated(sentence: string): void;
}

/** What must hold whenever an operation has ended. */
export function watchOperations(watched: Watched): {
  ended(operation: Ended): void;
} {
  const { cloud, engines, truths, time, violated } = watched;
  /** By resource: its version, and which copy call filled each of its databases, when a run of it ended well. */
  const versions = new Map<string, { readonly version: string; readonly filledBy: Record<string, number> }>();
  /** Index of the last copy call of each stack for a database. */
  const lastCopies = new Map<string, number>();
  const lateCopies = new Set<number>();
  let noted = 0;

  function noteCopies(): void {
    for (; noted < cloud.calls.length; noted++) {
      const { action, params, status, process } = cloud.calls[noted] ?? fail();
      if (action !== "CopyDatabaseBetweenInstances" || status !== 200) continue;
      for (const name of namesOfCopy(params))
        lastCopies.set(`${process.stack} ${truthKey(params["TargetDBInstanceId"] ?? "", name)}`, noted);
    }
  }

  /** Whatever waits for fresh data hangs on the version: it must change when a database was filled. */
  function versionsChange({ stack, state }: PlayedEngine): void {
    for (const [resource, { outputs }] of Object.entries(state)) {
      const filledBy: Record<string, number> = {};
      for (const [name, record] of Object.entries(outputs.databases)) {
        const key = truthKey(outputs.targetDbInstanceId, name);
        // Of a copy that outlived its engine (limit L4) nobody knows; a mark that somebody writes on it says that it is the old one.
        const copy = lastCopies.get(`${stack} ${key}`) ?? -1;
        if (truths.at(outputs.targetDbInstanceId, name)?.isLate) lateCopies.add(copy);
        // Also once somebody has dropped it.
        if (record.phase === "filled" && !lateCopies.has(copy)) filledBy[key] = copy;
      }
      const before = versions.get(`${stack} ${resource}`);
      const news = Object.keys(filledBy).filter((key) => before && before.filledBy[key] !== filledBy[key]);
      if (before?.version === outputs.dataVersion && news.length > 0)
        violated(`${news.join()} was filled, and the version of the data is the same as before`);
      versions.set(`${stack} ${resource}`, { version: outputs.dataVersion, filledBy });
    }
  }

  /** Success compares marks: what is recorded as filled is there, runs, carries its mark and holds its data. */
  function finished(stack: number, run: Ended): void {
    const engine = engines[stack] ?? fail();
    // A resource may be done long before the run is.
    const isOne = new Set(run.outcome.steps.map((step) => step.split(" ")[1])).size === 1;
    const lastLook = run.calls.findLast(({ action }) => action === "DescribeDatabases")?.at;
    const since = (isOne ? lastLook : run.began) ?? time.now();
    versionsChange(engine);
    for (const [resource, { outputs }] of Object.entries(engine.state)) {
      // What a run did not look at may have changed since the last refresh.
      if (!run.outcome.steps.some((step) => step.endsWith(` ${resource}`))) continue;
      // An update that only records other inputs looks at nothing, and leaves the time when the work began.
      if (Date.parse(outputs.startedAt) + 1000 <= run.began) continue;
      for (const [name, record] of Object.entries(outputs.databases)) {
        if (record.phase === "adopted" || record.status === "Foreign") continue;
        const key = truthKey(outputs.targetDbInstanceId, name);
        if (truths.changedSince(outputs.targetDbInstanceId, name, run.outcome.process, since)) continue;
        const database = databaseAt(cloud, outputs.targetDbInstanceId, name);
        const truth = truths.at(outputs.targetDbInstanceId, name);
        if (!database || database.status !== "Running")
          violated(`${key} is ${database?.status ?? "gone"} after success`);
        else if (truth?.by !== "ours" || truth.stack !== engine.stack || truth.edited)
          violated(`${key} is recorded by ${engine.stack} after success, and it is ${whose(truth)}`);
        else if (!database.description.includes(`-${record.id}-`))
          violated(`${key} carries ${database.description || "no mark"} after success, not ${record.id}`);
        const point = record.point.kind === "backup" ? record.point.backupId : record.point.restoreTime;
        if (database && record.source !== undefined && database.content !== `${record.source}-${point}`)
          violated(`${key} holds ${database.content}; its record says ${record.source}-${point}`);
      }
    }
  }

  /** Every stranger's database holds what it held. */
  function strangersUntouched(): void {
    for (const truth of truths.all()) {
      if (truth.by !== "stranger") continue;
      const [instanceId = "", name = ""] = truth.key.split("/");
      const database = databaseAt(cloud, instanceId, name);
      if (!database) violated(`somebody's ${truth.key} is gone`);
      else if (database.content !== truth.content)
        violated(`somebody's ${truth.key} holds ${database.content}, not ${truth.content}`);
    }
  }

  /** Between two copy calls for one name there was a look at its target. */
  function looksBetween({ calls }: Ended): void {
    const seen = new Set<string>();
    for (const { action, params, status } of calls) {
      if (action === "DescribeDatabases")
        for (const key of [...seen]) if (key.startsWith(`${params["DBInstanceId"] ?? ""}/`)) seen.delete(key);
      if (action !== "CopyDatabaseBetweenInstances") continue;
      for (const name of namesOfCopy(params)) {
        const key = truthKey(params["TargetDBInstanceId"] ?? "", name);
        if (seen.has(key)) violated(`${key} was asked for twice without a look (the second: ${status})`);
        seen.add(key);
      }
    }
  }

  /** In an update the new names run before an old one goes. */
  function newNamesFirst({ stack, outcome, calls, program, before, began }: Ended): void {
    for (const [resource, { outputs }] of Object.entries((engines[stack] ?? fail()).state)) {
      const isUpdate =
        outcome.steps.includes(`update ${resource}`) && !outcome.steps.includes(`delete ${resource}`);
      const instanceId = outputs.targetDbInstanceId;
      if (!isUpdate) continue;
      for (const { action, params, running = [], status, process, at } of calls) {
        const dropped = params["DBName"]?.toLowerCase() ?? "";
        if (action !== "DeleteDatabase" || status !== 200 || params["DBInstanceId"] !== instanceId) continue;
        if (!before[resource]?.includes(dropped)) continue;
        const missing = targetsOf(program[resource] ?? {}).filter((name) => {
          const isRunning = running.some((one) => one.toLowerCase() === name);
          // Somebody dropped it since this run looked at it.
          return !isRunning && at >= began && !truths.changedSince(instanceId, name, process, began);
        });
        if (missing.length > 0) violated(`${dropped} was dropped before ${missing.join()} ran`);
      }
    }
  }

  /** Nothing was dropped for a replacement that is then refused for a reason that could be known before. */
  function notInVain({ stack, outcome, isDisturbed, calls, program }: Ended): void {
    const { state } = engines[stack] ?? fail();
    if (isDisturbed || outcome.killed) return;
    for (const [resource, { pendingReplacement }] of Object.entries(state)) {
      const isInThisRun =
        outcome.steps.includes(`delete ${resource}`) && outcome.steps.includes(`create ${resource}`);
      const isDropped = calls.some(({ action, status }) => action === "DeleteDatabase" && status === 200);
      // Another copy may keep the instance busy to the timeout: one of this run, or any where "off" is the user's word not to look.
      const isBusyUnlooked =
        (program[resource]?.["preflight"] === "off" ||
          calls.some((call) => isOfAnother(call, program, resource))) &&
        outcome.errors.some((line) => line.includes("IncorrectDBInstanceState"));
      if (pendingReplacement && isInThisRun && isDropped && !isBusyUnlooked)
        violated(`dropped for a replacement that is then refused: ${outcome.errors.join(" | ")}`);
    }
  }

  /** A copy that was accepted, on the instance of this resource and for another one. */
  function isOfAnother({ action, params, status }: CallRecord, program: Program, resource: string): boolean {
    if (action !== "CopyDatabaseBetweenInstances" || status !== 200) return false;
    const { [resource]: own = {} } = program;
    const isHere = params["TargetDBInstanceId"] === own["targetDbInstanceId"];
    return isHere && !namesOfCopy(params).some((name) => targetsOf(own).includes(name.toLowerCase()));
  }

  /** A database is recorded under its mark by one resource. What carries a mark is not adopted; what was adopted may be replaced later. */
  function oneHolder({ stack, before }: Ended): void {
    for (const truth of truths.all()) {
      if (truth.by !== "ours" || truth.edited) continue;
      const [instanceId = "", name = ""] = truth.key.split("/");
      const description = databaseAt(cloud, instanceId, name)?.description ?? "";
      const all = recordsOf({ instanceId, name }, { engines });
      const holders = all.filter(
        ({ record }) => record.phase !== "adopted" && description.includes(`-${record.id}-`),
      );
      const adopting = all.filter(
        ({ engine, resource, record }) =>
          engine === engines[stack] &&
          record.phase === "adopted" &&
          !before[resource]?.includes(nameKey(name)),
      );
      const both = [...holders, ...adopting];
      if (both.length > 1 && holders.length > 0)
        violated(
          `${truth.key} is recorded by ${both.map((one) => `${one.engine.stack}/${one.resource}`).join()}`,
        );
    }
  }

  function sentences({ outcome, kind, stack }: Ended): void {
    for (const error of outcome.errors) {
      if (!/rm-(prod|staging|qa)/.test(error))
        violated(`${kind} of stack ${stack}: the failure names no instance: ${error}`);
      if (/\bundefined\b|\[object|NaN|<id>/.test(error))
        violated(`${kind} of stack ${stack}: the failure is no sentence: ${error}`);
    }
  }

  /** What a run names to a person is not lost sight of. */
  function noteTold({ outcome }: Ended): void {
    const lines = [...outcome.errors, ...outcome.warnings, ...outcome.infos].flatMap((text) =>
      text.split("\n"),
    );
    for (const line of lines) {
      const groups = /Database (?<name>\w+) on (?<instanceId>rm-\w+) /.exec(line)?.groups;
      if (!groups || !/left in place|may be left over|nothing shows|no longer managed/.test(line)) continue;
      const truth = truths.at(groups["instanceId"] ?? "", groups["name"] ?? "");
      if (!truth) continue;
      truth.told = true;
      if (/may be left over|no longer managed/.test(line)) truth.wasNamed = true;
    }
  }

  return {
    ended(operation) {
      const { kind, outcome, began } = operation;
      noteCopies();
      noteTold(operation);
      strangersUntouched();
      looksBetween(operation);
      sentences(operation);
      notInVain(operation);
      oneHolder(operation);
      for (const overlap of cloud.overlaps()) violated(`two changing calls met: ${overlap}`);
      if (kind === "up") newNamesFirst(operation);
      if (kind === "up" && outcome.errors.length === 0 && !outcome.killed)
        finished(operation.stack, operation);
      // Two hours for a create, half an hour for a delete before it, and a little for the reads around them.
      if (time.now() - began > 2.7 * 3_600_000)
        violated(`${kind} of stack ${operation.stack} took ${(time.now() - began) / 60_000} minutes`);
    },
  };
}

/** Everything that was made is recorded, dropped, or was named to a person; and no intent of a resource that ran stays. */
export function nothingLeft(
  { cloud, truths, violated }: Pick<Watched, "cloud" | "truths" | "violated">,
  isExcused: (truth: Truth, description: string) => boolean,
): void {
  for (const { id, databases } of cloud.world.instances) {
    if (id === "rm-prod") continue;
    for (const { name, description, status } of databases) {
      const truth = truths.at(id, name);
      if (status === "Deleting" || truth?.by !== "ours" || truth.told || isExcused(truth, description))
        continue;
      violated(
        `${id}/${name} of ${truth.stack}/${truth.resource} is lost sight of (${description || "no mark"})`,
      );
    }
  }
}

function databaseAt({ world }: Cloud, instanceId: string, name: string) {
  return world.instances
    .find(({ id }) => id === instanceId)
    ?.databases.find((one) => one.name.toLowerCase() === name.toLowerCase());
}

function whose(truth: Truth | undefined): string {
  if (!truth) return "gone";
  if (truth.by === "stranger") return `somebody's (${truth.content})`;
  return truth.edited ? "somebody's, who wrote over its mark" : `of ${truth.stack}`;
}

function fail(): never {
  throw new Error("it is not there");
}
