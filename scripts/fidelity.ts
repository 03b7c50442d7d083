import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
// The server is loaded for the rules that it declares.
import { worldSchema } from "alicloud-rds-simulator";
import {
  actions,
  allRules,
  codesNotEnforced,
  copyOrder,
  documentedCodes,
} from "alicloud-rds-simulator/machine";
import { checkLedger } from "./fidelity/check.ts";
import { ledgerProblems, type Ledger } from "./fidelity/ledger.ts";
import { ledgerPage } from "./fidelity/page.ts";
import { root } from "./root.ts";

// npm run fidelity [-- --check] [-- --page FILE]
const file = fileArgument() ?? join(root, "docs/fidelity.md");

const ledger: Ledger = {
  rules: allRules(),
  documentedCodes,
  codesNotEnforced,
  copyOrder,
  actions: actions.map(({ name }) => name),
  switches: Object.keys(worldSchema.properties.service.properties),
};

if (process.argv.includes("--check")) {
  report(checkLedger(ledger, await readFile(file, "utf8").catch(() => "")));
} else {
  await writeFile(file, ledgerPage(ledger));
  report(ledgerProblems(ledger));
}

function report(problems: readonly string[]): void {
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) {
    console.error(
      `${problems.length} found. The page is written by npm run fidelity, from the rules of the simulator.`,
    );
    process.exitCode = 1;
  } else console.log(`${ledger.rules.length} rules, each with its entry.`);
}

function fileArgument(): string | undefined {
  const at = process.argv.indexOf("--page");
  return at === -1 ? undefined : process.argv[at + 1];
}
