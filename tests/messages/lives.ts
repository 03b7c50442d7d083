import { deleteCopy } from "../../provider/src/lifecycle/delete";
import { diff } from "../../provider/src/lifecycle/diff";
import type { PartialInputs } from "../../provider/src/lifecycle/inputs";
import { read } from "../../provider/src/lifecycle/read";
import { stateOf } from "../../provider/src/lifecycle/state";
import { unknown } from "../../provider/src/lifecycle/unknown";
import { testSession } from "../unit/provider/lifecycle/testSession";
import { failures } from "../unit/provider/scriptedRds";

const point = { kind: "backup", backupId: "1002", backupTime: "2026-02-28T18:40:00Z" } as const;
const inputs = {
  sourceDbInstanceId: "rm-prod",
  targetDbInstanceId: "rm-staging",
  dbNames: { orders: "orders" },
  resourceUrn: "urn:pulumi:dev::shop::type::copy",
  foundAt: { region: "cn-hangzhou", endpoint: "rds.aliyuncs.com" },
};
const state = stateOf({
  ...inputs,
  owner: "own000000000",
  databases: {
    orders: { phase: "filled", id: "k3f9q0za", point, target: "orders", source: "orders", status: "Running" },
  },
  restorePoint: point,
  startedAt: "2026-03-01T01:00:00Z",
  completedAt: "2026-03-01T01:20:00Z",
});

/** What the operations of a life warn of, besides what they say of ownership. */
export async function warnedInLives(): Promise<{
  readonly data: readonly string[];
  readonly gone: readonly string[];
}> {
  const asked = testSession();
  for (const changed of [
    { sourceDbInstanceId: "rm-other" },
    { backupId: "1001" },
    { backupId: unknown },
    { targetDbInstanceId: unknown },
    { dbNames: unknown },
  ])
    await diff(state, { ...inputs, ...changed } as PartialInputs, asked);
  const gone = testSession({ describeDatabases: () => Promise.reject(failures.notFound()) });
  await read("rm-staging:k3f9q0za", { ...state }, gone);
  await deleteCopy(state, gone);
  return { data: warningsOf(asked.said), gone: warningsOf(gone.said) };
}

function warningsOf(said: readonly string[]): string[] {
  return said.flatMap((line) => (line.startsWith("warn: ") ? [line.slice("warn: ".length)] : []));
}
