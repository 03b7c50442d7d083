import type { dynamic } from "@pulumi/pulumi";
import { targetLocks } from "../copy/targetLocks";
import { check } from "../lifecycle/check";
import { create } from "../lifecycle/create";
import { deleteCopy } from "../lifecycle/delete";
import { diff } from "../lifecycle/diff";
import type { Ending } from "../lifecycle/ending";
import type { CopyInputs } from "../lifecycle/inputs";
import { processMemory } from "../lifecycle/memory";
import { read } from "../lifecycle/read";
import type { Run } from "../lifecycle/run";
import type { CopyState } from "../lifecycle/state";
import { update } from "../lifecycle/update";
import { checkFailures } from "./checkFailures";
import { forEngine, InitializationError } from "./engineErrors";
import { engineReporter } from "./engineReporter";
import { stackOfProcess, type ProviderStack } from "./providerStack";
import { veiledReporter, veilOf } from "./secretTexts";
import { alicloudKeys, overridesOf } from "./stackCloud";
import { fromEngine, toEngine, type Properties } from "./wire";

/**
 * The dynamic provider: translates between the engine's protocol and the lifecycle, and nothing else. It
 * runs in the engine's provider process, one for each run of a stack.
 */
export function databaseCopyProvider(
  { cloud: stack, learn, flush }: ProviderStack = stackOfProcess(),
): Required<dynamic.ResourceProvider> {
  const locks = targetLocks();
  const memory = processMemory();

  /** What is said may name what was before, too: that may be a secret as well. */
  async function inRun<T>(
    properties: Properties,
    before: Properties,
    operate: (run: Run) => Promise<T> | T,
  ): Promise<T> {
    const urn = properties["resourceUrn"];
    learn(properties);
    const report = veiledReporter(
      engineReporter(typeof urn === "string" ? urn : undefined),
      veilOf(before, properties),
    );
    try {
      const { connect, rds } = stack;
      return await operate({
        clock: await stack.clock(overridesOf(properties)),
        report,
        locks,
        memory,
        connect,
        rds,
      });
    } catch (error) {
      throw forEngine(error);
    } finally {
      await Promise.all([report.flush(), flush()]);
    }
  }

  return {
    // Called without being awaited before the first operation: nothing here may wait (docs/engine-notes.md).
    configure({ config }) {
      stack.configure(alicloudKeys((key) => config.get(key)));
      return Promise.resolve();
    },

    check: (olds: Properties, news: Properties) =>
      inRun(fromEngine(news), olds, async (run) => {
        const { inputs, problems } = await check(fromEngine(olds), fromEngine(news), run);
        return { inputs: toEngine(inputs), failures: checkFailures(problems) };
      }),

    diff: (_id, olds: Properties, news: Properties) =>
      inRun(fromEngine(news), olds, (run) => {
        const { changes, replaces, deleteBeforeReplace } = diff(stateOf(olds), fromEngine(news), run);
        return { changes, replaces: [...replaces], deleteBeforeReplace };
      }),

    create: (inputs: Properties) =>
      inRun(fromEngine(inputs), {}, async (run) => {
        const ended = await create(inputsOf(inputs), run);
        return { id: ended.id, outs: outputsOf(ended, inputs) };
      }),

    update: (id, olds: Properties, news: Properties) =>
      inRun(fromEngine(news), olds, async (run) => {
        const ended = await update(id, stateOf(olds), inputsOf(news), run);
        return { outs: outputsOf(ended, news) };
      }),

    read: (id, props: Properties | undefined) =>
      inRun(fromEngine(props ?? {}), {}, async (run) => {
        const result = await read(id, stateOf(props ?? {}), run);
        return result.state === "gone" ? { id: "", props: {} } : { id, props: toEngine(result.resource) };
      }),

    delete: (_id, props: Properties) =>
      inRun(fromEngine(props), {}, (run) => deleteCopy(stateOf(props), run)),
  };
}

/** An unfinished resource is kept by way of an error: the engine resumes it with `update`. */
function outputsOf(ended: Ending, inputs: Properties): Record<string, unknown> {
  if (ended.reasons.length > 0) throw new InitializationError(ended, inputs);
  return toEngine(ended.state);
}

/** What comes back from the engine is what this package gave it: `check` has passed the inputs, the state is ours. */
function inputsOf(properties: Properties): CopyInputs {
  return fromEngine(properties) as unknown as CopyInputs;
}

function stateOf(properties: Properties): CopyState {
  return fromEngine(properties) as unknown as CopyState;
}
