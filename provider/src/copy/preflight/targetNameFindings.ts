import { duplicateNameCode } from "../../rds/failure";
import type { RdsApi } from "../../rds/rdsApi";
import { sameName } from "../databaseNames";
import type { Finding } from "./finding";
import type { CopyPlanFacts } from "./preflight";

/** Names that are taken on the target by a database that this resource does not manage. */
export async function targetNameFindings(
  rds: Pick<RdsApi, "describeDatabases">,
  plan: CopyPlanFacts,
): Promise<readonly Finding[]> {
  const { targetDbInstanceId, names, adoptExisting, ownNames } = plan;
  if (adoptExisting || targetDbInstanceId === undefined || names === undefined) return [];
  const wanted = Object.entries(names).filter(([, target]) => !ownNames.some((own) => sameName(own, target)));
  if (wanted.length === 0) return [];
  const listed = await rds.describeDatabases(targetDbInstanceId);
  return wanted.flatMap(([source, target]) => {
    const taken = listed.find(({ name }) => sameName(name, target));
    return taken ? [nameTaken(targetDbInstanceId, source, taken)] : [];
  });
}

/** The finding for one taken name; `create` refuses with the same words. */
export function nameTaken(
  instanceId: string,
  source: string,
  { name, status }: { readonly name: string; readonly status: string },
): Finding {
  return {
    severity: "blocks",
    code: "target-name-taken",
    apiCode: duplicateNameCode,
    property: `dbNames.${source}`,
    text:
      `Instance ${instanceId} already has a database ${name} (${status}), and this resource did not make it. Choose another ` +
      `target name, drop that database yourself, or set adoptExisting: true to take it over as it is: it is then neither ` +
      `overwritten nor ever dropped.`,
  };
}
