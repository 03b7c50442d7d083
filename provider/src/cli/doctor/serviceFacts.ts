import { parseMark } from "../../ownership/mark";
import { RdsFailure } from "../../rds/failure";
import type { DatabaseFacts, RdsApi, TaskFacts } from "../../rds/rdsApi";
import type { Facts } from "../../preflight/facts";

/** What no document says and the live service shows, without an id, a name or a value. */
export interface ServiceFacts {
  readonly instances: readonly Readonly<Record<string, string>>[];
  /** Keys of BasicInfo, AdvancedInfo and RuntimeInfo of DescribeDatabases. */
  readonly databaseProperties: readonly string[];
  readonly databaseStatuses: readonly string[];
  /** Whether descriptions of databases are kept. Only seen, never written. */
  readonly descriptions: {
    readonly databases: number;
    readonly described: number;
    readonly marked: number;
    readonly longest: number;
  };
  /** Actions and statuses of the tasks of the last seven days. */
  readonly tasks: readonly { readonly action: string; readonly status: string; readonly times: number }[];
  /** Actions that were not answered, by code. */
  readonly unanswered: readonly string[];
}

/** Looks for them on both instances. */
export async function serviceFacts(
  facts: Facts,
  rds: RdsApi,
  now: number,
  instanceIds: readonly string[],
): Promise<ServiceFacts> {
  const unanswered = new Set<string>();
  const orNothing = async <T>(answer: Promise<readonly T[]>): Promise<readonly T[]> => {
    try {
      return await answer;
    } catch (error) {
      if (!(error instanceof RdsFailure)) throw error;
      unanswered.add(`${error.action} ${error.code}`);
      return [];
    }
  };
  const each = <T>(ask: (id: string) => Promise<readonly T[]>) =>
    Promise.all(instanceIds.map((id) => orNothing(ask(id)))).then((all) => all.flat());
  const instances = await each(async (id) => {
    const found = await facts.instance(id);
    return found ? [found] : [];
  });
  const databases = await each(facts.databases);
  const tasks = [
    ...(await each(rds.describeTasks)),
    ...(await each((id) => facts.tasks(id, now - 7 * 86_400_000, now))),
  ];
  return {
    instances: instances.map(
      ({ engine, engineVersion, category, type, classType, payType, status, lockMode, recoveryModel }) => ({
        engine,
        engineVersion,
        category,
        type,
        classType: classType ?? "",
        payType: payType ?? "",
        status,
        lockMode,
        recoveryModel: recoveryModel ?? "",
      }),
    ),
    databaseProperties: distinct(databases.flatMap(({ propertyNames = [] }) => propertyNames)),
    databaseStatuses: distinct(databases.map(({ status }) => status)),
    descriptions: descriptionsOf(databases),
    tasks: counted(tasks),
    unanswered: [...unanswered],
  };
}

function descriptionsOf(databases: readonly DatabaseFacts[]): ServiceFacts["descriptions"] {
  const texts = databases.map(({ description }) => description).filter((text) => text !== "");
  return {
    databases: databases.length,
    described: texts.length,
    marked: texts.filter((text) => parseMark(text) !== undefined).length,
    longest: Math.max(0, ...texts.map((text) => text.length)),
  };
}

function counted(tasks: readonly TaskFacts[]): ServiceFacts["tasks"] {
  const kinds = distinct(tasks.map(({ action, status }) => JSON.stringify([action, status])));
  return kinds.map((kind) => {
    const [action = "", status = ""] = JSON.parse(kind) as string[];
    return {
      action,
      status,
      times: tasks.filter((task) => task.action === action && task.status === status).length,
    };
  });
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
