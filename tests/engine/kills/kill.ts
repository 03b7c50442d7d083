import { isDeepStrictEqual } from "node:util";
import type { JournalEntry } from "alicloud-rds-simulator";
import { changesIn } from "../harness/changes";
import type { CliRun } from "../harness/cli";
import { copiedStage } from "../harness/copiedStage";
import { openStage, type CallMoment, type Stage } from "../harness/stage";
import { killWorld, type KillScenario } from "./scenarios";

/** How a scenario ends when nobody disturbs it. */
export interface Undisturbed {
  /** The actions that were called, in order. */
  readonly actions: readonly string[];
  readonly end: End;
}

/** What became of one kill. */
export interface Killed {
  readonly scenario: string;
  /** The call after which the CLI was killed, from 1, and its action. */
  readonly call: number;
  readonly action: string;
  /** What each run after it did, until one succeeded. */
  readonly recovery: readonly string[];
  /** What is not as it is undisturbed, or needed a hand. */
  readonly complaints: readonly string[];
}

/** What must be the same in the end. */
interface End {
  /** Databases with content, rights and mark, and tags. */
  readonly world: unknown;
  readonly state: unknown;
  /** How many copies and drops of each name were accepted. */
  readonly changes: Readonly<Record<string, number>>;
}

export async function runUndisturbed(scenario: KillScenario): Promise<Undisturbed> {
  await using stage = await prepared(scenario);
  const before = stage.simulator.journal().length;
  await succeeds(stage.up());
  const actions = stage.simulator.journal().slice(before);
  return { actions: actions.map(({ action }) => action), end: await endOf(stage) };
}

/**
 * Kills the CLI's process group when a call was carried out and before it is answered, and with it its plugins if
 * that is asked for; then lets calm runs set it right.
 */
export async function killAfter(
  scenario: KillScenario,
  moment: CallMoment,
  undisturbed: Undisturbed,
  kill: "killGroup" | "killAll" = "killGroup",
): Promise<Killed> {
  await using stage = await prepared(scenario);
  const before = stage.simulator.journal().length;
  const news = () => stage.simulator.journal().slice(before);
  using running = await stage.start("up", "--yes", "--skip-preview");
  const killed = new Promise<number | undefined>((resolve) => {
    stage.onceCalled(moment, (calls) => {
      running[kill]();
      resolve(calls);
    });
    void running.ended.then(() => resolve(undefined));
  });
  const call = await killed;
  // Its waits were shorter than usual, and it was done before that call.
  if (call === undefined) return killAfter(scenario, { nth: news().length - 1 }, undisturbed, kill);
  const action = news()[call - 1]?.action ?? "";
  await running.ended;

  const recovery: string[] = [];
  const complaints: string[] = [];
  const claim: string[] = [];
  stage.changes();
  for (let runs = 0; ; runs++) {
    await stage.unlock();
    const up = await stage.up();
    recovery.push(whatItDid(up, stage.changes()));
    if (up.exitCode === 0) break;
    // The provider process of the killed CLI may have gone on for some calls: what it did counts, and a refused run changes nothing.
    const isInWindow = news().some(isHandOver);
    const ids = [...up.text.matchAll(/claim: \["(\w{8})"\]/g)].map(([, id = ""]) => id);
    if (isInWindow && ids.some((id) => !claim.includes(id))) {
      // Limit L7: the line that the message gives is added to the program.
      claim.push(...new Set(ids));
      recovery.push(`by hand: claim: ["${[...new Set(ids)].join()}"]`);
      await stage.program(scenario.act(claim));
      continue;
    }
    if (runs >= 1) {
      complaints.push(`two runs of up were not enough: ${up.text}`);
      break;
    }
  }
  const preview = await stage.preview("--expect-no-changes");
  if (preview.exitCode !== 0) complaints.push(`the preview after it is not empty: ${preview.text}`);
  const end = await endOf(stage);
  for (const part of ["world", "state", "changes"] as const) {
    if (!isDeepStrictEqual(end[part], undisturbed.end[part])) {
      complaints.push(
        `${part}: ${JSON.stringify(end[part])} instead of ${JSON.stringify(undisturbed.end[part])}`,
      );
    }
  }
  return { scenario: scenario.name, call, action, recovery, complaints };
}

