import assert from "node:assert/strict";
import { createServer } from "node:net";
import { unknown } from "../../../provider/src/lifecycle/unknown";
import { RdsFailure } from "../../../provider/src/rds/failure";
import { callCounts, inputs, openProcess, openStage, urn, worldOf, type Seen, type Stage } from "./stage";

/** Not knowing is not failing: one warning, which helps whoever made the mistake. */
describe("preflight: what could not be found out", () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());
  beforeEach(() => {
    stage.simulator.setWorld(worldOf());
    stage.simulator.clearJournal();
    stage.simulator.clearFaults();
  });

  const onlyWarning = ({ problems, warnings }: Seen): string => {
    assert.deepEqual(problems, []);
    assert.equal(warnings.length, 1, warnings.join("\n---\n"));
    return warnings[0] ?? "";
  };
  const denying = (...deny: readonly string[]) =>
    stage.simulator.setWorld(worldOf({ more: { accounts: [{ deny: [...deny] }] } }));

  it("a key that may only describe instances: one warning with what was not checked and every missing action", async () => {
    denying("rds:DescribeBackups", "rds:DescribeDatabases", "rds:DescribeDBInstanceTDE", "rds:List*");
    const warning = onlyWarning(await openProcess(stage.cloud(), stage.clock).check(inputs));
    assert.match(warning, /whether the source has the databases and the target has their names free; /);
    assert.match(warning, /whether there is a backup to copy from; whether a database is encrypted/);
    assert.match(
      warning,
      /lacks the permissions rds:DescribeDatabases, rds:DescribeBackups and rds:DescribeDBInstanceTDE/,
    );
    assert.match(warning, /npx pulumi-alicloud-rds-copy policy/);
  });

  it("a key that may do nothing: the findings that need no more than what is known are still made", async () => {
    denying("*");
    const warning = onlyWarning(await openProcess(stage.cloud(), stage.clock).check(inputs));
    assert.match(warning, /^\[not-checked\] Nothing of what this copy may run into could be checked\./);
    assert.match(warning, /rds:DescribeDBInstanceAttribute/);
  });

  it("a definite fact stops the copy, whatever else is not known", async () => {
    stage.simulator.setWorld(
      worldOf({
        target: { lockMode: "ManualLock" },
        more: { accounts: [{ deny: ["rds:DescribeBackups"] }] },
      }),
    );
    const seen = await openProcess(stage.cloud(), stage.clock).check(inputs);
    assert.deepEqual(
      seen.problems.map(({ reason }) => reason.split(" ")[0]),
      ["[instance-locked]"],
    );
    assert.equal(seen.warnings.length, 1);
    assert.deepEqual(seen.lines, []);
  });

  it("a key of another account finds no instance, and hears that it may be the wrong one", async () => {
    stage.simulator.setWorld(
      worldOf({
        more: {
          accounts: [
            {},
            { accountId: "2000000000000002", accessKeyId: "other-key", accessKeySecret: "other-secret" },
          ],
        },
      }),
    );
    const rds = stage.cloud({
      credentials: () => Promise.resolve({ accessKeyId: "other-key", accessKeySecret: "other-secret" }),
    });
    const { problems, warnings } = await openProcess(rds, stage.clock).check(inputs);
    assert.deepEqual(
      problems.map(({ property }) => property),
      ["sourceDbInstanceId", "targetDbInstanceId"],
    );
    for (const { reason } of problems) {
      assert.match(reason, /the key of another account or another region is likelier than two wrong ids/);
      assert.match(reason, /cn-hangzhou/);
    }
    assert.deepEqual(warnings, []);
  });

  it("no credentials: they are looked for once, whatever there was to ask", async () => {
    let asked = 0;
    const rds = stage.cloud({
      credentials: () => {
        asked++;
        return Promise.reject(
          new RdsFailure({ action: "Sign-in", code: "InvalidCredentials", message: "no key was found" }),
        );
      },
    });
    const process = openProcess(rds, stage.clock);
    const warning = onlyWarning(await process.check(inputs));
    assert.match(warning, /Nothing of what this copy may run into could be checked\./);
    assert.match(warning, /A preview goes on without signing in; pulumi up cannot\. No key was found\./);
    onlyWarning(
      await process.check({ ...inputs, dbNames: ["orders"], targetDbInstanceId: "rm-b", resourceUrn: "b" }),
    );
    assert.equal(asked, 1);
  });

  it("a dead endpoint and a host that does not exist: met once in a run", async () => {
    for (const [endpoint, said] of [
      [
        `127.0.0.1:${await freePort()}`,
        /Connection refused by 127\.0\.0\.1:\d+: \S+ could not be sent \(ECONNREFUSED\): connect ECONNREFUSED 127\.0\.0\.1:\d+\. Check .*alicloud:endpoints/,
      ],
      [
        "rds.cn-nowhere.invalid",
        /No host of the name rds\.cn-nowhere\.invalid is known here.*the region \(cn-hangzhou;/,
      ],
    ] as const) {
      const unreachable = endpoint.endsWith(".invalid")
        ? notFoundCloud(stage, endpoint)
        : stage.cloud({ endpoint });
      const calls: string[] = [];
      const rds = {
        ...unreachable,
        describeInstance: (id: string) => {
          calls.push(id);
          return unreachable.describeInstance(id);
        },
        describeDatabases: (id: string) => {
          calls.push(id);
          return unreachable.describeDatabases(id);
        },
      };
      const process = openProcess(rds, stage.clock);
      assert.match(onlyWarning(await process.check(inputs)), said);
      onlyWarning(await process.check({ ...inputs, targetDbInstanceId: "rm-b", resourceUrn: "b" }));
      assert.deepEqual(calls, ["rm-staging"]);
    }
  });

  it("throttling passes, or is one warning", async () => {
    const throttled = { error: { status: 400, code: "Throttling.User" } };
    stage.simulator.addFault({ action: "DescribeBackups", when: { times: 1 }, then: throttled });
    assert.deepEqual((await openProcess(stage.cloud(), stage.clock).check(inputs)).warnings, []);
    stage.simulator.addFault({ action: "DescribeBackups", then: throttled });
    assert.match(
      onlyWarning(await openProcess(stage.cloud(), stage.clock).check(inputs)),
      /whether there is a backup to copy from\. The service limits requests/,
    );
  });

  it("answers that are none: lost, broken, or a gateway's page", async () => {
    for (const then of [
      { drop: "before" },
      { drop: "midway" },
      { raw: { status: 503, body: "<html>busy</html>" } },
    ] as const) {
      stage.simulator.clearFaults();
      stage.simulator.addFault({ action: "DescribeBackups", then });
      const warning = onlyWarning(await openProcess(stage.cloud(), stage.clock).check(inputs));
      assert.match(warning, /whether there is a backup to copy from\..*checked again before the copy/);
    }
  });

  it("the question for encryption fails: a warning; an edition that has none: a line that warns of nothing", async () => {
    stage.simulator.addFault({
      action: "DescribeDBInstanceTDE",
      then: { error: { status: 500, code: "InternalError" } },
    });
    assert.match(
      onlyWarning(await openProcess(stage.cloud(), stage.clock).check(inputs)),
      /whether a database is encrypted \(TDE\).*InternalError/,
    );
    stage.simulator.clearFaults();
    stage.simulator.addFault({
      action: "DescribeDBInstanceTDE",
      then: { error: { status: 400, code: "Api.NotSupport" } },
    });
    const { warnings, lines, problems } = await openProcess(stage.cloud(), stage.clock).check(inputs);
    assert.deepEqual([...warnings, ...problems], []);
    assert.equal(
      lines[0],
      "[encryption-not-supported] rm-prod does not support transparent data encryption (TDE): DescribeDBInstanceTDE answered Api.NotSupport. No database was looked at for it.",
    );
    stage.simulator.setWorld(
      worldOf({ source: { engineVersion: "2019_web" }, target: { engineVersion: "2019_web" } }),
    );
    stage.simulator.clearJournal();
    await openProcess(stage.cloud(), stage.clock).check(inputs);
    assert.equal(callCounts(stage.simulator.journal())["DescribeDBInstanceTDE"], undefined);
  });

  it("what a preview does not know yet is neither asked about nor found fault with", async () => {
    for (const gap of [
      { targetDbInstanceId: unknown },
      { sourceDbInstanceId: unknown },
      { dbNames: unknown },
      { dbNames: { orders: "orders", crm: unknown } },
      { backupId: unknown },
      { timeouts: unknown },
      { requireTargetTags: { env: unknown } },
      { connection: unknown },
    ]) {
      const seen = await openProcess(stage.cloud(), stage.clock).check({ ...inputs, ...gap });
      assert.deepEqual(
        { ...seen, lines: [] },
        { problems: [], warnings: [], lines: [] },
        String(Object.keys(gap)),
      );
    }
    const seen = await openProcess(stage.cloud(), stage.clock).check({
      ...inputs,
      targetDbInstanceId: unknown,
      dbNames: { orders: "orders", crm: unknown },
      backupId: unknown,
    });
    assert.deepEqual(seen.lines, [
      "Copies orders and more not known yet as of a moment not known yet from rm-prod to a target not known yet.",
    ]);
  });

  it("an unmet guard stops the copy in every mode, and one that cannot be seen is told", async () => {
    const guarded = { ...inputs, requireTargetTags: { env: "staging" } };
    for (const preflight of ["enforce", "warn", "off"]) {
      const { problems } = await openProcess(stage.cloud(), stage.clock).check({ ...guarded, preflight });
      assert.match(problems[0]?.reason ?? "", /^\[target-tags-missing\]/, preflight);
    }
    denying("rds:ListTagResources");
    const unmarked = { ...guarded, ownershipMarks: false };
    const warning = onlyWarning(await openProcess(stage.cloud(), stage.clock).check(unmarked));
    assert.match(warning, /\[target-tags-unknown\].*permission rds:ListTagResources/);
    // With marks, nothing is copied where tags cannot be read: the run refuses, a preview warns.
    const marked = await openProcess(stage.cloud(), stage.clock).check(guarded);
    assert.deepEqual(marked.problems, []);
    assert.match(marked.warnings.join("\n"), /\[not-checked\].*permission rds:ListTagResources/);
  });

  it('"warn" says in one warning what "enforce" stops for, and "off" asks only whose the names are', async () => {
    stage.simulator.setWorld(
      worldOf({
        target: { lockMode: "ManualLock" },
        more: { accounts: [{ deny: ["rds:DescribeBackups"] }] },
      }),
    );
    const warning = onlyWarning(
      await openProcess(stage.cloud(), stage.clock).check({ ...inputs, preflight: "warn" }),
    );
    for (const code of ["instance-locked", "not-checked"]) assert.ok(warning.includes(`[${code}]`));
    stage.simulator.clearJournal();
    const off = await openProcess(stage.cloud(), stage.clock).check({ ...inputs, preflight: "off" });
    assert.deepEqual({ ...off, lines: [] }, { problems: [], warnings: [], lines: [] });
    // Whose the names on the target are is no question of the preflight.
    assert.deepEqual(callCounts(stage.simulator.journal()), {
      DescribeDBInstanceAttribute: 1,
      DescribeDatabases: 1,
      ListTagResources: 1,
    });
  });

  it("nothing that is said holds the key", async () => {
    denying("*");
    const { warnings } = await openProcess(stage.cloud(), stage.clock).check({ ...inputs, resourceUrn: urn });
    assert.doesNotMatch(warnings.join(), /simulated-secret/);
  });
});

/** A name that no name server knows, without asking one. */
function notFoundCloud(stage: Stage, endpoint: string) {
  const unknownHost = (action: string) => () =>
    Promise.reject(
      new RdsFailure({ action, code: "ENOTFOUND", message: `getaddrinfo ENOTFOUND ${endpoint}` }),
    );
  return {
    ...stage.cloud({ endpoint }),
    describeInstance: unknownHost("DescribeDBInstanceAttribute"),
    describeDatabases: unknownHost("DescribeDatabases"),
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}
