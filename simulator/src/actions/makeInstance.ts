import { connectionString } from "../answers/connection.js";
import { nextNumber, type Call } from "../call/call.js";
import { newOperation } from "../operations/begin.js";
import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { findInstance } from "../world/find.js";
import type { Instance, WorldDraft } from "../world/schema.js";

/** The instance that an earlier call with the same token made. */
export function madeBefore(call: Call): Instance | undefined {
  const key = tokenKey(call);
  return key === undefined ? undefined : findInstance(call.world, call.world.clientTokens[key] ?? "");
}

/** Enters a new instance, which is Creating for a while; its id is free. */
export function makeInstance(
  call: Call,
  instance: Instance,
  seconds: (draft: WorldDraft) => number,
): Instance {
  let made = instance;
  call.change((draft) => {
    const id = freeId(draft);
    const connectionPrefix = instance.connectionPrefix === instance.id ? id : instance.connectionPrefix;
    made = { ...instance, id, connectionPrefix, status: "Creating" };
    draft.instances.push(structuredClone(made) as WorldDraft["instances"][number]);
    const key = tokenKey(call);
    if (key !== undefined) draft.clientTokens[key] = id;
    draft.operations.push({ kind: "createInstance", ...newOperation(draft, call, id, seconds(draft)) });
  });
  return made;
}

/** What the three calls that make an instance answer with. */
export const madeAnswer = (instance: Instance) => ({
  DBInstanceId: instance.id,
  OrderId: String(200_000_000_000 + Number.parseInt(instance.id.replace(/\D/g, "") || "0", 10)),
  ConnectionString: connectionString(instance),
  Port: instance.port,
});

function tokenKey({ account, params }: Call): string | undefined {
  const token = params["ClientToken"] ?? "";
  return token === "" ? undefined : `${account.accountId}:${token}`;
}

function freeId(draft: WorldDraft): string {
  for (;;) {
    const id = `rm-sim${String(nextNumber(draft)).padStart(8, "0")}`;
    if (!draft.instances.some((instance) => instance.id === id)) return id;
  }
}

behaviour({
  id: "create-instance.client-token",
  action: "CreateDBInstance, CreateReadOnlyDBInstance, CloneDBInstance",
  parameter: "ClientToken",
  says: "The same token of the same account gives the same instance again and makes none; a token may have 66 characters, as the alicloud provider's has.",
  basis: "measured",
  source: sources.terraform,
});
