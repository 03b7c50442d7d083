import assert from "node:assert/strict";
import { foundOf, markOn } from "../../../provider/src/ownership/evidence";
import { markText } from "../../../provider/src/ownership/mark";

const listed = { name: "Orders", status: "Running", description: "" };
const mark = {
  owner: "972b0c4fc322",
  id: "k3f9q0za",
  point: { kind: "backup", backupId: "1002" },
} as const;

describe("what the list of databases shows of one", () => {
  it("is its name as the service spells it, a status in our words and in the service's, and no mark", () => {
    assert.deepEqual(foundOf(listed), {
      name: "Orders",
      status: "running",
      statusText: "Running",
      mark: null,
    });
    for (const [statusText, status] of [
      ["Creating", "creating"],
      ["", "creating"],
      ["Deleting", "deleting"],
      ["Offline", "other"],
      ["running", "other"],
    ] as const)
      assert.deepEqual(foundOf({ ...listed, status: statusText }), {
        name: "Orders",
        status,
        statusText,
        mark: null,
      });
  });

  it("tells a mark, the description of the source and a text of someone apart", () => {
    const markOf = (description: string, ofSource?: string) =>
      foundOf({ ...listed, description }, ofSource).mark;
    assert.deepEqual(markOf(markText(mark)), mark);
    assert.equal(markOf("sales of the north"), "text");
    assert.equal(markOf("sales of the north", "sales of the south"), "text");
    assert.equal(markOf("sales of the north", "sales of the north"), "asSource");
    // A source that is a copy itself has a mark, and the copy takes it along.
    assert.equal(markOf(markText(mark), markText(mark)), "asSource");
    assert.equal(markOf("", ""), null);
  });

  it("says that it is without accounts only where the service lists none", () => {
    assert.equal(foundOf(listed).isWithoutAccounts, undefined);
    assert.equal(foundOf({ ...listed, accounts: [] }).isWithoutAccounts, true);
    assert.equal(foundOf({ ...listed, accounts: ["app"] }).isWithoutAccounts, undefined);
  });

  it("has a mark only where one was read", () => {
    assert.deepEqual(markOn({ mark }), mark);
    for (const none of [undefined, { mark: null }, { mark: "text" }, { mark: "asSource" }] as const)
      assert.equal(markOn(none), undefined);
  });
});
