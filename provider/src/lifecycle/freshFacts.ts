import { factsOf, freshMs, type Facts } from "../preflight/facts";
import { unhurried } from "../preflight/patience";
import type { RdsApi } from "../rds/rdsApi";
import type { CopyInputs } from "./inputs";
import type { Run } from "./run";

/** The facts as they are now: what a check learnt earlier in the run does not count right before a copy. */
export function freshFacts(inputs: CopyInputs, reads: RdsApi, run: Run): Facts {
  return factsOf(run.rds(inputs.connection), {
    reads,
    clock: run.clock,
    patience: unhurried,
    maxAgeMs: freshMs,
  });
}
