import assert from "node:assert/strict";
import { sourceNameProblem, targetNameProblem } from "../../../../provider/src/copy/nameRules";

const long = (length: number) => "a".repeat(length);

describe("the name of a database to copy", () => {
  it("has up to 128 characters", () => {
    assert.equal(sourceNameProblem(long(128)), undefined);
    assert.equal(sourceNameProblem(long(129)), "has 129 characters; 128 are allowed at most");
  });

  it("may be any that SQL Server takes", () => {
    for (const name of ["a", "Orders", "my orders", "2024", "select", "Bestellungen_ä", "a;b"])
      assert.equal(sourceNameProblem(name), undefined, name);
  });

  it("is not that of a system database, in whatever case", () => {
    for (const name of ["master", "Model", "MSDB", "tempdb", "mssqlsystemresource"])
      assert.match(sourceNameProblem(name) ?? "", /system database/, name);
  });

  it("may hold a comma, a blank at an end, and the name of a database that replication makes", () => {
    for (const name of ["a,b", " orders", "orders ", "distribution"])
      assert.equal(sourceNameProblem(name), undefined, JSON.stringify(name));
  });

  it("has no control character", () => {
    for (const name of ["a\u0000b", "a\u001fb", "a\nb"])
      assert.equal(sourceNameProblem(name), "holds a control character", JSON.stringify(name));
  });
});

describe("the name of a copy", () => {
  const asNew = (name: string) => targetNameProblem(name, "Source");

  it("has 2 to 64 characters", () => {
    assert.equal(asNew("a"), "has 1 character; 2 to 64 are allowed");
    assert.equal(asNew(""), "has 0 characters; 2 to 64 are allowed");
    assert.equal(asNew("ab"), undefined);
    assert.equal(asNew(long(64)), undefined);
    assert.equal(asNew(long(65)), "has 65 characters; 2 to 64 are allowed");
  });

  it("begins with a lower-case letter and ends with one or a digit", () => {
    for (const name of ["orders", "o2", "orders_qa", "orders-qa", "a__b", "x-1"])
      assert.equal(asNew(name), undefined, name);
    for (const name of [
      "2orders",
      "_orders",
      "-orders",
      "orders_",
      "orders-",
      "Orders",
      "orderS",
      "or ders",
      "o.x",
    ])
      assert.match(asNew(name) ?? "", /^must begin with a lower-case letter/, name);
  });

  it("may be that of its source, as it is", () => {
    for (const name of ["Orders", "a", "my orders", long(100)]) {
      assert.equal(targetNameProblem(name, name), undefined, name);
      assert.notEqual(targetNameProblem(name, name.toLowerCase() + "2"), undefined, name);
    }
  });

  it("is no word that is reserved, unless its source is called so", () => {
    for (const name of ["root", "SA", "galaxy", "add", "Select", "writetext", "distribution"]) {
      assert.match(asNew(name) ?? "", /reserves$/, name);
      assert.equal(targetNameProblem(name, name), undefined, name);
    }
  });

  it("is never that of a system database", () => {
    for (const name of ["master", "TempDB"]) {
      assert.equal(asNew(name), "is a system database of SQL Server", name);
      assert.equal(targetNameProblem(name, name), "is a system database of SQL Server", name);
    }
  });
});
