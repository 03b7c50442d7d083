import assert from "node:assert/strict";
import fc from "fast-check";
import { RdsFailure, type FailureFacts, type FailureKind } from "../../../../provider/src/rds/failure";

const kindOf = (code: string, status?: number, message = "words") =>
  new RdsFailure({ action: "Call", code, message, status }).kind;

/** Code, status (if there was an answer), kind. */
const table: readonly (readonly [string, number | undefined, FailureKind])[] = [
  // Gone: three codes, whatever the status, and nothing that only looks like them.
  ["InvalidDBInstanceId.NotFound", 404, "notFound"],
  ["InvalidDBInstanceId.NotFound", 400, "notFound"],
  ["InvalidDBInstanceId.NotFound", 500, "notFound"],
  ["InvalidDBInstanceId.NotFound", 200, "notFound"],
  ["InvalidDBInstanceName.NotFound", 404, "notFound"],
  ["InvalidDBInstanceName.NotFound", 400, "notFound"],
  ["InvalidDBName.NotFound", 404, "notFound"],
  ["InvalidDBName.NotFound", 400, "notFound"],
  ["InvalidDBInstanceId.NotFoundError", 404, "refused"],
  ["InvalidDBInstance.NotFound", 404, "refused"],
  ["invaliddbinstanceid.notfound", 404, "refused"],
  ["Forbidden.InstanceNotFound", 404, "refused"],
  ["InvalidRegionId.NotFound", 404, "refused"],
  ["InvalidAction.NotFound", 404, "refused"],
  ["Request.NotFound", 404, "refused"],
  ["InvalidBackupDBNames.NotFound", 400, "refused"],
  ["InvalidBackupIdOrRestoreTime.NotFound", 400, "refused"],
  ["InvalidAccessKeyId.NotFound", 404, "signIn"],
  ["AnythingElse", 404, "refused"],
  // Definite refusals.
  ["InvalidDBName.Duplicate", 400, "refused"],
  ["InvalidBackupSet", 400, "refused"],
  ["InvalidParameter", 400, "refused"],
  ["StorageLimitExceeded", 403, "refused"],
  ["OperationDenied.LockMode", 403, "refused"],
  ["OperationDenied.DBInstanceType", 400, "refused"],
  ["UnsupportedCopyDbBasicToShare", 403, "refused"],
  ["InsufficientResourceCapacity", 404, "refused"],
  // Occupied.
  ["IncorrectDBInstanceState", 403, "busy"],
  ["IncorrectMasterDBInstanceState", 400, "busy"],
  ["MasterDBInstanceState.NotSupport", 400, "busy"],
  ["OperationDenied.DBInstanceStatus", 403, "busy"],
  ["OperationDenied.DBStatus", 403, "busy"],
  ["OperationDenied.OutofUsage", 403, "busy"],
  ["ConnectTimeoutRetryLater", 400, "busy"],
  ["TimeoutRetryLater", 400, "busy"],
  // Too many calls, at whatever status gateways choose.
  ["Throttling", 400, "throttled"],
  ["Throttling.User", 400, "throttled"],
  ["Throttling.Api", 429, "throttled"],
  ["Throttling.User.Flow", 503, "throttled"],
  ["TooManyRequests", 429, "throttled"],
  // May not.
  ["Forbidden.RAM", 403, "denied"],
  ["Forbidden", 403, "denied"],
  ["NoPermission", 403, "denied"],
  ["Forbedden.NotSupportRAM", 403, "denied"],
  ["Forbidden.RiskControl", 403, "denied"],
  ["ActionUnauthorized", 403, "denied"],
  ["InvalidUserOperatorPermission", 403, "denied"],
  // Who is asking?
  ["InvalidAccessKeyId.Inactive", 400, "signIn"],
  ["InvalidAccessKeyId", 403, "signIn"],
  ["SignatureDoesNotMatch", 400, "signIn"],
  ["IncompleteSignature", 400, "signIn"],
  ["InvalidTimeStamp.Expired", 400, "signIn"],
  ["IllegalTimestamp", 400, "signIn"],
  ["InvalidSecurityToken.Expired", 403, "signIn"],
  ["InvalidSecurityToken.Malformed", 400, "signIn"],
  ["InvalidSecurityToken.MismatchWithAccessKey", 400, "signIn"],
  ["MissingSecurityToken", 400, "signIn"],
  ["InvalidCredentials", undefined, "signIn"],
  ["InvalidConfiguration", undefined, "signIn"],
  ["Forbidden.Authentication", 403, "signIn"],
  // Never left this machine, or nobody was there to take it.
  ["ECONNREFUSED", undefined, "unreachable"],
  ["ENOTFOUND", undefined, "unreachable"],
  ["EAI_AGAIN", undefined, "unreachable"],
  ["EHOSTUNREACH", undefined, "unreachable"],
  ["ENETUNREACH", undefined, "unreachable"],
  ["CERT_HAS_EXPIRED", undefined, "unreachable"],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", undefined, "unreachable"],
  ["SELF_SIGNED_CERT_IN_CHAIN", undefined, "unreachable"],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", undefined, "unreachable"],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", undefined, "unreachable"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", undefined, "unreachable"],
  ["CERT_NOT_YET_VALID", undefined, "unreachable"],
  ["CERT_SIGNATURE_FAILURE", undefined, "unreachable"],
  ["CERT_REVOKED", undefined, "unreachable"],
  ["UNABLE_TO_GET_ISSUER_CERT", undefined, "unreachable"],
  ["HOSTNAME_MISMATCH", undefined, "unreachable"],
  ["EPROTO", undefined, "unreachable"],
  ["SignInUnanswered", undefined, "unreachable"],
  // It may have happened.
  ["ECONNRESET", undefined, "unknown"],
  ["ETIMEDOUT", undefined, "unknown"],
  ["EPIPE", undefined, "unknown"],
  ["RequestTimeout", undefined, "unknown"],
  ["UnknownFailure", undefined, "unknown"],
  ["NetworkOrSqlTimeoutError", 408, "unknown"],
  ["InternalError", 500, "unknown"],
  ["ServiceUnavailable", 503, "unknown"],
  ["ExternalFailure", 500, "unknown"],
  ["SignatureNonceUsed", 400, "unknown"],
  ["AnswerNotJson", undefined, "unknown"],
  // What cannot be read refuses nothing, whatever its status.
  ["AnswerNotJson", 403, "unknown"],
  ["AnswerNotUnderstood", 400, "unknown"],
  ["AnswerWithoutRequestId", 400, "unknown"],
  ["AnswerWithoutRequestId", 200, "unknown"],
  ["OperationDenied.DBInstanceStatus", 200, "unknown"],
  ["Throttling.User", 200, "unknown"],
  ["Forbidden.RAM", 200, "unknown"],
  ["InvalidDBName.Duplicate", 200, "unknown"],
  ["MovedTemporarily", 302, "unknown"],
];

