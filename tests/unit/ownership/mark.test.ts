import assert from "node:assert/strict";
import fc from "fast-check";
import {
  isSameRestorePoint,
  markText,
  ownerOf,
  parseMark,
  parsePoint,
  pointText,
  type Mark,
} from "../../../provider/src/ownership/mark";
import { id, owner, restorePoint } from "./arbitraries";

const mark: fc.Arbitrary<Mark> = fc.record({ owner, id, point: restorePoint }, { noNullPrototype: true });

describe("owner mark", () => {
  it("is read back as it was written, whatever lineage follows", () => {
    fc.assert(
      fc.property(
        mark,
        fc.string({ maxLength: 21 }),
        fc.string({ maxLength: 128 }),
        (written, instance, database) => {
          const lineage = {
            sourceInstanceId: instance,
            sourceDatabase: database,
            askedAt: "2026-11-27T18:30:05Z",
          };
          const text = markText(written, lineage);
          const read = parseMark(text);
          assert.ok(read);
          assert.equal(read.id, written.id);
          assert.equal(read.owner, written.owner);
          assert.ok(isSameRestorePoint(read.point, written.point));
          assert.deepEqual(parseMark(markText(written)), read);
        },
      ),
    );
  });

  it("obeys the rule for descriptions: 2 to 256 characters, a letter first, then letters, digits, _ and -", () => {
    const odd = fc.string({
      unit: fc.constantFrom("a", "Z", "0", " ", "_", "订", "/", "💾"),
      maxLength: 128,
    });
    fc.assert(
      fc.property(mark, odd, odd, (written, instance, database) => {
        const lineage = {
          sourceInstanceId: instance,
          sourceDatabase: database,
          askedAt: "2026-11-27T18:30:05Z",
        };
        assert.match(markText(written, lineage), /^[A-Za-z][A-Za-z0-9_-]{1,255}$/);
      }),
    );
  });

  it("takes 40 characters for a backup id of ten digits, and 218 with the longest lineage", () => {
    const written = {
      owner: "972b0c4fc322",
      id: "k3f9q0za",
      point: { kind: "backup", backupId: "1234567890" },
    } as const;
    const lineage = {
      sourceInstanceId: "rm-2ze1234567890abcde",
      sourceDatabase: "d".repeat(128),
      askedAt: "2026-11-27T18:30:05Z",
    };
    assert.equal(markText(written).length, 40);
    assert.equal(markText(written, lineage).length, 218);
    assert.match(
      markText(written, lineage),
      /^pulumi-972b0c4fc322-k3f9q0za-b1234567890--from_rm-2ze.*_at_20261127T1830Z$/,
    );
  });

  it("writes the lineage in the letters that are allowed, and cuts what is too long", () => {
    const written = {
      owner: "972b0c4fc322",
      id: "k3f9q0za",
      point: { kind: "backup", backupId: "7" },
    } as const;
    const lineage = (sourceDatabase: string) => ({
      sourceInstanceId: "rm-prod",
      sourceDatabase,
      askedAt: "2026-11-27T18:30:05Z",
    });
    assert.equal(
      markText(written, lineage("sales 2026/订")),
      "pulumi-972b0c4fc322-k3f9q0za-b7--from_rm-prod_db_sales_2026___at_20261127T1830Z",
    );
    assert.equal(markText(written, lineage("d".repeat(300))).length, 256);
  });

  it("is not seen in any other text", () => {
    fc.assert(
      fc.property(fc.string(), (text) => parseMark(text) === undefined || text.startsWith("pulumi-")),
    );
    for (const text of [
      "pulumi-0123456789ab-01234567",
      "pulumi-0123456789ab-01234567-1234",
      "pulumi-0123456789ab-01234567-b1234-from",
      "pulumi-0123456789AB-01234567-b1234",
      " pulumi-0123456789ab-01234567-b1234",
    ]) {
      assert.equal(parseMark(text), undefined, text);
    }
  });
});

describe("a restore point in marks and intents", () => {
  it("is written in the letters that tags tell apart", () => {
    assert.equal(pointText({ kind: "backup", backupId: "AB-12" }), "bab12");
    assert.equal(pointText({ kind: "backup", backupId: "-" }), "b0");
    assert.equal(pointText({ kind: "time", restoreTime: "2026-11-27T18:30:05Z" }), "ttp6be5");
  });

  it("is read up to the last second of the year 9999, and from no other text", () => {
    assert.deepEqual(parsePoint("ttp6be5"), { kind: "time", restoreTime: "2026-11-27T18:30:05Z" });
    const last = 253_402_300_799;
    assert.deepEqual(parsePoint(`t${last.toString(36)}`), {
      kind: "time",
      restoreTime: "9999-12-31T23:59:59Z",
    });
    for (const text of [
      "",
      "b",
      "bAB",
      "b-1",
      "b1-",
      "1002",
      `x${last.toString(36)}`,
      `t${(last + 1).toString(36)}`,
    ])
      assert.equal(parsePoint(text), undefined, text);
  });
});

describe("owner", () => {
  const urn = (type: string, name = "data") => `urn:pulumi:dev::shop::${type}::${name}`;

  it("is the same for every form of the package, and another for another parent, name or stack", () => {
    const own = ownerOf(urn("pulumi-nodejs:dynamic/databaseCopy:DatabaseCopy"));
    assert.match(own, /^[0-9a-z]{12}$/);
    assert.equal(own, ownerOf(urn("alicloud-rds-copy:index:DatabaseCopy")));
    assert.notEqual(own, ownerOf(urn("app:shop:Databases$pulumi-nodejs:dynamic/databaseCopy:DatabaseCopy")));
    assert.notEqual(own, ownerOf(urn("pulumi-nodejs:dynamic/databaseCopy:DatabaseCopy", "data2")));
    assert.notEqual(own, ownerOf(urn("a:b:C").replace("dev", "prod")));
    assert.equal(
      ownerOf(urn("app:shop:Databases$a:b:C", "x::y")),
      ownerOf(urn("app:shop:Databases$pulumi-nodejs:dynamic/databaseCopy:DatabaseCopy", "x::y")),
    );
  });

  it("is for ever what databases are marked with today", () => {
    assert.equal(ownerOf(urn("a:b:C$d:e:F$g:h:I", "x::y")), "3d9nowxi5f90");
  });
});
