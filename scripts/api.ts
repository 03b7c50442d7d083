import { join, relative } from "node:path";
import { apiReport, type Entry } from "./api/report.ts";
import { publicSymbols } from "./api/symbols.ts";
import { root } from "./root.ts";

// Writes the report of what the provider package exports into docs/api, for review; with --check it only compares. Fails
// where a public symbol has no documentation, uses a type that is not exported, or is called by programs and shows none.
const isCheck = process.argv.includes("--check");
const entries: readonly Entry[] = [
  { report: "pulumi-alicloud-rds-copy", package: "provider", types: "dist/index.d.ts" },
  { report: "pulumi-alicloud-rds-copy-testing", package: "provider", types: "dist/testing/index.d.ts" },
];

const problems: string[] = [];
// An entry may use the types of those before it.
const exported = new Set<string>();
for (const entry of entries) {
  const { file, changed, notExported, problems: found } = apiReport(entry, isCheck);
  const symbols = publicSymbols(join(root, entry.package, entry.types));
  for (const { name } of symbols) exported.add(name);
  problems.push(
    ...found,
    ...notExported
      .filter((name) => !exported.has(name))
      .map((name) => `${name} is used by ${entry.report} and not exported.`),
    ...symbols
      .filter(({ needsExample, examples }) => needsExample && examples.length === 0)
      .map(({ name }) => `${name} of ${entry.report} has no @example.`),
  );
  if (isCheck && changed)
    problems.push(`${relative(root, file)} is stale. Run "npm run api" and review the difference.`);
}
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
else
  console.log(
    `${exported.size} public symbols, all documented; docs/api is ${isCheck ? "up to date" : "written"}.`,
  );
