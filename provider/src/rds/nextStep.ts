import { clockCodes } from "./clockOff";
import { certificateCodes, databaseGoneCode, notTls, signInUnanswered, type RdsFailure } from "./failure";

/** Where calls go, for the sentence. */
export interface Place {
  readonly region: string;
  readonly endpoint: string;
  /** Whom calls are signed as, in words. */
  readonly signer?: () => string | undefined;
}

/** What a person does about a failed call. */
export function nextStep(
  { region, endpoint, signer }: Place,
  { kind, action, code, status }: RdsFailure,
): string {
  const who = signer?.();
  switch (kind) {
    case "denied":
      return `Allow ${who ?? "this identity"} the action rds:${action} on the instance, then run it again.`;
    case "signIn":
      if (clockCodes.has(code)) return "Check the clock of this machine, then run it again.";
      // Nothing was sent: the failure says what is missing.
      if (status === undefined) return "Correct that, then run it again.";
      return `Check ${who ?? "the key that signs the calls"} and, for a temporary one, its token, then run it again.`;
    case "notFound":
      if (code === databaseGoneCode) return "Check the names of the databases, then run it again.";
      return `If the instance exists, this run looks in the wrong region (${region}) or signs in to another account${who ? ` (as ${who})` : ""}.`;
    case "unreachable":
      if (code === signInUnanswered)
        return "Check the way there (alicloud:endpoints may name another STS), then run it again.";
      if (code === notTls)
        return `What listens at ${endpoint} does not speak HTTPS. Check alicloud:endpoints, and alicloud:protocol: "HTTP" is for a simulator on this machine. Then run it again.`;
      switch (certificateCodes.get(code)) {
        case "time":
          return `Check the clock of this machine, then the certificate of ${endpoint}, and run it again.`;
        case "trust":
          return `Check the endpoint ${endpoint} and what stands between: NODE_EXTRA_CA_CERTS adds a certificate to trust. Then run it again.`;
        case undefined:
      }
      return `Check the endpoint ${endpoint}, the region ${region} and the network, then run it again.`;
    case "unknown":
      if (isFromElsewhere(code)) return `${lookBetween(endpoint)}, then run it again.`;
      return runAgain;
    case "busy":
      // Neither locked nor released as far as it can be asked: it may be either.
      return releasedToo.has(code)
        ? `${runAgain} A released instance may answer so as well. If it was: ${letGo}`
        : runAgain;
    case "throttled":
      return runAgain;
    case "refused":
      return "Correct what the answer names, then run it again.";
  }
}

/** That an instance is definitely not there: more often the wrong region or account than a lost instance. */
export function noInstance(id: string, { region, endpoint }: Place): string {
  return `Instance ${id} was not found in region ${region} (endpoint ${endpoint}). Check the id, the region and the account.`;
}

/** How a resource goes whose instance answers no more. As long as the service knows the id, no refresh lets it go. */
export const letGo =
  "remove this resource with `pulumi state delete`, which makes no call; or set `deletedWith` (the instance, where the program declares it) or " +
  "`retainOnDelete: true` on it, run `pulumi up`, and destroy or move it after that.";

const releasedToo: ReadonlySet<string> = new Set([
  "OperationDenied.DBInstanceStatus",
  "IncorrectDBInstanceState",
]);

const runAgain = "Run it again: it looks first, and does nothing twice.";

/** Whether somebody else than the service may have answered. */
export function isFromElsewhere(code: string): boolean {
  return code === "AnswerNotJson" || code === "AnswerNotUnderstood";
}

/** Half a sentence. */
export function lookBetween(endpoint: string): string {
  return `A proxy, a portal or another service may answer at ${endpoint} in place of RDS: check the network and alicloud:endpoints`;
}
