import type { Static } from "@sinclair/typebox";
import { contradictions } from "./kindOfInstance.js";
import type { worldSchema } from "./schema.js";
import { parseMoment } from "./time.js";

type Filled = Static<typeof worldSchema>;

/** One thing that is wrong with a world document. */
export interface Problem {
  /** Where, as one would write it in code: `instances[0].databases[2].name`. */
  readonly path: string;
  readonly message: string;
}

/** What a schema cannot say: unique names, references, times in order. */
export function meaningProblems(world: Filled): Problem[] {
  const accountIds = new Set(world.accounts.map((account) => account.accountId));
  const instanceIds = new Set(world.instances.map((instance) => instance.id));
  return [
    ...repeated(world.accounts, "accounts", "accessKeyId", (account) => account.accessKeyId),
    ...repeated(world.instances, "instances", "id", (instance) => instance.id),
    ...repeated(world.vpcs, "vpcs", "id", (vpc) => vpc.id),
    ...repeated(world.vSwitches, "vSwitches", "id", (vSwitch) => vSwitch.id),
    ...repeated(world.roles ?? [], "roles", "arn", (role) => role.arn.toLowerCase()),
    ...repeated(world.oidcProviders ?? [], "oidcProviders", "arn", (provider) => provider.arn.toLowerCase()),
    ...repeated(world.sessions, "sessions", "accessKeyId", (session) => session.accessKeyId),
    ...world.instances.flatMap((instance, index) =>
      instanceProblems(instance, `instances[${index}]`, accountIds, world.instances),
    ),
    ...world.operations.flatMap((operation, index) =>
      instanceIds.has(operation.instanceId)
        ? []
        : [
            {
              path: `operations[${index}].instanceId`,
              message: `there is no instance "${operation.instanceId}"`,
            },
          ],
    ),
  ];
}

function instanceProblems(
  instance: Filled["instances"][number],
  path: string,
  accountIds: Set<string>,
  instances: Filled["instances"],
): Problem[] {
  const unknownOwner = instance.accountId !== undefined && !accountIds.has(instance.accountId);
  return [
    ...(unknownOwner
      ? [
          {
            path: `${path}.accountId`,
            message: `no entry of accounts has the accountId "${instance.accountId}"`,
          },
        ]
      : []),
    ...contradictions(instance, instances).map(({ field, message }) => ({
      path: `${path}.${field}`,
      message,
    })),
    ...repeated(instance.databases, `${path}.databases`, "name", (database) => database.name.toLowerCase()),
    ...repeated(instance.dbAccounts ?? [], `${path}.dbAccounts`, "name", (account) => account.name),
    ...repeated(instance.backups, `${path}.backups`, "id", (backup) => backup.id),
    ...instance.backups.flatMap((backup, index) =>
      outOfOrder(backup.start, backup.end, `${path}.backups[${index}].end`, "start"),
    ),
    ...(instance.logs ?? []).flatMap((log, index) =>
      outOfOrder(log.from, log.to, `${path}.logs[${index}].to`, "from"),
    ),
  ];
}

function outOfOrder(from: string, to: string, path: string, earlier: string): Problem[] {
  return parseMoment(to) < parseMoment(from) ? [{ path, message: `lies before "${earlier}" (${from})` }] : [];
}

function repeated<T>(items: readonly T[], path: string, field: string, key: (item: T) => string): Problem[] {
  const first = new Map<string, number>();
  return items.flatMap((item, index) => {
    const before = first.get(key(item));
    if (before === undefined) {
      first.set(key(item), index);
      return [];
    }
    return [
      { path: `${path}[${index}].${field}`, message: `"${key(item)}" is already that of ${path}[${before}]` },
    ];
  });
}
