import { typeTokens } from "../program/typeTokens";
import { listNames, withName, type DatabaseNames } from "../copy/databaseNames";
import { unknownPoint } from "../copy/restorePoint";
import type { ConnectionOverrides } from "../rds/connection";
import { noInstance } from "../rds/nextStep";
import type { CopyInputs } from "../lifecycle/inputs";
import { resourceId, stateOf } from "../lifecycle/state";
import { ownerOf, parseMark, type Id, type Mark } from "../ownership/mark";
import type { DatabaseRecord } from "../ownership/record";
import type { DatabaseFacts, RdsApi } from "../rds/rdsApi";
import { whenNotFound } from "../rds/failure";
import type { Clock } from "../time/clock";
import { toUtcSeconds } from "../time/moment";
import { checkedWish } from "./checkedWish";
import { CommandRefusal } from "./refusal";

/** What is to come under Pulumi. */
export interface ImportWish {
  /** The name of the resource in the program. */
  readonly name: string;
  readonly sourceDbInstanceId: string;
  readonly targetDbInstanceId: string;
  /** Source name to target name. */
  readonly dbNames: Readonly<Record<string, string>>;
  /** Where and as whom the command was told to call: the resource goes the same way. Nothing but what was told. */
  readonly connection?: ConnectionOverrides | undefined;
  /** Owned databases are dropped with the resource; adopted ones never. */
  readonly own: boolean;
  /** The text by which the engine finds the provider. */
  readonly providerText: string;
  /** A random id that was never used. */
  newId(): Id;
}

/** The file that `pulumi import --file` takes, and what a person should know about it. */
export interface ImportFile {
  readonly content: { readonly resources: readonly object[] };
  readonly notes: readonly string[];
}

/**
 * Looks at the target and writes down its databases as those of a `DatabaseCopy`. With inputs and outputs in
 * the file the engine asks nobody when it imports, which a dynamic resource could not answer.
 */
export async function importFile(rds: RdsApi, clock: Clock, wish: ImportWish): Promise<ImportFile> {
  // Nothing that a command line says is unknown.
  const checked = checkedWish(givenBy(wish), clock) as CopyInputs;
  const target = wish.targetDbInstanceId;
  const instance = await rds.describeInstance(target).catch(whenNotFound);
  if (!instance) {
    throw new CommandRefusal(noInstance(target, rds));
  }
  const listed = await rds.describeDatabases(target);
  const databases = runningDatabases(target, checked.dbNames, listed);
  const now = toUtcSeconds(clock.now());
  // What carries no mark is told from another database of its name by the state alone, and nothing is written here: the
  // imported resource is whole, and the first run after it changes nothing that the program does not ask for.
  const isUnmarked = wish.own && databases.some(({ mark }) => !mark);
  const inputs: CopyInputs = {
    ...checked,
    ...(isUnmarked ? { ownershipMarks: false } : {}),
    // The instance's own region, not that of the call: some hosts answer for many.
    foundAt: { region: instance.regionId || rds.region, endpoint: rds.endpoint },
  };
  const state = stateOf({
    ...inputs,
    foundAt: inputs.foundAt ?? rds,
    owner: databases.find(({ mark }) => mark)?.mark?.owner ?? ownerOf(""),
    databases: Object.fromEntries(databases.map((database) => [database.name, recordOf(database, wish)])),
    startedAt: now,
    completedAt: now,
  });
  return {
    content: {
      resources: [
        {
          type: typeTokens.databaseCopy,
          name: wish.name,
          id: resourceId(target, wish.newId()),
          inputs: { ...inputs, __provider: wish.providerText },
          outputs: { ...state, __provider: wish.providerText },
        },
      ],
    },
    notes: notesOn(wish, databases, isUnmarked),
  };
}

/** What the program that goes with the file gives, but for the marks. */
function givenBy({ sourceDbInstanceId, targetDbInstanceId, dbNames, connection, own }: ImportWish) {
  return {
    sourceDbInstanceId,
    targetDbInstanceId,
    dbNames,
    ...(connection === undefined ? {} : { connection }),
    ...(own ? {} : { adoptExisting: true }),
  };
}

interface Found {
  readonly source: string;
  readonly name: string;
  readonly facts: DatabaseFacts;
  readonly mark: Mark | undefined;
}

/** What is listed of the databases: each must exist and run. */
function runningDatabases(
  target: string,
  dbNames: DatabaseNames,
  listed: readonly DatabaseFacts[],
): readonly Found[] {
  const absent = Object.values(dbNames).filter((name) => !withName(listed, name));
  if (absent.length > 0) {
    throw new CommandRefusal(
      `Instance ${target} has no ${listNames(absent)}; it has ${listNames(listed.map(({ name }) => name))}. Name what is there, or let "pulumi up" copy what is not.`,
    );
  }
  const found = Object.entries(dbNames).flatMap(([source, name]) => {
    const facts = withName(listed, name);
    return facts ? [{ source, name, facts, mark: parseMark(facts.description) }] : [];
  });
  const notRunning = found.filter(({ facts }) => facts.status !== "Running");
  if (notRunning.length > 0) {
    throw new CommandRefusal(
      `On ${target}, ${listNames(notRunning.map(({ facts }) => `${facts.name} is ${facts.status}`))}. Wait until the databases run.`,
    );
  }
  return found;
}

function recordOf({ source, facts, mark }: Found, wish: ImportWish): DatabaseRecord {
  const { name, status } = facts;
  if (!wish.own) return { phase: "adopted", target: name, status };
  const { id, point } = mark ?? { id: wish.newId(), point: unknownPoint };
  return { phase: "filled", target: name, status, source, id, point, ...(mark ? {} : { unmarked: true }) };
}

function notesOn(wish: ImportWish, databases: readonly Found[], isUnmarked: boolean): string[] {
  const { name, targetDbInstanceId, own } = wish;
  const program = JSON.stringify({ ...givenBy(wish), ...(isUnmarked ? { ownershipMarks: false } : {}) });
  const names = databases.map(({ facts }) => facts.name);
  const marked = databases.filter(({ mark }) => mark).map(({ facts }) => facts.name);
  return [
    `The program that goes with it: new DatabaseCopy(${JSON.stringify(name)}, ${program});`,
    own
      ? `Owned: "pulumi destroy" will drop ${listNames(names)} on ${targetDbInstanceId}.`
      : `Adopted: ${listNames(names)} will never be overwritten or dropped.`,
    ...(isUnmarked
      ? [
          `Without an owner mark on ${listNames(names.filter((one) => !marked.includes(one)))}, deletion follows the state alone (ownershipMarks: false): whether someone dropped a database and made it again cannot be determined. Once ownershipMarks is taken out of the program, the next "pulumi up" writes their marks.`,
        ]
      : []),
    ...(own && marked.length > 0
      ? [
          `${listNames(marked)} carried the mark of a DatabaseCopy already. If another stack still has it in its state, two stacks now own it: remove it from one of them.`,
        ]
      : []),
  ];
}
