import assert from "node:assert/strict";
import fc from "fast-check";
import {
  covers,
  databasesPerCall,
  intentKey,
  intentValue,
  nameHash,
  readIntents,
  sourceKey,
  type Intent,
} from "../../../provider/src/ownership/intent";
import { hash, id, owner, restorePoint } from "./arbitraries";

const intent: fc.Arbitrary<Intent> = fc.record(
  {
    id,
    owner,
    time: fc.integer({ min: 0, max: 36 ** 7 - 1 }),
    phase: fc.constantFrom("pending", "accepted", "recorded"),
    point: restorePoint,
    source: hash,
    names: fc.array(hash, { minLength: 1, maxLength: databasesPerCall }),
  },
  { noNullPrototype: true },
);

describe("intent", () => {
  it("is read back as it was written, by a service that does not tell capitals in tags apart", () => {
    fc.assert(
      fc.property(intent, fc.boolean(), (written, isUpper) => {
        const shown = (text: string) => (isUpper ? text.toUpperCase() : text);
        const tags = { [shown(intentKey(written.id))]: shown(intentValue(written)), other: "tag" };
        assert.deepEqual(readIntents(tags), { state: "read", intents: [written], keys: Object.keys(tags) });
      }),
    );
  });

  it("is read in the order of the calls, and of the ids where these were made in one second", () => {
    const one = (written: string, time: number): Intent => ({
      id: written,
      owner: "972b0c4fc322",
      time,
      phase: "pending",
      point: { kind: "backup", backupId: "7" },
      source: "8h2d",
      names: ["abcd"],
    });
    const inOrder = [one("bbbbbbbb", 1), one("aaaaaaaa", 2), one("cccccccc", 2), one("dddddddd", 2)];
    for (const shuffled of [
      [3, 1, 0, 2],
      [2, 3, 1, 0],
      [0, 1, 2, 3],
    ]) {
      const tags = Object.fromEntries(
        shuffled.flatMap((index) => {
          const intent = inOrder[index];
          return intent ? [[intentKey(intent.id), intentValue(intent)]] : [];
        }),
      );
      const read = readIntents(tags);
      assert.deepEqual(read.state === "read" && read.intents, inOrder);
    }
  });

  it("is not read from a value with something before it, or with a restore point that is none", () => {
    const value = "1:972b0c4fc322:0000001:p:b7:8h2d:abcd";
    const stateOf = (text: string) => readIntents({ [intentKey("aaaaaaaa")]: text }).state;
    assert.equal(stateOf(value), "read");
    for (const text of [`x${value}`, value.replace("b7", "tzzzzzzzzz")])
      assert.equal(stateOf(text), "unreadable", text);
  });

  it("fits into a tag with 21 databases: key 29 of 64 characters, value 128", () => {
    const point = { kind: "backup", backupId: "1234567890" } as const;
    const names = Array.from({ length: databasesPerCall }, (_, i) => nameHash(`db${i}`));
    const full: Intent = {
      id: "8h2d9k2f",
      owner: "972b0c4fc322",
      time: 1_795_807_805,
      phase: "pending",
      point,
      source: "8h2d",
      names,
    };
    assert.equal(databasesPerCall, 21);
    assert.equal(intentKey(full.id).length, 29);
    assert.ok(intentValue(full).length <= 128, String(intentValue(full).length));
    fc.assert(
      fc.property(intent, (one) => {
        assert.ok(intentValue(one).length <= 128);
        assert.match(intentKey(one.id) + intentValue(one), /^[0-9a-z:-]+$/);
      }),
    );
  });

  it("that cannot be parsed makes the tags unreadable, and its key is named; tags of people do not", () => {
    const value = intentValue(fc.sample(intent, 1)[0] as Intent);
    const spoilt = [
      "",
      "1",
      value.replace(/^1/, "2"),
      value.slice(0, -1),
      `${value}:x`,
      "pending:01234567:2026-11-27T18:30:05Z",
    ];
    for (const text of spoilt) {
      const key = "pulumi-database-copy:8h2d9k2f";
      assert.deepEqual(readIntents({ [key]: text }), { state: "unreadable", key }, text);
    }
    const old = "pulumi-database-copy:972b0c4fc322";
    assert.deepEqual(readIntents({ [old]: value }), { state: "unreadable", key: old });
    assert.deepEqual(readIntents({ "pulumi:stack": "dev", team: "data" }), {
      state: "read",
      intents: [],
      keys: ["pulumi:stack", "team"],
    });
  });

  it("covers a database by its name in any case", () => {
    const one = { names: [nameHash("Orders")] } as Pick<Intent, "names"> as Intent;
    assert.ok(covers(one, "orders"));
    assert.ok(covers(one, "ORDERS"));
    assert.ok(!covers(one, "crm"));
  });
});

describe("source key", () => {
  const source = { instanceId: "rm-prod", syncUserPrivilege: false };

  it("tells another instance, other privileges and another source name apart, and not the number of names", () => {
    const key = sourceKey(source, [["orders", "orders"]]);
    assert.match(key, /^[0-9a-z]{4}$/);
    assert.equal(
      key,
      sourceKey(source, [
        ["crm", "crm"],
        ["Orders", "orders"],
      ]),
    );
    assert.notEqual(key, sourceKey({ ...source, instanceId: "rm-other" }, [["orders", "orders"]]));
    assert.notEqual(key, sourceKey({ ...source, syncUserPrivilege: true }, [["orders", "orders"]]));
    assert.notEqual(key, sourceKey(source, [["old_orders", "orders"]]));
    const pairs = [
      ["a", "b"],
      ["c", "d"],
    ] as const;
    assert.equal(sourceKey(source, pairs), sourceKey(source, [...pairs].reverse()));
    // For ever: an intent that an earlier version wrote is known by it.
    assert.equal(sourceKey(source, pairs), "rg2a");
  });
});
