import assert from "node:assert/strict";
import type { Unanswered } from "../../../provider/src/preflight/known";
import { Silence } from "../../../provider/src/preflight/patience";
import { uncheckedFindings } from "../../../provider/src/preflight/unchecked";
import { signInUnanswered, type RdsFailure } from "../../../provider/src/rds/failure";
import type { RdsAction } from "../../../provider/src/rds/permissions";
import { failure, failures } from "../provider/scriptedRds";
import { briefs, knownOf, onlyText, targetInstance, type KnownParts } from "./known";

const to = (action: RdsAction, failed: RdsFailure): Unanswered => ({ action, failure: failed });
const findingsOf = (unanswered: readonly Unanswered[], parts: KnownParts = {}) =>
  uncheckedFindings(knownOf({ target: targetInstance(), unanswered, ...parts }));

const backups = "DescribeBackups";
const databases = "DescribeDatabases";
const gateway = () => failure("BadGateway", { status: 502 });
const lost = (code = "ECONNRESET") => failure(code, { status: undefined });

describe("questions that were not answered", () => {
  it("are nothing to speak of when there are none", () => {
    assert.deepEqual(findingsOf([]), []);
  });

  for (const [kind, fail] of Object.entries(failures))
    it(`never block: ${kind}`, () => {
      assert.deepEqual(briefs(findingsOf([to(backups, fail())])), [
        "unchecked not-checked sourceDbInstanceId -",
      ]);
    });

  const pairs: readonly (readonly [string, Unanswered, Unanswered, number])[] = [
    [
      "missing permissions are one cause, whatever their codes",
      to(backups, failures.denied()),
      to(databases, failure("NoPermission", { status: 403 })),
      1,
    ],
    [
      "a key that is not taken is one cause",
      to(backups, failures.signIn()),
      to(databases, failure("SignatureDoesNotMatch")),
      1,
    ],
    [
      "too many questions are one cause",
      to(backups, failures.throttled()),
      to(databases, failure("Throttling.Api")),
      1,
    ],
    ["a way that leads nowhere is one cause", to(backups, lost()), to(databases, lost()), 1],
    ["ways that fail differently are two", to(backups, lost()), to(databases, lost("ECONNREFUSED")), 2],
    [
      "hosts that are not reached are one cause",
      to(backups, lost("ENOTFOUND")),
      to(databases, lost("ENOTFOUND")),
      1,
    ],
    ["broken answers belong to their questions", to(backups, gateway()), to(databases, gateway()), 2],
    ["broken answers to one question are one cause", to(backups, gateway()), to(backups, gateway()), 1],
    [
      "different broken answers to one question are two",
      to(backups, gateway()),
      to(backups, failures.unknown()),
      2,
    ],
    [
      "a portal is one cause, whatever was asked",
      to(backups, failure("AnswerNotJson", { status: 302 })),
      to(databases, failure("AnswerNotJson", { status: 302 })),
      1,
    ],
    [
      "refusals belong to their questions",
      to(backups, failures.refused()),
      to(databases, failures.refused()),
      2,
    ],
    [
      "refusals of one question are one cause",
      to(backups, failures.refused()),
      to(backups, failures.refused()),
      1,
    ],
    [
      "busy answers belong to their questions",
      to(backups, failures.busy()),
      to(databases, failures.busy()),
      2,
    ],
    [
      "what was not found belongs to its question",
      to(backups, failures.notFound()),
      to(databases, failures.notFound()),
      2,
    ],
    [
      "different causes are told apart",
      to(backups, failures.denied()),
      to(databases, failures.throttled()),
      2,
    ],
  ];
  for (const [what, one, other, count] of pairs)
    it(what, () => {
      assert.equal(findingsOf([one, other]).length, count);
    });
});

