import { choice } from "../parameters/badValue.js";
import type { Call } from "../call/call.js";
import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import type { Instance } from "../world/schema.js";
import { parseMoment } from "../world/time.js";

/** The filter Expired: which instances pass, by whether their time is over. */
export function expiredFilter({ params, now }: Call): (instance: Instance) => boolean {
  const wanted = choice(params, "Expired", ["True", "False"]);
  return ({ lockMode, expiresAt }) => {
    const over =
      lockMode === "LockByExpiration" || (expiresAt !== undefined && parseMoment(expiresAt) <= now);
    return wanted === undefined || (wanted === "True") === over;
  };
}

behaviour({
  id: "instances.expired",
  action: "DescribeDBInstances, DescribeDBInstanceAttribute",
  parameter: "Expired",
  says: "True lists the instances that are locked as LockByExpiration or whose ExpireTime is over, False the others.",
  basis: "inferred",
  source: sources.metadata,
});
