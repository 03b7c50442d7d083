import { permissions, ramAction, rdsActions, type Permission } from "../rds/permissions";

/** Which instances copies go between. */
export interface PolicyScope {
  readonly sources: readonly string[];
  readonly targets: readonly string[];
  /** `*` for every account; otherwise the account that owns the instances. */
  readonly account: string;
  /** `*` for every region. */
  readonly region: string;
  /** Leave out what changes anything: enough for a preview. */
  readonly readOnly: boolean;
}

/** A RAM policy, in the form in which the console and `alicloud.ram.Policy` take it. */
export interface PolicyDocument {
  readonly Version: "1";
  readonly Statement: readonly PolicyStatement[];
}

export interface PolicyStatement {
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

/** The document that allows exactly what this package calls, on exactly these instances. */
export function policyDocument(scope: PolicyScope): PolicyDocument {
  const { sources, targets } = scope;
  const statement = (on: Permission["on"], instanceIds: readonly string[]): PolicyStatement => ({
    Effect: "Allow",
    Action: rdsActions
      .filter((action) => permissions[action].on === on && !(scope.readOnly && permissions[action].changes))
      .map(ramAction),
    Resource: [...new Set(instanceIds)].map((id) => resourceName(scope, id)),
  });
  return {
    Version: "1",
    Statement: [
      statement("both", [...sources, ...targets]),
      statement("source", sources),
      statement("target", targets),
    ],
  };
}

/** The form of an instance's name in RAM (RAM section of the API pages). */
function resourceName({ region, account }: PolicyScope, instanceId: string): string {
  return `acs:rds:${region}:${account}:dbinstance/${instanceId}`;
}
