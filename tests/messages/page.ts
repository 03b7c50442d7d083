import { announceDrop } from "../../provider/src/lifecycle/announcement";
import { elsewhereReason, protectedReason } from "../../provider/src/lifecycle/check";
import { LifecycleError, readState } from "../../provider/src/lifecycle/state";
import { explain, explainOptions } from "../../provider/src/ownership/explain";
import { findingCodes, findingText, severityOf, type Severity } from "../../provider/src/preflight/finding";
import { RdsFailure } from "../../provider/src/rds/failure";
import { nextStep } from "../../provider/src/rds/nextStep";
import { failures } from "../unit/provider/scriptedRds";
import { badInputs } from "../unit/provider/lifecycle/badInputs";
import { place, samples, type SayingSeverity } from "../unit/ownership/samples";
import { obstacles } from "../unit/preflight/obstacles";
import { inputs as sound, openProcess, openStage, worldOf } from "../unit/preflight/stage";
import { warnedInLives } from "./lives";
import { runAlone } from "./rareFindings";
import { signInFailures } from "./signInFailures";

/** All messages in the order of severity, as docs/messages.md has them. Each is made by the code that says it. */
export async function messagesPage(): Promise<string> {
  const findings = await findingsBySeverity();
  const lives = await warnedInLives();
  return `${[
    "# All messages",
    "Printed by `npm run messages`, in the order of severity, with names and ids as examples. Of many databases a few are named and the rest is counted; `--debug` has all.",
    section(
      "Errors: the inputs contradict themselves",
      "Said by `check`, all at once, before anything is asked.",
      [
        ...badInputs.flatMap(([, ...sentences]) => sentences),
        ...(["adoptNeedsMarks", "createFirst", "retained"] as const).map((problem) => {
          const { property, reason } = explainOptions(problem);
          return `${property} ${reason}`;
        }),
        `dbNames ${protectedReason("orders")}`,
        `connection ${elsewhereReason("rm-staging", there, here)}`,
        ...[{}, { stateVersion: 9 }, { stateVersion: 1 }].map(stateProblem),
      ],
    ),
    section(
      "Errors: the cloud would refuse",
      "Said in preview, and before the copy or a drop.",
      findings.blocks,
    ),
    section(
      "Errors: an operation refuses, or ends unfinished",
      "What is recorded by then is kept.",
      said("error"),
    ),
    section("Errors: a call fails", "What was answered, and what to do.", failed()),
    section(
      "Errors: nobody signs in",
      "Said by the call that was to be signed, with what to do as above.",
      signInFailures(),
    ),
    section("Warnings: data that will be dropped", "Said in preview, for each database.", [
      announceDrop({
        names: ["orders"],
        point: dated,
        instanceId: "rm-staging",
        now: Date.parse("2026-03-01T02:00:00Z"),
      }),
      ...lives.data,
    ]),
    section("Warnings: what an operation found or left", "", [...said("warning"), ...lives.gone]),
    section("Warnings: a copy may go wrong, or not be what was meant", "", findings.warns),
    section("Warnings: what was not checked", "A preview goes on without an answer.", findings.unchecked),
    section("Notes", "", [...said("info"), ...findings.notes]),
  ].join("\n\n")}\n`;
}

const here = { region: "cn-hangzhou", endpoint: "rds.aliyuncs.com" };
const there = { region: "cn-shanghai", endpoint: "rds.aliyuncs.com" };
const dated = { kind: "backup", backupId: "1002", backupTime: "2026-02-28T18:40:00Z" } as const;

function section(title: string, about: string, messages: readonly string[]): string {
  const lines = [...new Set(messages)].map((message) => `* ${message.replaceAll("\n", "\n  ")}`);
  return [`## ${title}`, ...(about === "" ? [] : [about]), lines.join("\n")].join("\n\n");
}

function said(severity: SayingSeverity): string[] {
  return Object.values(samples).flatMap(([of, ...sayings]) =>
    of === severity ? sayings.map((saying) => explain(saying, place)) : [],
  );
}

function failed(): string[] {
  const ofTls = ["EPROTO", "CERT_NOT_YET_VALID", "SELF_SIGNED_CERT_IN_CHAIN"].map(
    (code) => new RdsFailure({ action: "DescribeDatabases", code, message: "" }),
  );
  return [...Object.values(failures).map((make) => make()), ...ofTls].map(
    (failure) => `${failure.message} ${nextStep(here, failure)}`,
  );
}

function stateProblem(state: object): string {
  try {
    readState({ ...state });
  } catch (error) {
    if (error instanceof LifecycleError) return error.message;
  }
  throw new Error("a state that was to be refused was read");
}

/** What the simulated cloud leads to, and what only rare answers do. */
async function findingsBySeverity(): Promise<Record<Severity, readonly string[]>> {
  const stage = await openStage();
  const texts = new Map<string, string[]>();
  const add = (code: string, text: string) => texts.set(code, [...(texts.get(code) ?? []), text]);
  try {
    for (const { code, world, inputs } of obstacles) {
      stage.simulator.setWorld(worldOf(world));
      const { problems, warnings } = await openProcess(stage.cloud(), stage.clock).check({
        ...sound,
        ...inputs,
      });
      const lines = [...problems.map(({ reason }) => reason), ...warnings.join("\n").split("\n")];
      for (const line of lines.filter((one) => one.startsWith(`[${code}]`)))
        add(code, line.replaceAll(stage.simulator.endpoint, here.endpoint));
    }
  } finally {
    await stage.close();
  }
  for (const finding of runAlone()) add(finding.code, findingText(finding));
  const of = (severity: Severity) =>
    Object.keys(findingCodes).flatMap((code) => {
      if (severityOf({ code: code as keyof typeof findingCodes }) !== severity) return [];
      const found = texts.get(code);
      if (!found) throw new Error(`no sample of ${code}`);
      return found;
    });
  return { blocks: of("blocks"), warns: of("warns"), unchecked: of("unchecked"), notes: of("notes") };
}
