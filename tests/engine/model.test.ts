import assert from "node:assert/strict";
import { playedCloud } from "../player/cloud";
import { playedEngine, type Program } from "../player/engine";
import { virtualTime } from "../player/virtualTime";
import { killWorld } from "./kills/scenarios";
import { copiedStage } from "./harness/copiedStage";
import { oneCopy } from "./harness/program";
import { openStage, type CallMoment } from "./harness/stage";

/** What is declared, before and after. */
interface Story {
  readonly name: string;
  readonly before?: Declared;
  readonly act: Declared;
  /** Where both engines are cut. */
  readonly cutAt: CallMoment;
}

interface Declared {
  readonly dbNames: readonly string[];
  readonly replacementTrigger?: string;
}

const create = { act: { dbNames: ["orders", "crm"] } };
const change = { before: create.act, act: { dbNames: ["orders", "billing"] } };
const replace = {
  before: { ...create.act, replacementTrigger: "november" },
  act: { ...create.act, replacementTrigger: "december" },
};

const stories: readonly Story[] = [
  { name: "create, intended", ...create, cutAt: { action: "TagResources", nth: 1 } },
  { name: "create, accepted", ...create, cutAt: { action: "CopyDatabaseBetweenInstances", nth: 1 } },
  { name: "create, one marked", ...create, cutAt: { action: "ModifyDBDescription", nth: 1 } },
  { name: "create, intent off", ...create, cutAt: { action: "UntagResources", nth: 1 } },
  { name: "add and drop, dropping", ...change, cutAt: { action: "DeleteDatabase", nth: 1 } },
  { name: "replace, one dropped", ...replace, cutAt: { action: "DeleteDatabase", nth: 1 } },
];

/**
 * The cuts and the storm play the engine's part with a model of it. Here the real engine loses its power at the same
 * call, and its next run must make the same calls.
 */
describe("engine: the player's model of it", () => {
  for (const story of stories) {
    it(`makes the same calls after the same cut: ${story.name}`, async () => {
      assert.deepEqual(await playedCalls(story), await realCalls(story));
    });
  }
});

async function realCalls({ before, act, cutAt }: Story): Promise<Calls> {
  const declared = ({ dbNames, ...options }: Declared) => oneCopy({ dbNames }, JSON.stringify(options));
  const options = { world: killWorld };
  await using stage = before ? await copiedStage(declared(before), options) : await openStage(options);
  await stage.program(declared(act));
  using running = await stage.start("up", "--yes", "--skip-preview");
  stage.onceCalled(cutAt, running.killAll);
  const { exitCode } = await running.ended;
  assert.equal(exitCode, undefined, "it was killed");
  const first = stage.simulator.journal().length;
  await stage.unlock();
  const up = await stage.up();
  return summary(up.exitCode === 0, stage.simulator.journal().slice(first));
}

async function playedCalls({ before, act, cutAt }: Story): Promise<Calls> {
  // How often the tasks are asked depends on the fraction of a second: both runs begin at the same one.
  const now = Date.now();
  const open = async () => {
    const time = virtualTime(now);
    const cloud = playedCloud(killWorld, time);
    const engine = playedEngine(cloud, time);
    if (before) assert.deepEqual((await engine.up(program(before))).errors, []);
    return { cloud, engine, first: cloud.calls.length };
  };
  const whole = await open();
  await whole.engine.up(program(act));
  const places = whole.cloud.calls
    .slice(whole.first)
    .flatMap(({ action }, index) => (action === cutAt.action ? [index] : []));
  const { cloud, engine } = await open();
  cloud.cut(places[cutAt.nth - 1] ?? assert.fail("the played run does not get there"), "gone");
  assert.ok((await engine.up(program(act))).killed);
  const first = cloud.calls.length;
  const { errors } = await engine.up(program(act));
  return summary(errors.length === 0, cloud.calls.slice(first));
}

function program({ dbNames, replacementTrigger }: Declared): Program {
  const inputs = { sourceDbInstanceId: "rm-prod", targetDbInstanceId: "rm-staging", dbNames };
  return { copy: { ...inputs, ...(replacementTrigger === undefined ? {} : { replacementTrigger }) } };
}

interface Calls {
  readonly isDone: boolean;
  /** What was asked at all, but for the tasks: how often, and whether the copy still has any, is a matter of time. */
  readonly reads: readonly string[];
  /** What was changed, in order; what goes side by side, by name. */
  readonly changes: readonly string[];
}

type Call = { readonly action: string; readonly status: number } & (
  | { readonly params: Readonly<Record<string, string>> }
  | { readonly parameters: Readonly<Record<string, string>> }
);

function summary(isDone: boolean, calls: readonly Call[]): Calls {
  const reads = new Set<string>();
  const changes: string[] = [];
  for (const call of calls) {
    const parameters = "params" in call ? call.params : call.parameters;
    if (/^(Describe|List)/.test(call.action)) {
      if (!call.action.endsWith("Tasks")) reads.add(call.action);
    } else changes.push([call.action, parameters["DBName"], parameters["DbNames"], call.status].join(" "));
  }
  return { isDone, reads: [...reads].sort(), changes };
}
