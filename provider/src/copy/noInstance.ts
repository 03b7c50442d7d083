import type { RdsApi } from "../rds/rdsApi";

/** That an instance is definitely not there: more often the wrong region or account than a lost instance. */
export function noInstance(id: string, { region, endpoint }: Pick<RdsApi, "region" | "endpoint">): string {
  return `Instance ${id} was not found in region ${region} (endpoint ${endpoint}). Check the id, the region and the account.`;
}
