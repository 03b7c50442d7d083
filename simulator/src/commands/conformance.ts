import { writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Command } from "commander";
import { plainClient } from "../conformance/ask.js";
import { runConformance, type ConformanceResult } from "../conformance/run.js";
import { keysFor, withKeyOptions, type KeyFlags } from "./keys.js";

interface Flags extends KeyFlags {
  readonly endpoint: string;
  readonly region: string;
  readonly source?: string;
  readonly target?: string;
  readonly database?: string;
  readonly copying?: true;
  readonly record?: string;
}

/** Compares an endpoint, also the real one, with this simulator. */
export const conformanceCommand = (): Command =>
  withKeyOptions(
    new Command("conformance")
      .description(
        "make the same calls of an endpoint and of this simulator, and say where the answers differ",
      )
      .requiredOption("--endpoint <address>", "such as http://127.0.0.1:8094 or https://rds.aliyuncs.com")
      .option("--region <id>", "whose instances are listed", "cn-hangzhou")
      .option("--source <id>", "an instance of yours; it is only read")
      .option("--target <id>", "a second one, for the copying cases")
      .option(
        "--copying",
        "run the copying cases too: they ask for copies onto the target that should be refused, and for one that should not",
      )
      .option("--database <name>", "the database of the source that is copied")
      .option("--record <file>", "write what came back, ids, names and keys replaced"),
  )
    .addHelpText(
      "after",
      `
Without --copying it only reads. With it, one database of the source is copied onto the target under a new name and
dropped again once it runs; what the two instances had before is not touched. Ends with 1 where an answer differs.`,
    )
    .action(run);

async function run(flags: Flags): Promise<void> {
  const { endpoint, region, source, target, database, copying, record } = flags;
  if (!URL.canParse(endpoint) || !/^https?:\/\//.test(endpoint))
    throw new Error(`--endpoint is an address such as http://127.0.0.1:8094, not "${endpoint}".`);
  if (copying && (source === undefined || target === undefined))
    throw new Error(
      "--copying needs --source and --target: nothing is copied onto an instance that was not named.",
    );
  const url = new URL(endpoint);
  const keys = keysFor(url.hostname, flags);
  const results = await runConformance({
    ask: plainClient(url.origin, keys),
    ...{ region, source, target, database, copying },
    secrets: [keys.accessKeyId, keys.accessKeySecret, keys.securityToken ?? ""],
    pause: (why) => sleep(why === "call" ? 120 : 1000),
  });
  if (record !== undefined)
    writeFileSync(record, `${JSON.stringify({ taken: new Date().toISOString(), results }, null, 2)}\n`);
  report(results);
}

function report(results: readonly ConformanceResult[]): void {
  for (const { name, outcome, because } of results) {
    if (outcome === "same") continue;
    for (const reason of because) console.log(`${outcome}: ${name}: ${reason}`);
  }
  const count = (outcome: ConformanceResult["outcome"]) =>
    results.filter((one) => one.outcome === outcome).length;
  console.log(`${count("same")} the same, ${count("different")} different, ${count("not run")} not run`);
  if (count("different") > 0) process.exitCode = 1;
}
