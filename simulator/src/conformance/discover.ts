import { createWorld } from "../world/load.js";
import type { WorldInput } from "../world/schema.js";
import type { Ask } from "./ask.js";
import type { Subject } from "./subject.js";

export interface Asked {
  readonly region: string;
  readonly source?: string | undefined;
  readonly target?: string | undefined;
  /** Default: the first database that the newest set holds, or the first of all. */
  readonly database?: string | undefined;
  readonly now: number;
}

/** Looks at the instances that a person named, and gives what the cases need and a world that resembles it. */
export async function discover(ask: Ask, asked: Asked): Promise<{ subject: Subject; world: WorldInput }> {
  const source = asked.source === undefined ? undefined : await instance(ask, asked.source);
  const target = asked.target === undefined ? undefined : await instance(ask, asked.target);
  const set =
    source?.backups.find(({ databases }) => Object.keys(databases).length > 0) ?? source?.backups[0];
  const held = Object.keys(set?.databases ?? {});
  const names = source?.databases.map(({ name }) => name) ?? [];
  return {
    subject: {
      ...asked,
      region: source === undefined || source.facts.region === "" ? asked.region : source.facts.region,
      database: asked.database ?? names.find((name) => held.includes(name)) ?? names[0],
      backup: set?.id,
      name: `conformance-${asked.now.toString(36)}`,
    },
    world: worldOf(
      asked,
      [source, target].filter((one) => one !== undefined),
    ),
  };
}

type Found = Awaited<ReturnType<typeof instance>>;

async function instance(ask: Ask, id: string) {
  const answer = await ask("DescribeDBInstanceAttribute", { DBInstanceId: id });
  const [facts] = list(answer.body, "Items", "DBInstanceAttribute");
  if (facts === undefined)
    throw new Error(
      `The endpoint does not show the instance ${id} (${answer.status} ${text(answer.body, "Code")}).`,
    );
  const databases = await ask("DescribeDatabases", { DBInstanceId: id, PageSize: "100" });
  const backups = await ask("DescribeBackups", {
    DBInstanceId: id,
    PageSize: "100",
    BackupStatus: "Success",
  });
  return {
    facts: { id, ...instanceFacts(facts) },
    databases: list(databases.body, "Databases", "Database").map((entry) => ({
      name: text(entry, "DBName"),
      status: text(entry, "DBStatus"),
      sizeGiB: 0,
    })),
    backups: list(backups.body, "Items", "Backup")
      .filter((entry) => text(entry, "BackupType") === "FullBackup" && entry["IsAvail"] !== 0)
      .filter((entry) => !Number.isNaN(Date.parse(text(entry, "BackupEndTime"))))
      .map((entry) => ({
        id: text(entry, "BackupId"),
        start: timeText(text(entry, "BackupStartTime")),
        end: timeText(text(entry, "BackupEndTime")),
        method: text(entry, "BackupMethod"),
        mode: text(entry, "BackupMode"),
        databases: Object.fromEntries(
          list(entry, "BackupDownloadLinkByDB", "BackupDownloadLinkByDB").map((link) => [
            text(link, "DataBase"),
            "",
          ]),
        ),
      })),
  };
}

const instanceFacts = (facts: Entry) => ({
  region: text(facts, "RegionId"),
  zone: text(facts, "ZoneId"),
  engine: text(facts, "Engine"),
  engineVersion: text(facts, "EngineVersion"),
  category: text(facts, "Category"),
  type: text(facts, "DBInstanceType"),
  classType: text(facts, "DBInstanceClassType"),
  networkType: text(facts, "InstanceNetworkType"),
  status: text(facts, "DBInstanceStatus"),
  lockMode: text(facts, "LockMode"),
  recoveryModel: text(facts["Extra"], "RecoveryModel"),
});

/** Pages say minutes, samples have seconds; a world wants seconds. */
const timeText = (text: string) => text.replace(/T(\d\d:\d\d)Z$/, "T$1:00Z");

function worldOf({ now }: Asked, found: readonly Found[]): WorldInput {
  const isReadOnly = ({ facts }: Found) => facts.type === "Readonly";
  const instances = found.map(({ facts, databases, backups }) => ({
    ...known({ id: facts.id }, facts),
    ...(facts.type === "Readonly" ? { masterId: primaryStandIn.id } : {}),
    databases: databases.map((database) => known({ name: database.name }, database)),
    backups: backups.map(({ id, start, end, ...others }) => known({ id, start, end }, others, asBackup)),
  }));
  return {
    now: new Date(now).toISOString(),
    instances: [...instances, ...(found.some(isReadOnly) ? [primaryStandIn] : [])],
  };
}

/** A read-only instance belongs to a primary one, which was not asked for. */
const primaryStandIn = { id: "rm-primary-of-it" };

/** The facts that a world has words for; the others keep the world's defaults. */
function known<T extends object>(
  needed: T,
  facts: Readonly<Record<string, unknown>>,
  inWorld: (entry: object) => object = "name" in needed ? asDatabase : asInstance,
): T {
  const kept = Object.entries(facts).filter(
    ([name, value]) => value !== "" && isWorld(inWorld({ ...needed, [name]: value })),
  );
  return { ...Object.fromEntries(kept), ...needed };
}

const asInstance = (entry: object) => ({ instances: [entry, primaryStandIn] });
const asDatabase = (entry: object) => asInstance({ id: "rm-a", databases: [entry] });
const asBackup = (entry: object) => asInstance({ id: "rm-a", backups: [entry] });

function isWorld(document: WorldInput): boolean {
  try {
    createWorld(document, 0);
    return true;
  } catch {
    return false;
  }
}

type Entry = Readonly<Record<string, unknown>>;

const isEntry = (value: unknown): value is Entry => typeof value === "object" && value !== null;

function list(body: unknown, ...path: string[]): Entry[] {
  const found = path.reduce<unknown>((value, name) => (isEntry(value) ? value[name] : undefined), body);
  return Array.isArray(found) ? found.filter(isEntry) : [];
}

function text(entry: unknown, name: string): string {
  const value = isEntry(entry) ? entry[name] : undefined;
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
