import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { actionTable, judgeTable, ruleTable } from "../../model/tables";

const docs = readFileSync(join(resolve(__dirname, "../../.."), "docs/ownership.md"), "utf8");

/** Without what a formatter may change: the width of the cells. */
function plain(table: string): string {
  return table.trim().replace(/ +/g, " ").replace(/-{3,}/g, "---");
}

function printed(name: string): string {
  const match = new RegExp(`<!-- ${name} table: [^>]*-->([^]*?)<!-- end -->`).exec(docs);
  return match?.[1] ?? "";
}

describe("docs/ownership.md", () => {
  for (const [name, table] of Object.entries({ judge: judgeTable, action: actionTable, rule: ruleTable })) {
    it(`has the ${name} table as the code prints it`, () => {
      assert.equal(plain(printed(name)), plain(table()));
    });
  }
});
