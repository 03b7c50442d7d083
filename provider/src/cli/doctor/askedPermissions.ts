import { listNames } from "../../copy/databaseNames";
import { RdsFailure } from "../../rds/failure";
import { permissions, ramAction, rdsActions, type RdsAction } from "../../rds/permissions";
import type { RdsApi } from "../../rds/rdsApi";
import type { Facts } from "../../preflight/facts";
import type { Row, Verdict } from "./diagnosis";

/** The actions that change nothing: each is asked for. */
type ReadAction = {
  [Action in RdsAction]: (typeof permissions)[Action]["changes"] extends false ? Action : never;
}[RdsAction];

/** The calls by which each permission shows. What the facts know already is not asked again. */
function questions(
  facts: Facts,
  rds: RdsApi,
  now: number,
): { readonly [Action in ReadAction]: (id: string) => Promise<unknown> } {
  const since = now - 3_600_000;
  return {
    DescribeDBInstanceAttribute: facts.instance,
    DescribeDatabases: facts.databases,
    DescribeBackups: (id) => facts.backups(id),
    DescribeBackupPolicy: facts.policy,
    DescribeLogBackupFiles: (id) => facts.logs(id, since, now),
    DescribeDBInstanceTDE: facts.encryption,
    DescribeTasks: rds.describeTasks,
    DescribeHistoryTasks: (id) => facts.tasks(id, since, now),
    ListTagResources: facts.tags,
  };
}

/** Each read permission by a call of its own on each instance that a copy needs it on; what changes anything is only listed. */
export async function askedPermissions(
  facts: Facts,
  rds: RdsApi,
  now: number,
  instances: { readonly source: string; readonly target: string },
): Promise<readonly Row[]> {
  const asked = Object.entries(questions(facts, rds, now)).flatMap(([action, ask]) => {
    const { on } = permissions[action as ReadAction];
    const ids = on === "both" ? [instances.source, instances.target] : [instances[on]];
    return ids.map((id) => answerTo(action as ReadAction, id, ask));
  });
  const answers = await Promise.all(asked);
  const writes = rdsActions.filter((action) => permissions[action].changes).map(ramAction);
  return [
    ...[...new Set(answers.map(({ id }) => id))].flatMap((id) => rowsOf(id, answers)),
    {
      about: "permission",
      verdict: "note",
      subject: instances.target,
      text: `Not checked, since they change something: ${listNames(writes)}.`,
    },
  ];
}

/** What is allowed in one row, anything else in a row of its own. */
function rowsOf(id: string, answers: readonly Answer[]): readonly Row[] {
  const ofIt = answers.filter((answer) => answer.id === id);
  const allowed = ofIt.filter(({ verdict }) => verdict === "ok").map(({ action }) => ramAction(action));
  const rest = ofIt.filter(({ verdict }) => verdict !== "ok");
  const row = (verdict: Verdict, text: string): Row => ({ about: "permission", verdict, subject: id, text });
  return [
    ...(allowed.length > 0 ? [row("ok", `Allowed: ${listNames(allowed)}.`)] : []),
    ...rest.map(({ action, verdict, text }) => row(verdict, `${ramAction(action)} ${text}`)),
  ];
}

interface Answer {
  readonly action: ReadAction;
  readonly id: string;
  readonly verdict: Verdict;
  readonly text: string;
}

async function answerTo(
  action: ReadAction,
  id: string,
  ask: (id: string) => Promise<unknown>,
): Promise<Answer> {
  const answer = (verdict: Verdict, text = ""): Answer => ({ action, id, verdict, text });
  const { tells } = permissions[action];
  try {
    await ask(id);
    return answer("ok");
  } catch (error) {
    if (!(error instanceof RdsFailure)) throw error;
    switch (error.kind) {
      case "denied":
        return answer(
          "error",
          `is denied, so it is not known ${tells}. ${error.message} "npx pulumi-alicloud-rds-copy policy" prints the policy that suffices.`,
        );
      // The service answers so only after it has let the caller in.
      case "notFound":
      case "refused":
      case "busy":
        return answer("ok");
      case "signIn":
      case "throttled":
      case "unreachable":
      case "unknown":
        return answer("unchecked", `was not answered, so it is not known ${tells}. ${error.message}`);
    }
  }
}
