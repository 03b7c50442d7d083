import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import type { RestorePointChoice } from "../../copy/restorePoint";
import { readMoment } from "../../time/moment";
import { cloudOf, withCloudFlags, type CloudFlags } from "../cloudFlags";
import { CommandRefusal, isForeseen } from "../refusal";
import { exitCodeOf, verdictOf, type Row } from "./diagnosis";
import { examine } from "./examine";
import { reportJson, reportText } from "./report";

interface Flags extends CloudFlags {
  readonly source: string;
  readonly target: string;
  readonly databases?: readonly string[];
  readonly backupId?: string;
  readonly restoreTime?: string;
  readonly json?: boolean;
  readonly facts?: boolean;
}

/** `doctor`: looks at everything that a copy between two instances depends on, and changes nothing. */
export function doctorCommand(print: (line: string) => void): Command {
  const command = new Command("doctor")
    .description(
      "Check by read-only calls what a copy between two instances depends on: sign-in, clock, permissions, the instances, backups, owner marks, interrupted copies. Exit code 0: nothing to do, 1: warnings, 2: a copy would fail, 3: wrong arguments.",
    )
    .requiredOption("--source <id>", "the instance to copy from")
    .requiredOption("--target <id>", "the instance to copy to")
    .option("--databases <names...>", "names on the source. Default: all that run")
    .option("--backup-id <id>", "the backup set to copy from. Default: the latest usable one")
    .option("--restore-time <time>", 'or the point in time, such as "2026-03-01T02:00:00Z"')
    .option("--json", "print JSON")
    .option(
      "--facts",
      "add what no document says of the service, without ids, names and values, for a report to us",
    )
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 3));
  return withCloudFlags(command).action(async (flags: Flags, ran: Command) => {
    try {
      process.exitCode = await run(flags, print);
    } catch (error) {
      if (!isForeseen(error)) throw error;
      ran.error(error.message);
    }
  });
}

async function run(flags: Flags, print: (line: string) => void): Promise<number> {
  const { source, target, databases, json = false, facts: withFacts = false } = flags;
  const said: Row[] = [];
  const { cloud, overrides } = await cloudOf(flags, (text) =>
    said.push({ about: "sign-in", verdict: "warning", subject: "", text }),
  );
  const { rows, facts } = await examine(
    cloud.rds(overrides),
    cloud.connect(overrides),
    await cloud.clock(overrides),
    {
      source,
      target,
      databases: databases?.flatMap((text) => text.split(",")).filter((name) => name !== ""),
      choice: choiceOf(flags),
      withFacts,
    },
  );
  const diagnosis = { rows: [versionRow(), ...rows, ...said], ...(facts ? { facts } : {}) };
  print(json ? reportJson(diagnosis) : reportText(diagnosis));
  return exitCodeOf(verdictOf(diagnosis.rows));
}

function choiceOf({ backupId, restoreTime }: Flags): RestorePointChoice {
  if (backupId !== undefined && restoreTime !== undefined)
    throw new CommandRefusal("Give --backup-id or --restore-time, not both.");
  if (backupId !== undefined) return { kind: "backup", backupId };
  if (restoreTime === undefined) return { kind: "latest" };
  const reading = readMoment(restoreTime);
  if (reading.state !== "moment")
    throw new CommandRefusal(
      `--restore-time is ${JSON.stringify(restoreTime)}. Write it with its zone, such as 2026-03-01T02:00:00Z.`,
    );
  return { kind: "time", restoreTime: reading.utc };
}

function versionRow(): Row {
  const manifest = readFileSync(join(__dirname, "../../../package.json"), "utf8");
  const { version } = JSON.parse(manifest) as { version: string };
  return {
    about: "version",
    verdict: "ok",
    subject: "",
    text: `pulumi-alicloud-rds-copy ${version}, Node.js ${process.version}, ${process.platform} ${process.arch}.`,
  };
}
