import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { company, production, staging } from "../../engine/harness/world";
import { runDoctor, type DoctorRun } from "./runDoctor";
import { doctorCases } from "./worlds";

const document = readFileSync(resolve(__dirname, "../../../docs/doctor.md"), "utf8");

/** The block under a heading of the document. */
const printedUnder = (heading: string) =>
  document.split(`\n### ${heading}\n`)[1]?.split("```")[1]?.slice(1, -1);

/** What differs from run to run. */
const steady = (text: string | undefined) =>
  text
    ?.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, "TIME")
    .replace(/[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}/g, "REQUEST")
    // The simulator words its errors differently from call to call, as a text that nobody should read must be.
    .replace(/(Forbidden\.RAM): [^(\n]*\(/g, "$1: (")
    .replace(/Node\.js v\S+, .*/, "Node.js")
    // A second may pass between the clock and the answer.
    .replace(/[0-3] s (behind|ahead of) the service\./, "The same as the service's.");

interface Report {
  readonly verdict: string;
  readonly exitCode: number;
  readonly rows: readonly { about: string; verdict: string; subject: string; text: string }[];
  readonly facts?: Readonly<Record<string, unknown>>;
}

const readReport = ({ stdout }: DoctorRun) => JSON.parse(stdout) as Report;

describe("doctor", () => {
  const exitCodes: Readonly<Record<string, number>> = {
    Healthy: 0,
    "No permission": 2,
    "Wrong region": 1,
    "Wrong clock": 2,
    "Locked target": 2,
    "Interrupted copy": 1,
  };

  for (const [heading, doctorCase] of Object.entries(doctorCases)) {
    it(`${heading}: prints what docs/doctor.md shows, and only reads`, async () => {
      const run = await runDoctor(doctorCase);
      assert.equal(steady(run.stdout), steady(printedUnder(heading)), run.stderr);
      assert.equal(run.exitCode, exitCodes[heading]);
      assert.deepEqual(
        run.actions.filter((action) => !/^(Describe|List)/.test(action)),
        [],
      );
      assert.ok(!`${run.stdout}${run.stderr}`.includes("simulated-secret"));
    });
  }

  it("prints the same as JSON", async () => {
    const run = await runDoctor({ ...doctorCases["Locked target"], flags: ["--json"] });
    const report = readReport(run);
    assert.deepEqual([report.verdict, report.exitCode, run.exitCode], ["error", 2, 2]);
    assert.match(report.rows.find(({ about }) => about === "finding")?.text ?? "", /^\[instance-locked\]/);
  });

  it("records facts about the service, and no id, name or value among them", async () => {
    const database = {
      DBName: "orders",
      DBStatus: "Running",
      DBDescription: "The shop's",
      BasicInfo: { BasicDbProperty: [{ Collation: "Chinese_PRC_CI_AS" }] },
      RuntimeInfo: { RuntimeDbProperty: [{ FileSizeMB: "4711" }] },
    };
    const run = await runDoctor({
      world: company,
      flags: ["--json", "--facts"],
      fault: {
        action: "DescribeDatabases",
        then: {
          raw: {
            status: 200,
            contentType: "application/json",
            body: JSON.stringify({ RequestId: "R", Databases: { Database: [database] } }),
          },
        },
      },
    });
    const { facts } = readReport(run);
    assert.deepEqual(facts?.["databaseProperties"], ["BasicInfo.Collation", "RuntimeInfo.FileSizeMB"]);
    assert.deepEqual(facts["descriptions"], { databases: 2, described: 2, marked: 0, longest: 10 });
    for (const hidden of ["orders", "The shop", "Chinese_PRC", "4711", "rm-prod", "rm-staging"])
      assert.ok(!JSON.stringify(facts).includes(hidden), hidden);
  });

  it("ends with 3 where it is called wrongly", async () => {
    const run = await runDoctor({
      world: company,
      flags: ["--backup-id", "1", "--restore-time", "2026-03-01T02:00:00Z"],
    });
    assert.deepEqual([run.exitCode, run.stdout, run.actions], [3, "", []]);
    assert.match(run.stderr, /restoreTime cannot be given together with backupId/);
  });

  for (const [what, flags, sentence] of [
    ["the source as its own target", ["--target", "rm-prod"], /^targetDbInstanceId is the source itself\. /],
    ["a name of the system", ["--databases", "orders,master"], /^dbNames\.master /],
    ["no name", ["--databases", ","], /^dbNames names no database/],
    [
      "a time without a zone",
      ["--restore-time", "2026-03-01T02:00"],
      /^restoreTime is .* without a time zone/,
    ],
    ["a region that is none", ["--region", ""], /^connection\.region must not be empty/],
  ] as const)
    it(`refuses ${what} as the check of a copy does, and asks nothing`, async () => {
      const run = await runDoctor({ world: company, flags });
      assert.deepEqual([run.exitCode, run.stdout, run.actions], [3, "", []]);
      assert.match(run.stderr, sentence);
    });

  it("reads names as import-file does: blanks, quotes and other names on the target", async () => {
    const world = {
      instances: [production, { ...staging, databases: [{ name: "orders_x" }, { name: "crm" }] }],
    };
    for (const names of [["orders=orders_x, crm"], ["'orders=orders_x,", "crm'"]]) {
      const run = await runDoctor({ world, flags: ["--json", "--databases", ...names] });
      const findings = readReport(run).rows.filter(({ about }) => about === "finding");
      assert.deepEqual(
        findings.map(({ verdict, text }) => `${verdict} ${text.replace(/ there already.*/, "")}`),
        ["warning orders_x and crm exist"],
        run.stdout,
      );
    }
  });

  it("looks on where one question is not answered: nobody said that the identity is wrong", async () => {
    const error = { code: "ServiceUnavailable", status: 503 };
    const fault = { action: "DescribeDBInstanceAttribute", then: { error } };
    const run = await runDoctor({ world: company, fault, flags: ["--json"] });
    const { rows, verdict } = readReport(run);
    assert.deepEqual([run.exitCode, verdict], [1, "unchecked"]);
    const signIn = rows.find(({ about }) => about === "sign-in");
    assert.equal(signIn?.verdict, "unchecked");
    assert.match(signIn.text, /^Whether the key \S+ of ALICLOUD_ACCESS_KEY is let in is not known\. .*503/);
    assert.ok(rows.some(({ about, verdict: ok }) => about === "permission" && ok === "ok"));
  });

  it("says that nobody answers, once", async () => {
    const run = await runDoctor({ world: company, flags: ["--endpoint", "127.0.0.1:9", "--json"] });
    const { rows } = readReport(run);
    assert.equal(run.exitCode, 2);
    assert.match(rows.find(({ about }) => about === "sign-in")?.text ?? "", /ECONNREFUSED/);
    assert.deepEqual(
      rows.map(({ about }) => about),
      ["version", "sign-in", "region", "clock"],
    );
  });
});