describe("the kind of a failure", () => {
  for (const [code, status, kind] of table) {
    it(`${code}${status ? ` with HTTP ${status}` : ""} is ${kind}`, () =>
      assert.equal(kindOf(code, status), kind));
  }

  it("sees an expired token that comes as InvalidParameter, by its text alone", () => {
    const text = "The specified parameter SecurityToken.Expired is not valid";
    assert.equal(kindOf("InvalidParameter", 400, text), "signIn");
    assert.equal(kindOf("InvalidDBName.Format", 400, text), "refused");
  });

  it("looks at no other text", () => {
    const facts = fc.constantFrom(...table);
    const text = fc.constantFrom(
      "Throttling",
      "not found",
      "Forbidden.RAM",
      "timeout",
      "InvalidDBName.NotFound",
    );
    fc.assert(
      fc.property(facts, text, ([code, status, kind], message) =>
        assert.equal(kindOf(code, status, message), kind),
      ),
    );
  });

  it("is never notFound but for the exact list", () => {
    const gone = ["InvalidDBInstanceId.NotFound", "InvalidDBInstanceName.NotFound", "InvalidDBName.NotFound"];
    const code = fc.oneof(
      fc.string().map((text) => `${text}.NotFound`),
      fc.constantFrom(...gone).map((known) => `${known}s`),
      fc.constantFrom(...gone).map((known) => known.slice(1)),
    );
    fc.assert(
      fc.property(code, fc.constantFrom(400, 404, 410, 500, undefined), (text, status) => {
        fc.pre(!gone.includes(text));
        assert.notEqual(kindOf(text, status), "notFound");
      }),
    );
  });
});

describe("the sentence of a failure", () => {
  const sentence = (facts: Partial<FailureFacts>) =>
    new RdsFailure({ action: "DescribeDatabases", code: "SomeCode", message: "words", ...facts }).message;

  it("says what was asked and what the cloud said", () => {
    const message = "The DB instance does not exist.";
    const answer = { status: 404, requestId: "REQ-1", recommend: "https://help.example/x" };
    assert.equal(
      sentence({ code: "InvalidDBInstanceId.NotFound", message, ...answer }),
      "DescribeDatabases answered InvalidDBInstanceId.NotFound: The DB instance does not exist (HTTP 404, request id REQ-1, see https://help.example/x).",
    );
  });

  it("does not speak of an answer when there was none", () => {
    assert.equal(
      sentence({ code: "ECONNREFUSED", message: "connect ECONNREFUSED 127.0.0.1:1" }),
      "DescribeDatabases could not be sent (ECONNREFUSED): connect ECONNREFUSED 127.0.0.1:1.",
    );
    assert.equal(
      sentence({ code: "InvalidCredentials", message: "no credentials found" }),
      "DescribeDatabases could not be sent (InvalidCredentials): no credentials found.",
    );
    assert.equal(
      sentence({ code: "ECONNRESET", message: "socket hang up" }),
      "DescribeDatabases got no answer that can be used (ECONNRESET): socket hang up.",
    );
  });

  it("stands on one line, however the message is laid out", () => {
    assert.equal(
      sentence({ status: 400, message: " first\n\n   second.. \n" }),
      "DescribeDatabases answered SomeCode: first second (HTTP 400).",
    );
  });

  it("does without a message", () =>
    assert.equal(sentence({ status: 400, message: "" }), "DescribeDatabases answered SomeCode (HTTP 400)."));
});