describe("what is told of a question that was not answered", () => {
  it("is what was not checked, each thing once", () => {
    const asked = [backups, databases, backups].map((action) => to(action as RdsAction, failures.denied()));
    assert.match(
      onlyText(findingsOf(asked)),
      /^It was not checked whether there is a backup to copy from; whether the source has the databases and the target has their names free\. /,
    );
  });

  it("is that nothing was checked, where nothing at all is known", () => {
    const nothing = findingsOf([to(backups, failures.denied())], { target: undefined });
    assert.match(onlyText(nothing), /^Nothing of what this copy may run into could be checked\. /);
    const answers: readonly KnownParts[] = [
      { source: "not found" },
      { target: "not found" },
      { sourceDatabases: [] },
      { targetDatabases: [] },
      { backups: [] },
      { targetTags: {} },
      { encryption: { enabled: false, databases: undefined } },
    ];
    for (const answer of answers) {
      const findings = findingsOf([to(backups, failures.denied())], { target: undefined, ...answer });
      assert.match(onlyText(findings), /^It was not checked /, JSON.stringify(answer));
    }
  });

  it("is the permission that it takes", () => {
    const denied = [to(backups, failures.denied()), to(databases, failures.denied())];
    assert.match(
      onlyText(findingsOf(denied.slice(1))),
      / The key lacks the permission rds:DescribeDatabases: /,
    );
    assert.match(
      onlyText(findingsOf(denied, { signer: "the key of the profile ci" })),
      / The key of the profile ci lacks the permissions rds:DescribeBackups and rds:DescribeDatabases: /,
    );
  });

  const words: readonly (readonly [string, RdsFailure, RegExp])[] = [
    [
      "a key that the cloud does not take",
      failures.signIn(),
      /The service does not accept the key: Call answered InvalidAccessKeyId\.NotFound.* A preview goes on without signing in/,
    ],
    [
      "no key at all",
      failure("InvalidCredentials", { status: undefined, message: "no credentials found." }),
      /free\. A preview goes on without signing in; pulumi up cannot\. No credentials found\.$/,
    ],
    [
      "nobody to sign in with",
      failure(signInUnanswered, { status: undefined, message: "STS was not reached." }),
      /STS was not reached\. Check the way there \(alicloud:endpoints may name another STS, as "sts"\)/,
    ],
    [
      "an unknown host",
      lost("ENOTFOUND"),
      /No host of the name rds\.aliyuncs\.com is known here: .* Check the region/,
    ],
    [
      "a host that is not looked up",
      lost("EAI_AGAIN"),
      /No host of the name rds\.aliyuncs\.com is known here: /,
    ],
    ["a closed door", lost("ECONNREFUSED"), /Connection refused by rds\.aliyuncs\.com: /],
    [
      "no way",
      lost("ENETUNREACH"),
      /rds\.aliyuncs\.com cannot be reached: .* Check the region \(cn-hangzhou; /,
    ],
    [
      "too many questions",
      failures.throttled(),
      /The service limits requests: Call answered Throttling\.User.* Everything is checked again/,
    ],
    [
      "a broken answer",
      failures.unknown(),
      /Call answered InternalError.* Everything is checked again before the copy/,
    ],
    [
      "an answer of another service",
      failure("AnswerNotJson", { status: 302, message: "HTTP 302, location https://portal.example/login" }),
      /\(AnswerNotJson\): HTTP 302, location https:\/\/portal\.example\/login\. A proxy, a portal or another service may answer at rds\.aliyuncs\.com in place of RDS/,
    ],
    [
      "a clock that is off",
      failure("InvalidTimeStamp.Expired", {
        message: "the clock of this machine is 20 minutes behind that of the service",
      }),
      /20 minutes behind that of the service \(HTTP 400\)\. Check the clock of this machine\. A preview goes on/,
    ],
    [
      "silence of the endpoint",
      new Silence(databases, "rds.aliyuncs.com", 5000),
      /rds\.aliyuncs\.com did not respond in time\. Check the region \(cn-hangzhou; /,
    ],
    [
      "silence of whoever signs in",
      new Silence(databases, "STS", 5000),
      /STS did not respond in time\. Check the way there /,
    ],
    [
      "a busy instance",
      failures.busy(),
      /free\. Call answered OperationDenied\.DBInstanceStatus: .*\(HTTP 403\)\.$/,
    ],
    ["a refusal", failures.refused(), /free\. Call answered EngineNotSupported: .*\(HTTP 400\)\.$/],
    [
      "something that is not there",
      failures.notFound(),
      /free\. Call answered InvalidDBInstanceId\.NotFound: .*\(HTTP 404\)\.$/,
    ],
  ];
  for (const [what, failed, expected] of words)
    it(`is its cause: ${what}`, () => {
      assert.match(onlyText(findingsOf([to(databases, failed)])), expected);
    });
});
