import assert from "node:assert/strict";
import { receiptKey } from "../../../../provider/src/copy/marks";
import { foresee } from "../../../../provider/src/lifecycle/foresee";
import type { PartialInputs } from "../../../../provider/src/lifecycle/inputs";
import { unknown } from "../../../../provider/src/lifecycle/unknown";
import { databases, failures, inTurn, instance, type RdsCalls } from "../scriptedRds";
import { testRun, type TestRun } from "./testRun";

const urn = "urn:pulumi:prod::shop::DatabaseCopy::data";
const names = { orders: "orders" };
const inputs: PartialInputs = {
  sourceDbInstanceId: "rm-prod",
  targetDbInstanceId: "rm-target",
  dbNames: names,
  restoreTime: "2026-02-28T12:00:00Z",
  resourceUrn: urn,
};

/** Only the target's databases are told; about all else nothing is known, which blocks nothing. */
function cloud(target: readonly string[], script: Partial<RdsCalls> = {}): Partial<RdsCalls> {
  const untold = inTurn(failures.denied());
  return {
    describeInstance: (instanceId) => Promise.resolve(instance({ instanceId })),
    describeDatabases: (instanceId) =>
      Promise.resolve(
        databases(
          Object.fromEntries(
            (instanceId === "rm-target" ? target : ["orders"]).map((name) => [name, "Running"]),
          ),
        ),
      ),
    listTags: inTurn({}),
    describeBackups: untold,
    describeBackupPolicy: untold,
    describeLogBackups: untold,
    describeEncryption: untold,
    describeTasks: inTurn([]),
    ...script,
  };
}

async function look(script: Partial<RdsCalls>, more: PartialInputs = {}, prepare?: (run: TestRun) => void) {
  const run = testRun(script);
  prepare?.(run);
  const problems = await foresee({ ...inputs, ...more }, names, run);
  return {
    codes: problems.map(({ property, reason }) => `${property} ${reason.split(" ")[0] ?? ""}`),
    warned: run.said.filter((line) => line.startsWith("warn")).join("\n"),
    told: run.said.filter((line) => line.startsWith("info")).join("\n"),
    calls: run.calls.map((call) => call.split(" ")[1]),
    seconds: (run.clock as unknown as { elapsed(): number }).elapsed() / 1000,
  };
}

describe("what stands against a copy", () => {
  const taken = cloud(["Orders"]);

  it("stops it, is not told a second time as a warning, and nothing is announced", async () => {
    const { codes, warned, told } = await look(taken);
    assert.deepEqual(codes, ["dbNames.orders [target-name-taken]"]);
    assert.ok(!warned.includes("target-name-taken"));
    assert.equal(told, "");
  });

  it('is a warning with preflight: "warn", and not looked for with "off"', async () => {
    const warn = await look(taken, { preflight: "warn" });
    assert.deepEqual(warn.codes, []);
    assert.match(warn.warned, /\[target-name-taken\]/);
    assert.match(warn.told, /^info: Copies orders/);
    const off = await look(taken, { preflight: "off" });
    assert.deepEqual([off.codes, off.warned, off.calls], [[], "", []]);
    assert.match(off.told, /^info: Copies orders from rm-prod to rm-target, as of 2026-02-28T12:00:00Z\.$/);
  });

  it("is no database that is taken over, about to be replaced, or left by a run that was cut off", async () => {
    assert.deepEqual((await look(taken, { adoptExisting: true })).codes, []);
    const old = { targetDbInstanceId: "rm-target", targetNames: ["orders"], generation: 0 };
    assert.deepEqual((await look(taken, {}, (run) => run.memory.sawOld(urn, urn, old))).codes, []);
    const elsewhere = { ...old, targetDbInstanceId: "rm-other" };
    assert.equal((await look(taken, {}, (run) => run.memory.sawOld(urn, urn, elsewhere))).codes.length, 1);
    const receipt = cloud(["orders"], {
      listTags: inTurn({ [receiptKey(urn)]: "R-1:01234567:2026-03-01T01:00:00Z" }),
    });
    assert.deepEqual((await look(receipt)).codes, []);
    assert.equal((await look(receipt, { ownershipMarks: false })).codes.length, 1);
  });

  it("is nothing that is only not known: one warning, and the copy is announced", async () => {
    const { codes, warned, told } = await look(cloud([]));
    assert.deepEqual(codes, []);
    assert.match(warned, /\[not-checked\].*rds:DescribeBackups/);
    assert.match(told, /^info: Copies orders/);
  });

  it("is not asked for where the place is not known yet", async () => {
    const { codes, told, calls } = await look({}, { connection: { region: unknown } as never });
    assert.deepEqual([codes, told, calls], [[], "", []]);
  });

  it("is an instance that is not there at two looks, not one that shows itself at the second", async () => {
    const missing = (times: number) => {
      let asked = 0;
      return cloud([], {
        describeInstance: (instanceId) =>
          instanceId === "rm-target" && asked++ < times
            ? Promise.reject(failures.notFound())
            : Promise.resolve(instance({ instanceId })),
      });
    };
    const gone = await look(missing(9));
    assert.deepEqual([gone.codes, gone.seconds], [["targetDbInstanceId [instance-not-found]"], 2]);
    assert.deepEqual((await look(missing(1))).codes, []);
  });
});

describe("the guard of a target", () => {
  const requireTargetTags = { env: "staging" };
  const production = cloud([], { listTags: inTurn({ env: "production" }) });

  for (const preflight of ["enforce", "warn", "off"] as const) {
    it(`stops a copy into production with preflight: "${preflight}"`, async () => {
      const { codes } = await look(production, { preflight, requireTargetTags });
      assert.deepEqual(codes, ["requireTargetTags.env [target-tags-missing]"]);
      const staging = cloud([], { listTags: inTurn({ env: "staging" }) });
      assert.deepEqual((await look(staging, { preflight, requireTargetTags })).codes, []);
    });
  }

  it("asks only for the tags that are known", async () => {
    const tags = { env: "staging", team: unknown } as never;
    const staging = cloud([], { listTags: inTurn({ env: "staging" }) });
    assert.deepEqual((await look(staging, { requireTargetTags: tags })).codes, []);
    assert.equal((await look(production, { requireTargetTags: tags })).codes.length, 1);
    assert.deepEqual((await look(production, { requireTargetTags: unknown })).codes, []);
  });
});
