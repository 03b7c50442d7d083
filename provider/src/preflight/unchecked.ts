import { listNames } from "../copy/databaseNames";
import { clockCodes } from "../rds/clockOff";
import { signInUnanswered, type RdsFailure } from "../rds/failure";
import { isFromElsewhere, lookBetween } from "../rds/nextStep";
import { permissions, ramAction, type RdsAction } from "../rds/permissions";
import type { Finding } from "./finding";
import type { Known, Unanswered } from "./known";
import { Silence } from "./patience";

/** What was not answered, put together by its cause, with a word for whoever made that mistake. */
export function uncheckedFindings(known: Known): readonly Finding[] {
  const causes = new Map<string, Unanswered[]>();
  for (const one of known.unanswered) {
    const cause = causeOf(one);
    causes.set(cause, [...(causes.get(cause) ?? []), one]);
  }
  return [...causes.values()].map((group) => ({
    code: "not-checked",
    property: "sourceDbInstanceId",
    text: `${notChecked(known, group)} ${why(known, group)}`,
  }));
}

/** One missing network or key is one cause, whatever was asked; a refusal belongs to its question. */
function causeOf({ action, failure }: Unanswered): string {
  switch (failure.kind) {
    case "denied":
    case "signIn":
    case "throttled":
      return failure.kind;
    case "unreachable":
    case "unknown":
      return failure.status === undefined || isFromElsewhere(failure.code)
        ? failure.code
        : `${failure.code} ${action}`;
    case "busy":
    case "refused":
    case "notFound":
      return `${failure.code} ${action}`;
  }
}

function notChecked(known: Known, group: readonly Unanswered[]): string {
  const actions = actionsOf(group);
  if (isNothingKnown(known)) return "Nothing of what this copy may run into could be checked.";
  return `It was not checked ${actions.map((action) => permissions[action].tells).join("; ")}.`;
}

function isNothingKnown(known: Known): boolean {
  const { source, target, sourceDatabases, targetDatabases, backups, targetTags, encryption } = known;
  return [source, target, sourceDatabases, targetDatabases, backups, targetTags, encryption].every(
    (answer) => answer === undefined,
  );
}

function why(known: Known, group: readonly Unanswered[]): string {
  const failure = group[0]?.failure as RdsFailure;
  const { region, endpoint, signer = "the key" } = known;
  // Neither the region's endpoint nor the resource's has to do with it.
  const wayToSignIn = 'the way there (alicloud:endpoints may name another STS, as "sts") and the network';
  const settings = `the region (${region}; alicloud:region or connection.region), the endpoint (alicloud:endpoints or connection.endpoint) and the network`;
  switch (failure.kind) {
    case "denied": {
      const missing = actionsOf(group).map(ramAction);
      return `${sentence(signer)} lacks the permission${missing.length > 1 ? "s" : ""} ${listNames(missing)}: ${failure.message} "npx pulumi-alicloud-rds-copy policy" prints the policy that suffices.`;
    }
    case "signIn":
      if (clockCodes.has(failure.code))
        return `${sentence(failure.message)} Check the clock of this machine. A preview goes on without signing in; pulumi up cannot.`;
      return failure.status === undefined
        ? `A preview goes on without signing in; pulumi up cannot. ${sentence(failure.said)}.`
        : `The service does not accept ${signer}: ${failure.message} A preview goes on without signing in; pulumi up cannot.`;
    case "unreachable":
      if (failure.code === signInUnanswered)
        return `A preview goes on without signing in; pulumi up cannot. ${sentence(failure.said)}. Check ${wayToSignIn}.`;
      return `${unreachable(failure, endpoint)}: ${failure.message} Check ${settings}.`;
    case "throttled":
      return `The service limits requests: ${failure.message} Everything is checked again before the copy.`;
    case "unknown":
      if (isFromElsewhere(failure.code))
        return `${failure.message} ${lookBetween(endpoint)}. Everything is checked again before the copy.`;
      return failure instanceof Silence
        ? `${failure.from} did not respond in time. Check ${failure.from === endpoint ? settings : wayToSignIn}.`
        : `${failure.message} Everything is checked again before the copy.`;
    case "busy":
    case "refused":
    case "notFound":
      return failure.message;
  }
}

function unreachable({ code }: RdsFailure, endpoint: string): string {
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return `No host of the name ${endpoint} is known here`;
  return code === "ECONNREFUSED" ? `Connection refused by ${endpoint}` : `${endpoint} cannot be reached`;
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function actionsOf(group: readonly Unanswered[]): RdsAction[] {
  return [...new Set(group.map(({ action }) => action))];
}
