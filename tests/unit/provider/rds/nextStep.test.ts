import assert from "node:assert/strict";
import { RdsFailure, type FailureKind } from "../../../../provider/src/rds/failure";
import { nextStep } from "../../../../provider/src/rds/nextStep";

const place = { region: "cn-hangzhou", endpoint: "rds.example" };
const failure = (code: string, status?: number) =>
  new RdsFailure({ action: "DeleteDatabase", code, status, message: "words" });

/** A failure of each kind, and the word without which its next step would be of no help. */
const steps: readonly (readonly [FailureKind, RdsFailure, string])[] = [
  ["refused", failure("InvalidParameter", 400), "Correct"],
  ["notFound", failure("InvalidDBInstanceId.NotFound", 404), "region (cn-hangzhou)"],
  ["notFound", failure("InvalidDBName.NotFound", 404), "names of the databases"],
  ["busy", failure("OperationDenied.DBStatus", 403), "looks first"],
  ["busy", failure("OperationDenied.DBInstanceStatus", 403), "pulumi state delete"],
  ["throttled", failure("Throttling.User", 400), "looks first"],
  ["denied", failure("Forbidden.RAM", 403), "rds:DeleteDatabase"],
  ["signIn", failure("SignatureDoesNotMatch", 400), "key"],
  ["signIn", failure("InvalidCredentials"), "Correct that"],
  ["unreachable", failure("ECONNREFUSED"), "endpoint rds.example"],
  ["unreachable", failure("EPROTO"), "alicloud:protocol"],
  ["unreachable", failure("CERT_NOT_YET_VALID"), "clock of this machine"],
  ["unreachable", failure("CERT_HAS_EXPIRED"), "clock of this machine"],
  ["unreachable", failure("SELF_SIGNED_CERT_IN_CHAIN"), "NODE_EXTRA_CA_CERTS"],
  ["unknown", failure("ECONNRESET"), "looks first"],
  ["unknown", failure("AnswerNotJson", 302), "in place of RDS"],
  ["unknown", failure("AnswerCutOff", 200), "looks first"],
  ["signIn", failure("InvalidTimeStamp.Expired", 400), "clock of this machine"],
];

describe("the next step after a failure", () => {
  for (const [kind, failed, word] of steps) {
    it(`${kind} (${failed.code}) speaks of "${word}"`, () => {
      assert.equal(failed.kind, kind);
      const step = nextStep(place, failed);
      assert.ok(step.includes(word) && step.endsWith("."), step);
    });
  }
});
