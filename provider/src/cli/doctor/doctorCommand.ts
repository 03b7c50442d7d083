import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { knownNames } from "../../lifecycle/inputs";
import { choiceIn } from "../../lifecycle/plan";
import type { ConnectionOverrides } from "../../rds/connection";
import type { Clock } from "../../time/clock";
import { checkedWish } from "../checkedWish";
import { cloudOf, withCloudFlags, type CloudFlags } from "../cloudFlags";
import { namesGiven } from "../namesGiven";
import { isForeseen } from "../refusal";
import { exitCodeOf, verdictOf, type Row } from "./diagnosis";
import { examine, type Wish } from "./examine";
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
    .option(
      "--databases <names...>",
      "names on the source, with blanks or commas between them; where source and target name differ, source=target. Default: all that run",
    )
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
  const { json = false, facts: withFacts = false } = flags;
  const said: Row[] = [];
  const { cloud, overrides } = await cloudOf(flags, (text) =>
    said.push({ about: "sign-in", verdict: "warning", subject: "", text }),
  );
  const clock = await cloud.clock(overrides);
  const wish = { ...wishOf(flags, overrides, clock), withFacts };
  const { rows, facts } = await examine(cloud.rds(overrides), cloud.connect(overrides), clock, wish);
  const diagnosis = { rows: [versionRow(), ...rows, ...said], ...(facts ? { facts } : {}) };
  print(json ? reportJson(diagnosis) : reportText(diagnosis));
  return exitCodeOf(verdictOf(diagnosis.rows));
}

/** A copy that is refused before anything is asked is no question for the cloud. */
function wishOf(
  { source, target, databases, backupId, restoreTime }: Flags,
  connection: ConnectionOverrides | undefined,
  clock: Clock,
): Omit<Wish, "withFacts"> {
  const inputs = checkedWish(
    {
      sourceDbInstanceId: source,
      targetDbInstanceId: target,
      dbNames: databases && namesGiven(databases),
      backupId,
      restoreTime,
      connection,
    },
    clock,
  );
  return {
    source,
    target,
    databases: databases && knownNames(inputs),
    choice: choiceIn(inputs),
  };
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
