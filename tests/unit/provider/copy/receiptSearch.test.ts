import assert from "node:assert/strict";
import { receiptOf } from "../../../../provider/src/copy/marks";
import {
  markedRequest,
  possibleCopies,
  searchReceipt,
  type PossibleCopy,
} from "../../../../provider/src/copy/receiptSearch";
import type { DatabaseNames } from "../../../../provider/src/copy/databaseNames";

const known = { sourceDbInstanceId: "rm-prod", targetDbInstanceId: "rm-target", syncUserPrivilege: false };
const backup = (backupId: string) => ({ kind: "backup", backupId }) as const;
const copyOf = (backupId: string, generation = 0): PossibleCopy => ({ point: backup(backupId), generation });
const receipt = (names: DatabaseNames, copy: PossibleCopy) =>
  receiptOf(markedRequest(known, names, copy), "2026-03-01T02:00:00Z", "R-1");

/** a0 -> x0, a1 -> x1 ... */
const namesOf = (...numbers: readonly number[]): DatabaseNames =>
  Object.fromEntries(numbers.map((number) => [`a${number}`, `x${number}`]));
const upTo = (count: number): DatabaseNames => namesOf(...Array(count).keys());

describe("the copies that a receipt may be of", () => {
  it("are those of the known number of replacements, at every moment", () => {
    assert.deepEqual(possibleCopies([backup("1"), backup("2")], 3), [copyOf("1", 3), copyOf("2", 3)]);
    assert.deepEqual(possibleCopies([], 3), []);
  });

  it("are those of the first 64 replacements, where their number was lost with the state", () => {
    const copies = possibleCopies([backup("1"), backup("2")], undefined);
    assert.equal(copies.length, 128);
    assert.deepEqual(copies.slice(0, 3), [copyOf("1", 0), copyOf("2", 0), copyOf("1", 1)]);
    assert.deepEqual(copies.at(-1), copyOf("2", 63));
  });
});

describe("the search for what a receipt speaks of", () => {
  const copies = [copyOf("1"), copyOf("2", 1)];
  const search = (of: DatabaseNames, mustHold: readonly string[] = []) =>
    searchReceipt(receipt(of, copyOf("2", 1)), known, upTo(3), copies, mustHold);

  it("finds all of the names, and any part of them, with the moment", () => {
    for (const some of [
      namesOf(0, 1, 2),
      namesOf(0, 1),
      namesOf(0, 2),
      namesOf(1, 2),
      namesOf(1),
      namesOf(2),
    ])
      assert.deepEqual(search(some), { names: some, point: backup("2") });
  });

  it("finds nothing in other names, in none, or of a copy that is not possible", () => {
    assert.equal(search(namesOf(3)), undefined);
    assert.equal(search(namesOf(0, 1, 2, 3)), undefined);
    assert.equal(search({}), undefined);
    for (const other of [copyOf("2", 2), copyOf("3", 1)])
      assert.equal(searchReceipt(receipt(upTo(3), other), known, upTo(3), copies, []), undefined);
  });

  it("takes no copy for the one that misses a name which is there already", () => {
    assert.deepEqual(search(namesOf(0, 2), ["a0", "a2"])?.names, namesOf(0, 2));
    assert.equal(search(namesOf(0, 2), ["a0", "a1"]), undefined);
  });

  it("tries parts up to 200,000 hashes, and beyond that the whole alone", () => {
    const without = (count: number) => namesOf(...[...Array(count).keys()].slice(1));
    const found = (count: number, moments: number) => {
      const many = possibleCopies(
        [...Array(moments).keys()].map((number) => backup(String(number))),
        0,
      );
      const [first] = many;
      assert.ok(first);
      const whole = searchReceipt(receipt(upTo(count), first), known, upTo(count), many, []);
      assert.deepEqual(whole?.names, upTo(count));
      return searchReceipt(receipt(without(count), first), known, upTo(count), many, [])?.names;
    };
    // 64 choices among six names.
    assert.deepEqual(found(6, 3125), without(6));
    assert.equal(found(6, 3126), undefined);
  });
});
