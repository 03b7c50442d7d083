import { RdsFailure } from "../rds/failure";
import type { DatabaseFacts, RdsApi } from "../rds/rdsApi";
import { whenNotFound } from "../rds/whenNotFound";
import type { Run } from "./run";

/** What is listed on an instance; `undefined` if the instance is definitely not there. */
export type Listed = readonly DatabaseFacts[] | undefined;

/**
 * Looks at the databases of an instance. What looks as if something were gone is looked at once more: a new
 * instance is now and then "not found" for a moment.
 */
export async function lookAt(
  rds: Pick<RdsApi, "describeDatabases">,
  instanceId: string,
  { clock, signal }: Run,
  seemsGone: (listed: Listed) => boolean,
): Promise<Listed> {
  const first = await look(rds, instanceId);
  if (!seemsGone(first)) return first;
  await clock.sleep(secondLookAfterMs, signal);
  return look(rds, instanceId);
}

/** The same where a look that fails is to stop nothing. */
export async function lookIfPossible(...look: Parameters<typeof lookAt>): Promise<Listed | "unseen"> {
  try {
    return await lookAt(...look);
  } catch (error) {
    if (error instanceof RdsFailure) return "unseen";
    throw error;
  }
}

const secondLookAfterMs = 2000;

function look(rds: Pick<RdsApi, "describeDatabases">, instanceId: string): Promise<Listed> {
  return rds.describeDatabases(instanceId).catch(whenNotFound);
}
