import assert from "node:assert/strict";
import { markPrefix } from "../../../../provider/src/copy/marks";
import { carriesOthersMark } from "../../../../provider/src/copy/othersMark";
import { failures } from "../scriptedRds";

const urn = "urn:pulumi:prod::shop::DatabaseCopy::data";
const own = `${markPrefix(urn)}0123abcd`;
const theirs = `${markPrefix("urn:of:another")}0123abcd`;

async function verdict(description: string, onSource: string | Error = "", given: string | undefined = urn) {
  let looks = 0;
  const rds = {
    describeDatabases: (instanceId: string) => {
      assert.equal(instanceId, "rm-prod");
      looks++;
      return onSource instanceof Error
        ? Promise.reject(onSource)
        : Promise.resolve([
            { name: "crm", status: "Running", description: theirs },
            { name: "ORDERS", status: "Running", description: onSource },
          ]);
    },
  };
  const marked = { urn: given, sourceDbInstanceId: "rm-prod", source: "orders" };
  const others = await carriesOthersMark(rds, marked, { name: "orders", status: "Running", description });
  return { others, looks };
}

describe("the mark of another resource", () => {
  it("is none that is ours, and nothing that is no mark: nobody is asked for it", async () => {
    for (const description of ["", "their notes", own, `${theirs}0`, `${markPrefix(urn)}ffffffff`])
      assert.deepEqual(await verdict(description), { others: false, looks: 0 }, description);
  });

  it("is the one of another URN, or any where there is no URN", async () => {
    assert.deepEqual(await verdict(theirs), { others: true, looks: 1 });
    const nameless = { urn: undefined, sourceDbInstanceId: "rm-prod", source: "orders" };
    const listed = { describeDatabases: () => Promise.resolve([]) };
    const found = { name: "orders", status: "Running", description: own };
    assert.equal(await carriesOthersMark(listed, nameless, found), true);
  });

  it("says nothing where the source carries the very same: a copy may take it along", async () => {
    assert.deepEqual(await verdict(theirs, theirs), { others: false, looks: 1 });
  });

  it("is not known where the source cannot be looked at", async () => {
    await assert.rejects(verdict(theirs, failures.throttled()), { name: "RdsFailure" });
  });
});
