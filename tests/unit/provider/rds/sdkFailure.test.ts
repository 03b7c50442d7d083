import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { get } from "node:https";
import type { AddressInfo } from "node:net";
import { RdsFailure } from "../../../../provider/src/rds/failure";
import { failureOf } from "../../../../provider/src/rds/sdkFailure";

/** What openapi-core throws for an answer with an error: the shapes are measured (rds-api notes, "Responses and errors"). */
function thrown(fields: Record<string, unknown>, name = "ClientError"): Error {
  return Object.assign(new Error(String(fields["message"])), { name, ...fields });
}

describe("failureOf", () => {
  it("takes the service's words out of what the SDK wraps around them", () => {
    const failure = failureOf(
      "CopyDatabaseBetweenInstances",
      thrown({
        statusCode: 400,
        code: "InvalidBackupSet",
        message: "InvalidBackupSet: code: 400, The set lacks it. request id: REQ-1",
        requestId: "REQ-1",
        data: { Code: "InvalidBackupSet", Recommend: "https://help.example/y" },
      }),
    );
    assert.equal(
      failure.message,
      "CopyDatabaseBetweenInstances answered InvalidBackupSet: The set lacks it (HTTP 400, request id REQ-1, see https://help.example/y).",
    );
    assert.equal(failure.kind, "refused");
    assert.equal(failure.action, "CopyDatabaseBetweenInstances");
    assert.equal(failure.code, "InvalidBackupSet");
    assert.equal(failure.status, 400);
    assert.equal(failure.requestId, "REQ-1");
  });

  it("takes the message from the body when it is there", () => {
    const fields = {
      statusCode: 400,
      code: "X",
      message: "X: code: 400, wrapped request id: R",
      requestId: "R",
    };
    const failure = failureOf("Call", thrown({ ...fields, data: { Message: "as the service said it" } }));
    assert.equal(failure.message, "Call answered X: as the service said it (HTTP 400, request id R).");
  });

  it("keeps how long a throttled caller is to wait, and does without it", () => {
    const fields = {
      statusCode: 400,
      code: "Throttling.User",
      message: "Throttling.User: code: 400, slow down",
    };
    const failure = failureOf("Call", thrown({ ...fields, retryAfter: 7000 }, "ThrottlingError"));
    assert.equal(failure.kind, "throttled");
    assert.equal(failure.retryAfterMs, 7000);
    assert.equal(failureOf("Call", thrown(fields, "ThrottlingError")).retryAfterMs, undefined);
  });

  it("knows a time-out, which has no code", () => {
    const failure = failureOf(
      "Call",
      thrown({ message: "ReadTimeout(1000). GET failed." }, "RequestTimeoutError"),
    );
    assert.deepEqual([failure.code, failure.kind], ["RequestTimeout", "unknown"]);
  });

  it("knows an answer that is no JSON, which has no code either", () => {
    const failure = failureOf("Call", new SyntaxError("Unexpected token '<'"));
    assert.deepEqual([failure.code, failure.kind], ["AnswerNotJson", "unknown"]);
  });

  it("knows a refused and a reset connection by Node's codes", () => {
    const node = (code: string) => failureOf("Call", Object.assign(new Error("no luck"), { code })).kind;
    assert.equal(node("ECONNREFUSED"), "unreachable");
    assert.equal(node("ECONNRESET"), "unknown");
  });

  it("knows a host that was lost after the request had gone from one that was never reached", () => {
    const node = (code: string, syscall: string) =>
      failureOf("Call", Object.assign(new Error("no luck"), { code, syscall })).kind;
    for (const code of ["EHOSTUNREACH", "ENETUNREACH"]) {
      assert.equal(node(code, "connect"), "unreachable");
      assert.equal(node(code, "read"), "unknown");
    }
  });

  it("knows a handshake that met something else than TLS from a connection that broke later", async () => {
    const server = createServer((_, response) => response.end("plain")).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const [error] = (await once(get({ host: "127.0.0.1", port }), "error").catch((thrown: unknown) => [
      thrown,
    ])) as [unknown];
    server.close();
    const failure = failureOf("Call", error);
    assert.deepEqual([failure.code, failure.kind], ["EPROTO", "unreachable"]);
    const late = Object.assign(new Error("bad record mac"), { code: "EPROTO", syscall: "read" });
    assert.equal(failureOf("Call", late).kind, "unknown");
  });

  it("names a connection that was lost, and leaves every other code as it is", () => {
    const node = (code: string, syscall?: string) =>
      failureOf("Call", Object.assign(new Error("no luck"), { code, syscall })).code;
    assert.equal(node("ENETUNREACH", "write"), "ConnectionLost");
    assert.equal(node("ENETUNREACH"), "ENETUNREACH");
    assert.equal(node("ECONNRESET", "read"), "ECONNRESET");
  });

  it("unwraps the words whatever is around them, and leaves what only looks like wrapping", () => {
    const words = (message: string) => failureOf("Call", thrown({ code: "X", message })).message;
    const said = (text: string) => `Call got no answer that can be used (X): ${text}.`;
    assert.equal(words("code: 400, The words request id: R-1"), said("The words"));
    assert.equal(
      words("connect ECONNREFUSED 10.0.0.1:9POST http://10.0.0.1:9/?A=b failed."),
      said("connect ECONNREFUSED 10.0.0.1:9"),
    );
    assert.equal(
      words("connect ECONNREFUSED 10.0.0.1:9GET https://10.0.0.1:9/?A=b failed"),
      said("connect ECONNREFUSED 10.0.0.1:9"),
    );
    const own = "Give code: 400, request id: R-1 and GET http://rds/x failed. once more";
    assert.equal(words(own), said(own));
  });

  it("does not take the SDK's texts of missing fields for values", () => {
    const failure = failureOf(
      "Call",
      thrown({
        statusCode: 502,
        code: "undefined",
        message: "undefined: code: 502, undefined request id: undefined",
        requestId: "undefined",
        data: {},
      }),
    );
    assert.deepEqual([failure.code, failure.kind], ["AnswerNotUnderstood", "unknown"]);
    assert.equal(failure.requestId, undefined);
    assert.equal(failure.message, "Call got no answer of the RDS API (AnswerNotUnderstood): HTTP 502.");
  });

  it("calls an error of any other kind by its name, as one that tells nothing", () => {
    const failure = failureOf("Call", new TypeError("cannot read properties"));
    assert.deepEqual([failure.code, failure.kind], ["TypeError", "unknown"]);
    assert.equal(failureOf("Call", new Error("no name")).code, "UnknownFailure");
    assert.equal(failureOf("Call", "a text").code, "UnknownFailure");
  });

  it("leaves a failure that it made itself as it is", () => {
    const failure = new RdsFailure({ action: "Inner", code: "X", message: "words" });
    assert.equal(failureOf("Outer", failure), failure);
  });

  it("never repeats the text that was signed: the session token is part of it", () => {
    for (const code of ["SignatureDoesNotMatch", "IncompleteSignature"]) {
      const said = `The signature is wrong. server canonical string is:POST x-acs-security-token:PLANTED-TOKEN`;
      const failure = failureOf(
        "DescribeDatabases",
        thrown({
          statusCode: 400,
          code,
          message: `${code}: code: 400, ${said} request id: R-1`,
          requestId: "R-1",
          data: { Code: code, Message: said },
        }),
      );
      assert.equal(
        failure.message,
        `DescribeDatabases answered ${code}: the secret of the key, or its token, is not the one that was issued with it (HTTP 400, request id R-1).`,
      );
    }
  });

  it("shows none of the secrets that signed the call, whatever the answer repeats", () => {
    const failure = failureOf(
      "Call",
      thrown({ message: "bad token PLANTED-TOKEN of PLANTED-SECRET", statusCode: 400, code: "X" }),
      {
        accessKeyId: "id",
        accessKeySecret: "PLANTED-SECRET",
        securityToken: "PLANTED-TOKEN",
      },
    );
    assert.equal(failure.message, "Call answered X: bad token [secret] of [secret] (HTTP 400).");
  });
});
