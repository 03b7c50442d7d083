import assert from "node:assert/strict";
import { createServer, type OutgoingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { RdsFailure } from "../../../provider/src/rds/failure";
import { nextStep } from "../../../provider/src/rds/nextStep";
import { sdkRds } from "../../../provider/src/rds/sdkRds";
import { configKey, stack } from "./stack";
import { startSts } from "./stsStandIn";

interface Answer {
  readonly status: number;
  readonly headers?: OutgoingHttpHeaders;
  readonly body: string;
}

/** What a call says when the endpoint gives this answer, and what is to be done. */
async function failureAfter({ status, headers = {}, body }: Answer) {
  const server = createServer((_request, response) => {
    response.writeHead(status, headers);
    response.end(body);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const endpoint = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const at = stack({ config: { ...configKey, protocol: "HTTP", endpoints: [{ rds: endpoint }] } });
    const rds = sdkRds(at.connect());
    const failure = await rds.describeDatabases("rm-a").then(
      () => assert.fail("an answer was made of it"),
      (error: unknown) => error,
    );
    assert.ok(failure instanceof RdsFailure);
    return { failure, text: `${failure.message} ${nextStep(rds, failure)}`.replaceAll(endpoint, "ENDPOINT") };
  } finally {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
}

const html = { "content-type": "text/html; charset=utf-8" };
const lookBetween =
  "A proxy, a portal or another service may answer at ENDPOINT in place of RDS: check the network and alicloud:endpoints, then run it again.";

describe("Sign-in: an answer that RDS did not give", () => {
  it("a redirect: its status, where it leads, without the query that may hold a token, and its type", async () => {
    const location = "https://portal.example/login?token=PLANTED#PLANTED";
    const { failure, text } = await failureAfter({ status: 302, headers: { ...html, location }, body: "" });
    assert.equal(
      text,
      "DescribeDatabases got no answer of the RDS API (AnswerNotJson): HTTP 302, location https://portal.example/login, " +
        `content type text/html. ${lookBetween}`,
    );
    assert.deepEqual([failure.kind, failure.status], ["unknown", 302]);
  });

  it("a page of a portal, whatever its status", async () => {
    for (const status of [200, 403, 502]) {
      const { failure, text } = await failureAfter({ status, headers: html, body: "<html>Log in</html>" });
      assert.equal(
        text,
        `DescribeDatabases got no answer of the RDS API (AnswerNotJson): HTTP ${status}, content type text/html. ${lookBetween}`,
      );
      assert.equal(failure.kind, "unknown");
    }
  });

  it("JSON of another service", async () => {
    const headers = { "content-type": "application/json" };
    const { failure, text } = await failureAfter({ status: 200, headers, body: '{"login":"required"}' });
    assert.equal(
      text,
      `DescribeDatabases got no answer of the RDS API (AnswerNotUnderstood): HTTP 200, content type application/json. ${lookBetween}`,
    );
    assert.equal(failure.kind, "unknown");
  });

  it("JSON that ends early says nothing of portals", async () => {
    const headers = { "content-type": "application/json" };
    const { text } = await failureAfter({ status: 200, headers, body: '{"RequestId":' });
    assert.equal(
      text,
      "DescribeDatabases got no answer of the RDS API (AnswerCutOff): HTTP 200, content type application/json, and its JSON " +
        "is not complete. Run it again: it looks first, and does nothing twice.",
    );
  });

  it("a portal in place of STS", async () => {
    const sts = await startSts();
    try {
      sts.refuses(302, "", { ...html, location: "https://portal.example/login?token=PLANTED" });
      const assumeRole = { roleArn: "acs:ram::1:role/copier" };
      const at = stack({ config: { ...configKey, assumeRole, endpoints: [{ sts: sts.host }] } });
      await assert.rejects(
        at.connect().credentials(),
        /STS at \S+ answered HTTP 302, location https:\/\/portal\.example\/login, content type text\/html\./,
      );
    } finally {
      await sts.close();
    }
  });
});

describe("Sign-in: a clock that is off", () => {
  const refused = (minutes: number, code = "InvalidTimeStamp.Expired") => ({
    status: 400,
    headers: {
      "content-type": "application/json",
      date: new Date(Date.now() + minutes * 60_000).toUTCString(),
    },
    body: JSON.stringify({
      Code: code,
      Message: "Specified time stamp or date value is expired.",
      RequestId: "R",
    }),
  });
  const said = (clock: string) =>
    `DescribeDatabases answered InvalidTimeStamp.Expired: the clock of this machine is ${clock} (HTTP 400, request id R). ` +
    "Check the clock of this machine, then run it again.";

  it("by how much, from the Date header of the answer", async () => {
    assert.equal((await failureAfter(refused(20))).text, said("20 minutes behind that of the service"));
    assert.equal((await failureAfter(refused(-90))).text, said("90 minutes ahead of that of the service"));
    assert.equal((await failureAfter(refused(-90))).failure.kind, "signIn");
  });

  it("the service's own words when the clocks agree by the Date header, or there is none", async () => {
    assert.equal(
      (await failureAfter(refused(0, "IllegalTimestamp"))).text,
      "DescribeDatabases answered IllegalTimestamp: Specified time stamp or date value is expired (HTTP 400, request id R). " +
        "Check the clock of this machine, then run it again.",
    );
  });

  it("at STS, too", async () => {
    const sts = await startSts();
    try {
      const body = { Code: "InvalidTimeStamp.Expired", Message: "expired", RequestId: "R" };
      sts.refuses(400, body, { date: new Date(Date.now() - 20 * 60_000).toUTCString() });
      const assumeRole = { roleArn: "acs:ram::1:role/copier" };
      const at = stack({ config: { ...configKey, assumeRole, endpoints: [{ sts: sts.host }] } });
      await assert.rejects(
        at.connect().credentials(),
        /STS at \S+ answered InvalidTimeStamp\.Expired: the clock of this machine is 20 minutes ahead of that of the service/,
      );
    } finally {
      await sts.close();
    }
  });
});
