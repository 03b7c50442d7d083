import { factsOf } from "../../../provider/src/preflight/facts";
import { unhurried } from "../../../provider/src/preflight/patience";
import type { CopyPlan } from "../../../provider/src/preflight/plan";
import { fakeClock } from "../provider/fakeClock";
import { scriptedRds, type RdsCalls } from "../provider/scriptedRds";

/** The plainest copy that there is. */
export const copyOfOrders: CopyPlan = {
  sourceDbInstanceId: "rm-prod",
  targetDbInstanceId: "rm-staging",
  names: { orders: "orders" },
  choice: { kind: "latest" },
  dropped: [],
};

/** The facts that a scripted cloud gives, with a record of its calls. */
export function factsIn(script: Partial<RdsCalls>) {
  const clock = fakeClock();
  const { rds, calls, names } = scriptedRds(script, clock);
  const facts = factsOf(rds, { reads: rds, clock, patience: unhurried, maxAgeMs: 60_000 });
  return { clock, facts, calls, names };
}
