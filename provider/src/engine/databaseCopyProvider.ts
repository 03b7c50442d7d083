import type { dynamic } from "@pulumi/pulumi";
import { randomBytes } from "node:crypto";
import { availableParallelism } from "node:os";
import { targetLocks } from "../copy/targetLocks";
import { check } from "../lifecycle/check";
import { create } from "../lifecycle/create";
import { deleteCopy } from "../lifecycle/delete";
import { diff } from "../lifecycle/diff";
import type { CopyInputs } from "../lifecycle/inputs";
import { operationsAtATime } from "../lifecycle/manyCopies";
import { processMemory, type Session } from "../lifecycle/memory";
import { read } from "../lifecycle/read";
import { readState, type Ending } from "../lifecycle/state";
import { update } from "../lifecycle/update";
import { registry } from "../ownership/registry";
import { checkFailures, forEngine, InitializationError } from "./engineErrors";
import { engineReporter } from "./engineReporter";
import { stackOfProcess, type ProviderStack } from "./providerStack";
import { idFor, marked, veiled } from "./secretOutputs";
import { veiledReporter, veilOf, type Veil } from "./secretTexts";
import { alicloudKeys, overridesOf } from "./stackCloud";
import { fromEngine, providerKey, toEngine, type Properties } from "./wire";

/**
 * The dynamic provider: translates between the engine's protocol and the lifecycle, and nothing else. It
 * runs in the engine's provider process, one for each run of a stack.
 */
export function databaseCopyProvider(
  { cloud: stack, learn, flush }: ProviderStack = stackOfProcess(),
): Required<dynamic.ResourceProvider> {
  const locks = targetLocks();
  const memory = processMemory(operationsAtATime(process.env, availableParallelism()));
  const declared = registry();

  /** What is said may name what was before, too: that may be a secret as well. */
  async function inSession<T>(
    properties: Properties,
    before: Properties,
    operate: (session: Session, veil: Veil) => Promise<T> | T,
  ): Promise<T> {
    const urn = properties["resourceUrn"];
    learn(properties);
    const veil = veilOf(before, properties);
    const report = veiledReporter(engineReporter(typeof urn === "string" ? urn : undefined), veil);
    try {
      const { connect, rds } = stack;
      const clock = await stack.clock(overridesOf(properties));
      const session = { clock, report, locks, memory, registry: declared, newId, connect, rds };
      return await operate(session, veil);
    } catch (error) {
      throw veiled(forEngine(error), veil, before);
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

    check(olds: Properties, news: Properties) {
      const given = fromEngine(news);
      return inSession(given, olds, async (session, veil) => {
        const { inputs, problems } = await check(fromEngine(olds), given, session);
        const failures = checkFailures(problems).map(({ property, reason }) => ({
          property,
          reason: veil(reason),
        }));
        return { inputs: marked(toEngine(inputs), news, {}), failures };
      });
    },

    diff(_id, olds: Properties, news: Properties) {
      const given = fromEngine(news);
      return inSession(given, olds, async (session) => {
        const { changes, replaces, deleteBeforeReplace } = await diff(stateOf(olds), given, session);
        // The engine runs the text that the state holds: another one is recorded, and asks the cloud nothing.
        const isOtherText = olds[providerKey] !== news[providerKey];
        return { changes: changes || isOtherText, replaces: [...replaces], deleteBeforeReplace };
      });
    },

    create: (inputs: Properties) =>
      inSession(fromEngine(inputs), {}, async (session) => {
        const ended = await create(inputsOf(inputs), session);
        return { id: idFor(ended.id, inputs), outs: outputsOf(ended, inputs, {}) };
      }),

    update: (id, olds: Properties, news: Properties) =>
      inSession(fromEngine(news), olds, async (session) => {
        const ended = await update(id, stateOf(olds), inputsOf(news), session);
        return { outs: outputsOf(ended, news, olds) };
      }),

    read(id, props: Properties = {}) {
      const given = fromEngine(props);
      return inSession(given, {}, async (session) => {
        const result = await read(id, given, session);
        if (result.state === "gone") return { id: "", props: {} };
        return { id, props: marked(toEngine(result.resource), props, props) };
      });
    },

    delete: (_id, props: Properties) =>
      inSession(fromEngine(props), {}, (session) => deleteCopy(stateOf(props), session)),
  };
}

/** An unfinished resource is kept by way of an error: the engine resumes it with `update`. */
function outputsOf(ended: Ending, inputs: Properties, before: Properties): Record<string, unknown> {
  if (ended.reasons.length > 0) throw new InitializationError(ended, inputs);
  return marked(toEngine(ended.state), inputs, before);
}

/** What comes back from the engine is what this package gave it: `check` has passed the inputs. */
function inputsOf(properties: Properties): CopyInputs {
  return fromEngine(properties) as unknown as CopyInputs;
}

const stateOf = (properties: Properties) => readState(fromEngine(properties));

/** Eight characters of base 36, the same number of each: bytes beyond a multiple of 36 are left out. */
export function newId(): string {
  const characters = [...randomBytes(64)]
    .filter((byte) => byte < 252)
    .map((byte) => (byte % 36).toString(36));
  return characters.slice(0, 8).join("");
}
