import type { Cloud } from "../cloud";
import type { Outcome, PlayedEngine, Program } from "../engine";
import type { Hands } from "../hands";
import type { Sometimes } from "./sometimes";
import type { VirtualTime } from "../virtualTime";

/** An operation that ended. */
export interface Ended {
  readonly stack: number;
  readonly kind: "up" | "refresh" | "destroy";
  readonly outcome: Outcome;
  /** Index of its last call. */
  readonly lastCall: number;
  /** Targets that the state names after it. */
  readonly targets: readonly string[];
}

interface Began {
  readonly stack: number;
  readonly program: Program | undefined;
  readonly at: number;
  readonly firstCall: number;
}

/** Watches what must always hold while a storm plays. */
export interface Watch {
  readonly violations: readonly string[];
  readonly outcomes: readonly Ended[];
  violated(sentence: string): void;
  begin(stack: number, program: Program | undefined): Began;
  end(began: Began, kind: Ended["kind"], outcome: Outcome): void;
  isForeign(instanceId: string, name: string): boolean;
  foreignMade(instanceId: string, name: string, hands: Hands): void;
  foreignTaken(instanceId: string, name: string, content: string): void;
  foreignGone(instanceId: string, name: string): void;
  /** Somebody dropped a database of ours while a run was under way, and then made one of that name. */
  goneMeanwhile(instanceId: string, name: string): void;
  madeMeanwhile(): void;
  /** What happened that the calls and the messages do not tell. */
  readonly sometimes: ReadonlySet<Sometimes>;
  /** People remove what stands in the way of a declared name, as the message asks. Whether there was anything. */
  clearTheWay(errors: readonly string[], hands: Hands): boolean;
  /** Two stacks that declare one name: the one that came second is refused for good, and rightly so. */
  isRightfulRefusal(errors: readonly string[], killed: readonly Program[]): boolean;
  /** Whether a state tells of a database of this name that has no mark. */
  isRecordedUnmarked(instanceId: string, name: string): boolean;
  /** Whether a state knows this database and the mark that it carries. */
  hasRecordedMark(
    instanceId: string,
    database: { readonly name: string; readonly description: string },
  ): boolean;
  /**
   * A run of this program was killed, and another program follows: what the killed run made is in no state,
   * and only its own program finds it again. A documented limit.
   */
  mayBeLeft(program: Program): void;
  /** A stack whose run ended well: what its state says is true. */
  finished(stack: number): void;
  nothingLeft(): void;
}

