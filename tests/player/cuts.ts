import { isDeepStrictEqual } from "node:util";
import { playedCloud, type CallRecord, type Cut } from "./cloud";
import type { RestorePoint } from "../../provider/src/copy/restorePoint";
import { playedEngine, type Outcome } from "./engine";
import { handsOn } from "./hands";
import { start, type Scenario, type Stage } from "./scenarios";
import { virtualTime } from "./virtualTime";
import { follow, waysOut } from "./wayOut";

export const ways: readonly Cut[] = ["lost", "unanswered", "half", "gone", "outlived"];

/** Whether a call that only reads was carried out makes no difference. */
const waysOfReads: readonly Cut[] = ["lost", "gone", "outlived"];

/** What became of one cut. */
export interface CutResult {
  readonly scenario: string;
  readonly way: Cut;
  /** Which call of the undisturbed run was cut, from 0. */
  readonly call: number;
  readonly action: string;
  readonly sameEnd: boolean;
  /** Databases that the copy made and no state knows. */
  readonly lost: readonly string[];
  /** Databases for which more copies were accepted than undisturbed. */
  readonly doubled: readonly string[];
  /** A person had to follow the line that the refusal gave, in the window of limit L7. */
  readonly byHand: boolean;
  readonly complaints: readonly string[];
}

/** Cuts a scenario at every call, in every way, and lets two calm runs set it right. */
export async function cutEverywhere(scenario: Scenario): Promise<readonly CutResult[]> {
  const undisturbed = await play(scenario, undefined);
  const results: CutResult[] = [];
  for (const [call, action] of undisturbed.actions.entries()) {
    for (const way of /^(Describe|List)/.test(action) ? waysOfReads : ways) {
      const cut = await play(scenario, { call, way });
      results.push({ scenario: scenario.name, way, call, action, ...compare(undisturbed, cut) });
    }
  }
  return results;
}

interface Played {
  /** Actions that the cut part of the undisturbed run called. */
  readonly actions: readonly string[];
  readonly world: unknown;
  readonly state: unknown;
  /** Accepted copies by target and name. */
  readonly copies: Readonly<Record<string, number>>;
  readonly lost: readonly string[];
  readonly byHand: boolean;
  readonly complaints: readonly string[];
}

async function play(
  scenario: Scenario,
  cut: { readonly call: number; readonly way: Cut } | undefined,
): Promise<Played> {
  const time = virtualTime(start);
  const cloud = playedCloud(scenario.world, time);
  const stage: Stage = { cloud, time, engine: playedEngine(cloud, time) };
  await scenario.before?.(stage);
  const firstCall = cloud.calls.length;
  if (cut) cloud.cut(cut.call, cut.way);
  await scenario.act(stage, scenario.program);
  const made = cloud.calls.slice(firstCall);

  const complaints: string[] = [];
  let byHand = false;
  let { program } = scenario;
  let calm: Outcome | undefined;
  // At most two: the first may find a resource to resume and fail on what the cut left in the way.
  for (let runs = 0; cut && runs < 2 && calm?.errors.length !== 0; runs++)
    calm = await scenario.act(stage, program);
  if (calm && calm.errors.length > 0 && program && isInWindow(made)) {
    byHand = true;
    program = follow(waysOut(calm.errors), program, handsOn(cloud, time.now));
    for (let runs = 0; runs < 2 && calm.errors.length > 0; runs++) calm = await scenario.act(stage, program);
  }
  if (calm && calm.errors.length > 0) complaints.push(...calm.errors);
  if (program) {
    const { changes, errors } = await stage.engine.preview(program);
    complaints.push(...changes.map((change) => `preview: ${change}`), ...errors);
  }
  cloud.settle();
  return {
    actions: made.map(({ action }) => action),
    world: worldOf(stage),
    state: stateOf(stage),
    copies: acceptedCopies(stage),
    lost: unknownDatabases(stage),
    byHand,
    complaints,
  };
}

/**
 * Limit L7: the run was killed between taking an intent off, or handing it to a state, and the saving of the state. No
 * other cut may need a hand.
 */
export function isInWindow(calls: readonly CallRecord[]): boolean {
  return (
    calls.some(({ process }) => process.killed) &&
    calls.some(({ action, params, status }) => {
      const isHandedOver = /^1:\w+:\w+:r:/.test(params["Tag.1.Value"] ?? "");
      return status === 200 && (action === "UntagResources" || isHandedOver);
    })
  );
}

function compare(undisturbed: Played, cut: Played) {
  const doubled = Object.entries(cut.copies)
    .filter(([name, count]) => count > (undisturbed.copies[name] ?? 0))
    .map(([name]) => name);
  const differences = [
    ...(isDeepStrictEqual(undisturbed.world, cut.world) ? [] : [`world: ${JSON.stringify(cut.world)}`]),
    ...(isDeepStrictEqual(undisturbed.state, cut.state) ? [] : [`state: ${JSON.stringify(cut.state)}`]),
  ];
  return {
    sameEnd: differences.length === 0 && cut.complaints.length === 0,
    lost: cut.lost,
    byHand: cut.byHand,
    doubled,
    complaints: [...cut.complaints, ...differences],
  };
}

/** What counts of the world: databases with their content, rights and mark, and the tags. */
function worldOf({ cloud }: Stage) {
  return cloud.world.instances.map(({ id, tags, databases }) => ({
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
  }));
}

/** What counts of the state: all but ids, times, request ids and claims, which differ from run to run. */
function stateOf({ engine }: Stage) {
  return Object.fromEntries(
    Object.entries(engine.state).map(([name, { outputs, initErrors, pendingReplacement }]) => [
      name,
      {
        initErrors,
        pendingReplacement,
        completed: outputs.completedAt !== undefined,
        dbNames: outputs.dbNames,
        names: outputs.names,
        owner: outputs.owner,
        databases: Object.fromEntries(
          Object.entries(outputs.databases).map(([target, record]) => {
            const { phase, status } = record;
            const point = record.phase === "adopted" ? undefined : pointOf(record.point);
            return [target, { phase, status, target: record.target, point }];
          }),
        ),
      },
    ]),
  );
}

function pointOf(point: RestorePoint): string {
  return point.kind === "backup" ? point.backupId : point.restoreTime;
}

function acceptedCopies({ cloud }: Stage): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { action, params, status } of cloud.calls) {
    if (action !== "CopyDatabaseBetweenInstances" || status !== 200) continue;
    for (const target of Object.values(JSON.parse(params["DbNames"] ?? "{}") as Record<string, string>)) {
      const key = `${params["TargetDBInstanceId"] ?? ""}/${target}`;
      counts[key] = (counts[key] ?? 0) + 1;
    }
  }
  return counts;
}

function unknownDatabases({ cloud, engine }: Stage): string[] {
  const known = new Set(
    Object.values(engine.state).flatMap(({ outputs }) =>
      Object.values(outputs.databases).map(({ target }) => `${outputs.targetDbInstanceId}/${target}`),
    ),
  );
  const foreign = new Set(["rm-staging/reports", "rm-qa/fixtures"]);
  return cloud.world.instances
    .filter(({ id }) => id !== "rm-prod")
    .flatMap(({ id, databases }) => databases.map(({ name }) => `${id}/${name}`))
    .filter((name) => !known.has(name) && !foreign.has(name));
}