/** An intent is taken off, or handed to the state: from here to the saving of the state an interrupted run needs a hand. */
function isHandOver({ action, parameters, status }: JournalEntry): boolean {
  return (
    status === 200 && (action === "UntagResources" || /^1:\w+:\w+:r:/.test(parameters["Tag.1.Value"] ?? ""))
  );
}

const stageOptions = { world: killWorld, clock: "virtual" } as const;

async function prepared({ before, act }: KillScenario): Promise<Stage> {
  const stage =
    before === undefined ? await openStage(stageOptions) : await copiedStage(before, stageOptions);
  await stage.program(act());
  return stage;
}

async function succeeds(run: Promise<CliRun>): Promise<void> {
  const { exitCode, text } = await run;
  if (exitCode !== 0) throw new Error(`an undisturbed run failed:\n${text}`);
}

/** "create: went on with its copy", "update: copy billing from backup 1002; drop crm", "nothing was left to do". */
function whatItDid({ exitCode, text }: CliRun, changes: readonly string[]): string {
  const step = ["replace", "create", "update"].find((kind) =>
    new RegExp(`DatabaseCopy copy ${kind.slice(0, -1)}(ed|ing)`).test(text),
  );
  const did = [
    ...(text.includes("by an interrupted run of this resource")
      ? ["knew the interrupted run by its intent or marks"]
      : []),
    ...changes,
  ];
  const how = did.length > 0 ? did.join("; ") : "waited, changed nothing";
  return `${exitCode === 0 ? "" : "failed, "}${step === undefined ? "nothing was left to do" : `${step}: ${how}`}`;
}

async function endOf(stage: Stage): Promise<End> {
  const { instances } = stage.simulator.world();
  const resource = await stage.resource();
  const changes: Record<string, number> = {};
  for (const entry of stage.simulator.journal()) {
    for (const change of namesIn(entry)) changes[change] = (changes[change] ?? 0) + 1;
  }
  return {
    world: instances.map(({ id, tags, databases }) => ({
      id,
      tags,
      databases: databases
        .map(({ name, status, content, users, description }) => ({
          name,
          status,
          content,
          users,
          // Ids differ from run to run, and what is claimed has no lineage.
          mark: description.replace(/^(pulumi-\w+)-\w{8}-(\w+).*$/, "$1 $2"),
        }))
        .sort((left, right) => (left.name < right.name ? -1 : 1)),
    })),
    state: { outputs: timeless(resource?.outputs), initErrors: resource?.initErrors },
    changes,
  };
}

/** "copy orders" and "drop crm": the databases that an accepted call changes. */
function namesIn(entry: JournalEntry): string[] {
  if (changesIn([entry]).length === 0) return [];
  if (entry.action === "DeleteDatabase") return [`drop ${entry.parameters["DBName"] ?? ""}`];
  const names = JSON.parse(entry.parameters["DbNames"] ?? "{}") as Record<string, string>;
  return Object.values(names).map((name) => `copy ${name}`);
}

/** Outputs without what differs from run to run: moments, ids and the port of the simulator, and what a claimed database does not tell of itself. */
function timeless(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(timeless);
  if (typeof value !== "object" || value === null) return value;
  const passing = [
    "id",
    "claim",
    "source",
    "requestId",
    "dataVersion",
    "startedAt",
    "completedAt",
    "askedAt",
    "copiedAt",
    "backupTime",
    // Each stage has a simulator of its own.
    "endpoint",
  ];
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (passing.includes(key) ? [] : [[key, timeless(inner)]])),
  );
}
