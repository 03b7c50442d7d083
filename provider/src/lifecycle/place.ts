import type { RdsApi } from "../rds/rdsApi";
import type { Run } from "./run";
import type { CopyState } from "./state";

/**
 * The cloud where a resource is. Its data stays in the region where it was made, whatever region the stack is set to
 * by now: another one answers "not found", which would pass for gone.
 */
export function rdsOf({ connection, region, askedRegion = region }: CopyState, run: Run): RdsApi {
  const isElsewhere = connection?.region === undefined && run.connect(connection).region !== askedRegion;
  return run.rds(isElsewhere ? { ...connection, region: askedRegion } : connection);
}
