import type { dynamic } from "@pulumi/pulumi";
import { isDeepStrictEqual } from "node:util";
import {
  latestBackup,
  latestCommon,
  NoCommonPoint,
  sourcesWithout,
  type CommonPoint,
  type PointSource,
} from "../copy/chooseCommonPoint";
import { listNames } from "../copy/databaseNames";
import { briefReads } from "../preflight/briefReads";
import type { Problem } from "../lifecycle/pastedOutput";
import { holdsUnknown } from "../lifecycle/unknown";
import { RdsFailure } from "../rds/failure";
import { patientReads } from "../rds/patientReads";
import type { RdsApi } from "../rds/rdsApi";
import { SignInProblem } from "../rds/signIn/signInProblem";
import type { Clock } from "../time/clock";
import { checkFailures } from "./engineErrors";
import { engineReporter } from "./engineReporter";
import { stackOfProcess, type ProviderStack } from "./providerStack";
import { veiledReporter, veilOf } from "./secretTexts";
import { alicloudKeys, overridesOf } from "./stackCloud";
import { fromEngine, toEngine, type Properties } from "./wire";

/** The inputs of a `CommonRestorePoint` as its constructor writes them. */
interface PointInputs {
  readonly kind: "latestBackup" | "latestCommon";
  readonly sources: Readonly<Record<string, PointSource>>;
  readonly refresh?: string;
}

/**
 * Chooses a restore point once and remembers it, so that the copies that share it are not filled anew
 * whenever there is a newer one.
 */
export function restorePointProvider(
  { cloud: stack, learn, flush }: ProviderStack = stackOfProcess(),
): dynamic.ResourceProvider {
  async function telling<T>(
    properties: Properties,
    choose: (inputs: PointInputs, warn: (line: string) => void) => Promise<T>,
  ): Promise<T> {
    const urn = properties["resourceUrn"];
    learn(properties);
    const veil = veilOf(properties);
    const reporter = engineReporter(typeof urn === "string" ? urn : undefined);
    const report = veiledReporter(reporter, veil);
    try {
      return await choose(inputsOf(properties), (line) => report.warn(line));
    } catch (error) {
      if (error instanceof NoCommonPoint || error instanceof RdsFailure || error instanceof SignInProblem) {
        throw new Error(veil(error.message));
      }
      throw error;
    } finally {
      await Promise.all([reporter.flush(), flush()]);
    }
  }

  async function choose(
    properties: Properties,
    { kind, sources }: PointInputs,
    reads: Reads,
  ): Promise<CommonPoint> {
    const overrides = overridesOf(properties);
    const clock = await stack.clock(overrides);
    const rds = reads(stack.rds(overrides), clock);
    const all = Object.values(sources);
    const [only] = all;
    return kind === "latestBackup" && only ? latestBackup(rds, only) : latestCommon(rds, clock, all);
  }

  return {
    configure({ config }) {
      stack.configure(alicloudKeys((key) => config.get(key)));
      return Promise.resolve();
    },

    // A preview says so, too, when there is no point to choose.
    check: (olds: Properties, news: Properties) =>
      telling(news, async (inputs, warn) => {
        const found = choosesAnew(olds, news)
          ? await obstacles(() => choose(news, inputs, briefReads), warn)
          : [];
        const veil = veilOf(news);
        const told = found.map(({ property, reason }) => ({ property, reason: veil(reason) }));
        return { inputs: toEngine(news), failures: checkFailures(told) };
      }),

    diff: (_id, olds: Properties, news: Properties) =>
      Promise.resolve({ changes: !isDeepStrictEqual(asksFor(olds), asksFor(news)), replaces: [] }),

    create: (properties: Properties) =>
      telling(properties, async (inputs) => {
        const point = await choose(properties, inputs, unhurried);
        return { id: idOf(point), outs: { ...toEngine(properties), ...point } };
      }),

    update: (_id, olds: Properties, news: Properties) =>
      telling(news, async (inputs, warn) => {
        const kept = await keep(olds, news, inputs, warn);
        return { outs: { ...toEngine(news), ...(kept ?? (await choose(news, inputs, unhurried))) } };
      }),

    read: (id, properties: Properties = {}) => Promise.resolve({ id, props: { ...properties } }),
  };

  /** A source that joins takes the moment of the others if it can. */
  async function keep(
    olds: Properties,
    news: Properties,
    inputs: PointInputs,
    warn: (line: string) => void,
  ): Promise<CommonPoint | undefined> {
    const before = inputsOf(olds);
    if (before.kind !== inputs.kind || before.refresh !== inputs.refresh) return undefined;
    const { backupId, restoreTime: moment } = olds;
    // What changed is how the program writes it, as a secret or with another connection.
    if (typeof backupId === "string" && isDeepStrictEqual(instanceIds(before), instanceIds(inputs)))
      return { backupId };
    if (typeof moment !== "string") return undefined;
    const overrides = overridesOf(news);
    const known = new Set(instanceIds(before));
    const joining = Object.values(inputs.sources).filter(({ dbInstanceId }) => !known.has(dbInstanceId));
    const clock = await stack.clock(overrides);
    const without = await sourcesWithout(unhurried(stack.rds(overrides), clock), clock, moment, joining);
    if (without.length === 0) return { restoreTime: moment };
    warn(
      `${listNames(without)} cannot be restored to ${moment}, the moment of the other copies: a new common moment is chosen, and all of them are filled anew.`,
    );
    return undefined;
  }
}

/** How often, and how long, a question is asked that is not answered. */
type Reads = (rds: RdsApi, clock: Clock) => RdsApi;

const unhurried: Reads = (rds, clock) => patientReads(rds, clock);

/** Only a definite fact blocks; a question that was not answered is asked again when the point is chosen. */
async function obstacles(
  choose: () => Promise<CommonPoint>,
  warn: (line: string) => void,
): Promise<Problem[]> {
  try {
    await choose();
    return [];
  } catch (error) {
    if (error instanceof NoCommonPoint) return [{ property: "sources", reason: error.message }];
    if (!(error instanceof RdsFailure || error instanceof SignInProblem)) throw error;
    warn(`Whether there is a common restore point was not checked. ${error.message}`);
    return [];
  }
}

function choosesAnew(olds: Properties, news: Properties): boolean {
  if (holdsUnknown(fromEngine(news))) return false;
  const [before, now] = [inputsOf(olds), inputsOf(news)];
  return before.kind !== now.kind || before.refresh !== now.refresh;
}

function inputsOf(properties: Properties): PointInputs {
  return fromEngine(properties) as unknown as PointInputs;
}

/** What a new choice depends on. The databases do not count: a chosen point stays when one is added. */
function asksFor(properties: Properties) {
  const inputs = inputsOf(properties);
  return [inputs.kind, inputs.refresh ?? "", instanceIds(inputs), properties["secretInputs"]];
}

function instanceIds({ sources }: PointInputs): string[] {
  return typeof sources === "object"
    ? Object.values(sources)
        .map(({ dbInstanceId }) => String(dbInstanceId))
        .sort()
    : [];
}

/** Never the point itself, which may be a secret. */
function idOf(point: CommonPoint): string {
  return "backupId" in point ? "latest-backup" : "common-moment";
}
