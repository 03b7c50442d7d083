import assert from "node:assert/strict";
import { openJournal } from "../../../simulator/src/journal/journal.js";

const entry = (requestId: string, text = "") => ({
  time: "2026-03-01T02:00:00Z",
  action: "DescribeDatabases",
  parameters: { DBInstanceId: text, AccountPassword: "secret" },
  status: 200,
  requestId,
});

describe("simulator: the journal", () => {
  const filled = (limits: { entries: number; characters: number }, calls: number, text = "") => {
    const lines: string[] = [];
    const journal = openJournal((line) => lines.push(line), limits);
    for (let index = 1; index <= calls; index += 1) journal.add(entry(String(index), text));
    return { lines, journal, ids: () => journal.entries().map(({ requestId }) => requestId) };
  };

  it("keeps so many of the newest calls, and writes all of them", () => {
    const { ids, lines } = filled({ entries: 3, characters: 1e6 }, 1000);
    assert.deepEqual(ids(), ["998", "999", "1000"]);
    assert.equal(lines.length, 1000);
  });

  it("keeps so much of them, and the newest in any case", () => {
    const { ids } = filled({ entries: 1000, characters: 3000 }, 100, "x".repeat(1000));
    assert.deepEqual(ids(), ["99", "100"]);
    assert.deepEqual(filled({ entries: 10, characters: 100 }, 5, "x".repeat(1000)).ids(), ["5"]);
  });

  it("keeps and writes no password", () => {
    const { journal, lines } = filled({ entries: 3, characters: 1e6 }, 1);
    assert.ok(!JSON.stringify([journal.entries(), lines]).includes("secret"));
  });

  it("masks what is secret, and keeps the tokens of paging and of retries", () => {
    const journal = openJournal(() => undefined);
    const secrets = {
      AccountPassword: "1",
      SecurityToken: "2",
      OIDCToken: "3",
      SomeSecret: "4",
      MyClientToken: "5",
    };
    const kept = { ClientToken: "again-1", NextToken: "page-2", DBName: "orders" };
    journal.add({ ...entry("1"), parameters: { ...secrets, ...kept } });
    assert.deepEqual(journal.entries()[0]?.parameters, {
      ...Object.fromEntries(Object.keys(secrets).map((name) => [name, "***"])),
      ...kept,
    });
  });

  it("is empty after it was cleared, and goes on", () => {
    const { journal, ids } = filled({ entries: 3, characters: 1e6 }, 5);
    journal.clear();
    assert.deepEqual(ids(), []);
    journal.add(entry("6"));
    assert.deepEqual(ids(), ["6"]);
  });
});
