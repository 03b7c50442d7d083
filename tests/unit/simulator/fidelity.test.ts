import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { worldSchema } from "../../../simulator/src/index.js";
import {
  actions,
  allRules,
  codesNotEnforced,
  copyOrder,
  documentedCodes,
} from "../../../simulator/src/machine.js";
import { checkLedger } from "../../../scripts/fidelity/check.js";
import type { Ledger } from "../../../scripts/fidelity/ledger.js";
import { ledgerPage, ruleRow } from "../../../scripts/fidelity/page.js";

const script = join(__dirname, "../../../scripts/fidelity.ts");
const runScript = (...args: string[]) => spawnSync(process.execPath, [script, ...args], { encoding: "utf8" });

describe("simulator: the fidelity ledger", () => {
  const ledger: Ledger = {
    rules: allRules(),
    documentedCodes,
    codesNotEnforced,
    copyOrder,
    actions: actions.map(({ name }) => name),
    switches: Object.keys(worldSchema.properties.service.properties),
  };
  const page = ledgerPage(ledger);

  it("is whole, and the page in the docs is the one written from it", () => {
    const shipped = readFileSync(join(__dirname, "../../../docs/fidelity.md"), "utf8");
    assert.deepEqual(checkLedger(ledger, shipped), []);
  });

  it("misses the entry of any one rule that was deleted", () => {
    assert.ok(ledger.rules.length > 250);
    for (const rule of ledger.rules) {
      const without = page
        .split("\n")
        .filter((line) => line !== ruleRow(rule))
        .join("\n");
      assert.deepEqual(checkLedger(ledger, without), [`The rule ${rule.id} has no entry.`]);
    }
  });

  it("sees an entry that says something else than its rule", () => {
    for (const rule of ledger.rules) {
      const changed = page.replace(ruleRow(rule), ruleRow({ ...rule, says: `${rule.says} Or not.` }));
      assert.deepEqual(checkLedger(ledger, changed), [`The entry of ${rule.id} is stale.`]);
    }
  });

  it("sees an entry whose rule was deleted", () => {
    for (const rule of ledger.rules) {
      const problems = checkLedger({ ...ledger, rules: ledger.rules.filter((one) => one !== rule) }, page);
      assert.ok(problems.includes(`The page has an entry for ${rule.id}, which is no rule.`), rule.id);
    }
  });

  it("sees a page that is stale outside its entries, and one that is empty", () => {
    assert.deepEqual(checkLedger(ledger, page.replace("was never compared", "was compared")), [
      "The page is stale.",
    ]);
    assert.equal(checkLedger(ledger, "").length, ledger.rules.length);
  });

  it("misses any one documented code that is neither enforced nor given a reason", () => {
    for (const { action, codes } of codesNotEnforced) {
      for (const code of codes) {
        const reasons = codesNotEnforced.map((entry) =>
          entry.action === action
            ? { ...entry, codes: entry.codes.filter((other) => other !== code) }
            : entry,
        );
        assert.ok(
          checkLedger({ ...ledger, codesNotEnforced: reasons }, page).includes(
            `${code} of ${action} is documented, but neither enforced nor given a reason.`,
          ),
        );
      }
    }
    for (const { action, code } of documentedCodes) {
      if (codesNotEnforced.some((entry) => entry.action === action && entry.codes.includes(code))) continue;
      const rules = ledger.rules.filter((rule) => rule.kind !== "refusal" || rule.code !== code);
      assert.ok(
        checkLedger({ ...ledger, rules }, page).includes(
          `${code} of ${action} is documented, but neither enforced nor given a reason.`,
        ),
        code,
      );
    }
  });

  it("sees a reason for a code that is enforced, or that no document has", () => {
    const more = [
      { action: "CopyDatabaseBetweenInstances", codes: ["InvalidBackupSet", "Invented"], reason: "" },
    ];
    const problems = checkLedger({ ...ledger, codesNotEnforced: [...codesNotEnforced, ...more] }, page);
    assert.deepEqual(problems, [
      "InvalidBackupSet of CopyDatabaseBetweenInstances is enforced, but listed as one that is not.",
      "Invented of CopyDatabaseBetweenInstances is listed as not enforced, but no document has it.",
    ]);
  });

  it("sees a status other than the documented one, an action and a switch without a rule", () => {
    const rules = ledger.rules.map((rule) =>
      rule.id === "copy.no-space" && rule.kind === "refusal" ? { ...rule, status: 400 } : rule,
    );
    const problems = checkLedger(
      { ...ledger, rules, actions: [...ledger.actions, "Fly"], switches: [...ledger.switches, "gravity"] },
      page,
    );
    assert.deepEqual(
      new Set(problems),
      new Set([
        "copy.no-space answers StorageLimitExceeded with another status than documented (403).",
        "The action Fly has no rule.",
        "The switch gravity has no rule.",
        "The entry of copy.no-space is stale.",
      ]),
    );
  });

  it("is written and checked by the command, which fails where an entry was deleted", () => {
    const folder = mkdtempSync(join(tmpdir(), "fidelity-"));
    try {
      const file = join(folder, "page.md");
      assert.equal(runScript("--page", file).status, 0);
      assert.equal(runScript("--check", "--page", file).status, 0);
      const lines = readFileSync(file, "utf8").split("\n");
      writeFileSync(file, lines.filter((line) => !line.startsWith("| `copy.no-space` |")).join("\n"));
      const failed = runScript("--check", "--page", file);
      assert.equal(failed.status, 1);
      assert.match(failed.stderr, /^The rule copy\.no-space has no entry\.$/m);
      assert.equal(runScript("--check", "--page", join(folder, "none.md")).status, 1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("gives every rule a sentence, a source and its date", () => {
    for (const { id, says, source } of ledger.rules) {
      assert.match(says, /^\S.{9,}$/, id);
      assert.match(source.date, /^\d{4}(-\d{4}|-\d\d-\d\d)$/, id);
    }
  });
});