export function watchInvariants(cloud: Cloud, engines: readonly PlayedEngine[], time: VirtualTime): Watch {
  const violations: string[] = [];
  const outcomes: Ended[] = [];
  const foreign = new Map<string, string>([
    ["rm-staging/reports", "reports-of-others"],
    ["rm-qa/fixtures", "fixtures-of-others"],
  ]);
  const left = new Set<string>();
  const sometimes = new Set<Sometimes>();
  let goneByHand = new Set<string>();
  let made = 0;
  const keyOf = (instanceId: string, name: string) => `${instanceId}/${name}`;
  const find = (key: string) => {
    const [instanceId = "", name = ""] = key.split("/");
    return cloud.world.instances
      .find(({ id }) => id === instanceId)
      ?.databases.find((one) => one.name.toLowerCase() === name.toLowerCase());
  };
  const recorded = () =>
    engines.flatMap(({ state }) =>
      Object.values(state).flatMap(({ outputs }) =>
        Object.values(outputs.databases).map(({ targetName, mark }) => ({
          key: keyOf(outputs.targetDbInstanceId, targetName),
          mark,
        })),
      ),
    );
  const violated = (sentence: string) => void violations.push(sentence);

  function foreignUntouched(): void {
    for (const [key, content] of foreign) {
      const database = find(key);
      if (!database) violated(`the foreign database ${key} is gone`);
      else if (database.content !== content)
        violated(`the foreign database ${key} holds ${database.content}, not ${content}`);
    }
  }

  /** Between two copy calls for one name there was a look at its target. */
  function looksBetween(first: number): void {
    const seen = new Set<string>();
    for (const { action, params, status } of cloud.calls.slice(first)) {
      if (action === "DescribeDatabases") {
        for (const key of [...seen]) if (key.startsWith(`${params["DBInstanceId"] ?? ""}/`)) seen.delete(key);
      }
      if (action !== "CopyDatabaseBetweenInstances") continue;
      for (const name of Object.values(JSON.parse(params["DbNames"] ?? "{}") as Record<string, string>)) {
        const key = keyOf(params["TargetDBInstanceId"] ?? "", name);
        if (seen.has(key)) violated(`${key} was asked for twice without a look (the second: ${status})`);
        seen.add(key);
      }
    }
  }

  /** A name is filled again only after its database went away. */
  function noDoubleCopies(): void {
    for (const key of cloud.doubled())
      violated(`${key} was copied although an accepted copy of it was under way`);
  }

  /** In an update the new names run before an old one goes. */
  function newNamesFirst({ stack, outcome }: Ended, first: number, program: Program): void {
    for (const [name, { outputs }] of Object.entries(engines[stack]?.state ?? {})) {
      if (!outcome.steps.includes(`update ${name}`) || outcome.steps.includes(`delete ${name}`)) continue;
      const declared = Object.values((program[name]?.["dbNames"] ?? {}) as Record<string, string>);
      for (const { action, params, running = [], status } of cloud.calls.slice(first)) {
        const dropped = params["DBName"] ?? "";
        if (
          action !== "DeleteDatabase" ||
          status !== 200 ||
          params["DBInstanceId"] !== outputs.targetDbInstanceId
        )
          continue;
        if (!before.get(stack)?.[name]?.includes(dropped.toLowerCase())) continue;
        const runs = (target: string) => running.some((one) => one.toLowerCase() === target.toLowerCase());
        const missing = declared.filter(
          (target) =>
            !runs(target) &&
            !isForeign(outputs.targetDbInstanceId, target) &&
            !goneByHand.has(keyOf(outputs.targetDbInstanceId, target).toLowerCase()),
        );
        if (missing.length > 0) violated(`${dropped} was dropped before ${missing.join()} ran`);
      }
    }
  }
  /** By resource: its version, and which copy call filled each of its databases, when a run of it ended well. */
  const versions = new Map<string, { readonly version: string; readonly filledBy: Record<string, number> }>();

  /** Whatever waits for fresh data hangs on the version: it must change when a database was filled. */
  function versionsChange(stack: number): void {
    for (const [name, { outputs }] of Object.entries(engines[stack]?.state ?? {})) {
      const filledBy: Record<string, number> = {};
      for (const { targetName, origin, status } of Object.values(outputs.databases)) {
        const key = keyOf(outputs.targetDbInstanceId, targetName);
        if (origin === "copied" && status === "Running")
          filledBy[key] = lastCopies.get(copyKey(stack, key)) ?? -1;
      }
      const before = versions.get(`${stack} ${name}`);
      const news = Object.keys(filledBy).filter((key) => before && before.filledBy[key] !== filledBy[key]);
      if (before?.version === outputs.dataVersion && news.length > 0)
        violated(`${news.join()} was filled, and the version of the data is the same as before`);
      versions.set(`${stack} ${name}`, { version: outputs.dataVersion, filledBy });
    }
  }

  /** Index of the last copy call of each stack for a database. */
  const lastCopies = new Map<string, number>();
  const copyKey = (stack: number, key: string) => `${stack} ${key.toLowerCase()}`;
  function noteCopies(stack: number, firstCall: number): void {
    for (const [index, { action, status, params }] of cloud.calls.slice(firstCall).entries()) {
      if (action !== "CopyDatabaseBetweenInstances" || status !== 200) continue;
      for (const name of Object.values(JSON.parse(params["DbNames"] ?? "{}") as Record<string, string>))
        lastCopies.set(copyKey(stack, keyOf(params["TargetDBInstanceId"] ?? "", name)), firstCall + index);
    }
  }

  /** Databases of each resource when the operation began, by stack. */
  const before = new Map<number, Readonly<Record<string, readonly string[]>>>();
  const isForeign = (instanceId: string, name: string) =>
    [...foreign.keys()].some((key) => key.toLowerCase() === keyOf(instanceId, name).toLowerCase());

  function sentences({ outcome, stack, kind }: Ended): void {
    for (const error of outcome.errors) {
      if (!/rm-(prod|staging|qa)/.test(error))
        violated(`${kind} of stack ${stack}: the failure names no instance: ${error}`);
      if (/\bundefined\b|\[object|NaN/.test(error))
        violated(`${kind} of stack ${stack}: the failure is no sentence: ${error}`);
    }
  }

  return {
    violations,
    outcomes,
    violated,
    sometimes,
    goneMeanwhile(instanceId, name) {
      goneByHand.add(keyOf(instanceId, name).toLowerCase());
      sometimes.add("dropped in the middle of a run");
    },
    madeMeanwhile: () => void sometimes.add("made anew in the middle of a run"),
    begin(stack, program) {
      goneByHand = new Set();
      const saved = Object.entries(engines[stack]?.state ?? {});
      const namesOf = ([name, { outputs }]: (typeof saved)[number]) =>
        [name, Object.values(outputs.databases).map(({ targetName }) => targetName.toLowerCase())] as const;
      before.set(stack, Object.fromEntries(saved.map(namesOf)));
      return { stack, program, at: time.now(), firstCall: cloud.calls.length };
    },
    end({ stack, program, at, firstCall }, kind, outcome) {
      const targets = Object.values(engines[stack]?.state ?? {}).map(
        ({ outputs }) => outputs.targetDbInstanceId,
      );
      const ended = { stack, kind, outcome, lastCall: cloud.calls.length - 1, targets };
      outcomes.push(ended);
      foreignUntouched();
      looksBetween(firstCall);
      noDoubleCopies();
      sentences(ended);
      for (const overlap of cloud.overlaps()) violated(`two changing calls met: ${overlap}`);
      if (kind === "up") newNamesFirst(ended, firstCall, program ?? {});
      noteCopies(stack, firstCall);
      if (kind === "up" && outcome.errors.length === 0 && !outcome.killed) this.finished(stack);
      // Two hours for a create, half an hour for a delete before it, and a little for the reads around them.
      if (time.now() - at > 2.7 * 3_600_000)
        violated(`${kind} of stack ${stack} took ${(time.now() - at) / 60_000} minutes`);
    },
    isForeign: (instanceId, name) => foreign.has(keyOf(instanceId, name)),
    foreignMade(instanceId, name, hands) {
      made++;
      hands.make(instanceId, name, `foreign-${made}`);
      foreign.set(keyOf(instanceId, name), `foreign-${made}`);
    },
    foreignTaken: (instanceId, name, content) => void foreign.set(keyOf(instanceId, name), content),
    foreignGone: (instanceId, name) => void foreign.delete(keyOf(instanceId, name)),
    clearTheWay(errors, hands) {
      let cleared = false;
      for (const { instanceId, name } of takenNames(errors.join("\n"))) {
        const wanted = keyOf(instanceId, name).toLowerCase();
        const key = [...foreign.keys(), ...left].find((one) => one.toLowerCase() === wanted);
        if (key === undefined) continue;
        hands.drop(instanceId, key.split("/")[1] ?? "");
        foreign.delete(key);
        cleared = true;
      }
      return cleared;
    },
    isRecordedUnmarked: (instanceId, name) =>
      recorded().some(
        (one) => one.key.toLowerCase() === keyOf(instanceId, name).toLowerCase() && one.mark === undefined,
      ),
    hasRecordedMark: (instanceId, { name, description }) =>
      recorded().some((one) => one.key === keyOf(instanceId, name) && one.mark === description),
    isRightfulRefusal: (errors, killed) =>
      errors.every((error) => {
        const taken = takenNames(error);
        return (
          taken.length > 0 &&
          taken.every(({ instanceId, name }) => {
            const key = keyOf(instanceId, name).toLowerCase();
            const others = killed.flatMap(namesOf);
            return recorded().some((one) => one.key.toLowerCase() === key) || others.includes(key);
          })
        );
      }),
    finished(stack) {
      versionsChange(stack);
      for (const { outputs } of Object.values(engines[stack]?.state ?? {})) {
        for (const { targetName, status, sourceName, origin, restorePoint, mark } of Object.values(
          outputs.databases,
        )) {
          const key = keyOf(outputs.targetDbInstanceId, targetName);
          const database = find(key);
          if (status === "Foreign" || foreign.has(key)) continue;
          // Drift since the last refresh is the next refresh's business.
          if (!database || database.status === "Deleting" || (mark && database.description !== mark))
            continue;
          if (status !== "Running" || database.status !== "Running")
            violated(`${key} is ${database.status} and recorded as ${status}`);
          if (origin !== "copied") continue;
          const point = restorePoint?.kind === "backup" ? restorePoint.backupId : "nothing";
          if (database.content !== `${sourceName}-${point}`)
            violated(`${key} holds ${database.content}; its restore point says ${sourceName}-${point}`);
        }
      }
    },
    mayBeLeft(program) {
      for (const inputs of Object.values(program)) left.add(String(inputs["targetDbInstanceId"]));
      for (const key of namesOf(program)) left.add(key);
    },
    nothingLeft() {
      for (const { id, tags, databases } of cloud.world.instances) {
        if (id === "rm-prod") continue;
        for (const key of Object.keys(tags))
          if (key.startsWith("pulumi-") && !left.has(id)) violated(`the receipt ${key} is left on ${id}`);
        for (const { name, description } of databases) {
          if (left.has(keyOf(id, name.toLowerCase()))) continue;
          if (!foreign.has(keyOf(id, name)))
            violated(`the database ${id}/${name} is left behind (${description})`);
          else if (description.startsWith("pulumi-"))
            violated(`the mark ${description} is left on ${id}/${name}`);
        }
      }
      foreignUntouched();
    },
  };
}

/** The databases that a program declares, as "instance/name" without case. */
function namesOf(program: Program): string[] {
  return Object.values(program).flatMap((inputs) =>
    Object.values(inputs["dbNames"] as Record<string, string>).map((name) =>
      `${String(inputs["targetDbInstanceId"])}/${name}`.toLowerCase(),
    ),
  );
}

/** The names that a refusal says are in the way: of a copy, or of the copy that a replacement would make. */
function takenNames(error: string): { readonly instanceId: string; readonly name: string }[] {
  const names = [...error.matchAll(/Instance (?<instanceId>rm-\w+) already has a database (?<name>\w+) /g)];
  if (error.includes("the new copy would be refused"))
    names.push(...error.matchAll(/Database (?<name>\w+) on (?<instanceId>rm-\w+) (is not|was made)/g));
  return names.map(({ groups = {} }) => ({
    instanceId: groups["instanceId"] ?? "",
    name: groups["name"] ?? "",
  }));
}
