import { typeTokens } from "../program/typeTokens";
import { randomUUID } from "node:crypto";
import { listNames, withName } from "../copy/databaseNames";
import { isMark } from "../copy/marks";
import { noInstance } from "../copy/noInstance";
import { withDefaults, type CopyInputs } from "../lifecycle/inputs";
import { normaliseInputs } from "../lifecycle/normalise";
import { shapeInputs } from "../lifecycle/shape";
import type { CopyState, DatabaseState } from "../lifecycle/state";
import type { DatabaseFacts, RdsApi } from "../rds/rdsApi";
import { whenNotFound } from "../rds/whenNotFound";
import type { Clock } from "../time/clock";
import { toUtcSeconds } from "../time/moment";

/** What is to come under Pulumi. */
export interface ImportWish {
  /** The name of the resource in the program. */
  readonly name: string;
  readonly sourceDbInstanceId: string;
  readonly targetDbInstanceId: string;
  /** Source name to target name. */
  readonly dbNames: Readonly<Record<string, string>>;
  /** Owned databases are dropped with the resource; taken over ones never. */
  readonly own: boolean;
  /** The text by which the engine finds the provider. */
  readonly providerText: string;
}

/** The file that `pulumi import --file` takes, and what a person should know about it. */
export interface ImportFile {
  readonly content: { readonly resources: readonly object[] };
  readonly notes: readonly string[];
}

/** A foreseeable reason not to write a file, as a sentence. */
export class ImportRefusal extends Error {
  override readonly name = "ImportRefusal";
}

/**
 * Looks at the target and writes down its databases as those of a `DatabaseCopy`. With inputs and outputs in
 * the file the engine asks nobody when it imports, which a dynamic resource could not answer.
 */
export async function importFile(rds: RdsApi, clock: Clock, wish: ImportWish): Promise<ImportFile> {
  const inputs = checkedInputs(wish, clock);
  const target = wish.targetDbInstanceId;
  const instance = await rds.describeInstance(target).catch(whenNotFound);
  if (!instance) {
    throw new ImportRefusal(noInstance(target, rds));
  }
  const listed = await rds.describeDatabases(target);
  const found = Object.entries(inputs.dbNames).map(([source, name]) => ({
    source,
    name,
    facts: withName(listed, name),
  }));
  refuseUnfit(target, found, listed);

  const generation = `${wish.own ? "imported" : "adopted"}-${randomUUID()}`;
  const now = toUtcSeconds(clock.now());
  const databases = found.flatMap(({ source, name, facts }): [string, DatabaseState][] =>
    facts ? [[name, stateOf(source, facts, wish.own)]] : [],
  );
  const state: CopyState = {
    ...withDefaults(inputs),
    names: Object.fromEntries(databases.map(([, { sourceName, targetName }]) => [sourceName, targetName])),
    databases: Object.fromEntries(databases),
    dataVersion: generation,
    // Its own one, not that of the call: shared endpoints answer for many, and another region later replaces.
    region: instance.regionId || rds.region,
    startedAt: now,
    completedAt: now,
  };
  return {
    content: {
      resources: [
        {
          type: typeTokens.databaseCopy,
          name: wish.name,
          id: `${target}:${generation}`,
          // The check of an import would find the names taken: they are what is imported.
          inputs: { ...inputs, preflight: "off", __provider: wish.providerText },
          outputs: { ...state, __provider: wish.providerText },
        },
      ],
    },
    notes: notesOn(wish, databases),
  };
}

function checkedInputs(wish: ImportWish, clock: Clock): CopyInputs {
  const { sourceDbInstanceId, targetDbInstanceId, dbNames, own } = wish;
  const given = {
    sourceDbInstanceId,
    targetDbInstanceId,
    dbNames,
    ...(own ? {} : { adoptExisting: true }),
  };
  const { shaped, problems } = shapeInputs(given);
  const { inputs, problems: rules } = normaliseInputs(shaped, clock);
  const all = [...problems, ...rules].map(({ property, reason }) => `${property} ${reason}`);
  if (all.length > 0) throw new ImportRefusal(all.join("\n"));
  return inputs as CopyInputs;
}

interface Found {
  readonly name: string;
  readonly facts: DatabaseFacts | undefined;
}

function refuseUnfit(target: string, found: readonly Found[], listed: readonly DatabaseFacts[]): void {
  const absent = found.filter(({ facts }) => !facts).map(({ name }) => name);
  if (absent.length > 0) {
    throw new ImportRefusal(
      `Instance ${target} has no ${listNames(absent)}; it has ${listNames(listed.map(({ name }) => name))}. Name what is there, or let "pulumi up" copy what is not.`,
    );
  }
  const notRunning = found.flatMap(({ facts }) => (facts && facts.status !== "Running" ? [facts] : []));
  if (notRunning.length > 0) {
    throw new ImportRefusal(
      `On ${target}, ${listNames(notRunning.map(({ name, status }) => `${name} is ${status}`))}. Wait until the databases run.`,
    );
  }
}

function stateOf(source: string, { name, status, description }: DatabaseFacts, own: boolean): DatabaseState {
  const database = { sourceName: source, targetName: name, status } as const;
  if (!own) return { ...database, origin: "adopted" };
  // A mark that is there is recorded and so keeps protecting; none is put on, since this command changes nothing.
  return { ...database, origin: "copied", ...(isMark(description) ? { mark: description } : {}) };
}

function notesOn(wish: ImportWish, databases: readonly [string, DatabaseState][]): string[] {
  const { name, sourceDbInstanceId, targetDbInstanceId, dbNames, own } = wish;
  const program = JSON.stringify({
    sourceDbInstanceId,
    targetDbInstanceId,
    dbNames,
    ...(own ? {} : { adoptExisting: true }),
  });
  const names = databases.map(([, { targetName }]) => targetName);
  const marked = databases.flatMap(([, { targetName, mark }]) => (mark ? [targetName] : []));
  return [
    `The program that goes with it: new DatabaseCopy(${JSON.stringify(name)}, ${program});`,
    own
      ? `Owned: "pulumi destroy" will drop ${listNames(names)} on ${targetDbInstanceId}.`
      : `Taken over: ${listNames(names)} will never be overwritten or dropped.`,
    ...(own && marked.length < names.length
      ? [
          `Without a mark, as nothing is written on ${targetDbInstanceId}: whether a database was dropped and made again by somebody cannot be told, so deletion follows the state alone.`,
        ]
      : []),
    ...(marked.length > 0
      ? [
          `${listNames(marked)} carried the mark of a DatabaseCopy already. If another stack still has it in its state, two stacks now own it: remove it from one of them.`,
        ]
      : []),
  ];
}
