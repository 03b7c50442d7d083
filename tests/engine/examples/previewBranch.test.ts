import assert from "node:assert/strict";
import { openExample, previewAndUp } from "./openExample";
import { assertShownIsPrinted } from "./printed";
import { production } from "../harness/world";

describe("examples/preview-branch", () => {
  it("gives every pull request databases of its own, and takes only those away when it is closed", async () => {
    await using example = await openExample("preview-branch", {
      world: {
        instances: [
          { ...production, id: "rm-masked" },
          { id: "rm-previews", tags: { env: "preview" } },
        ],
      },
      settings: { masked: "rm-masked", previews: "rm-previews" },
      stack: "pr-7",
    });
    assertShownIsPrinted("preview-branch", await previewAndUp(example));
    const seven = { crm_pr_7: "crm-1002", orders_pr_7: "orders-1002" };
    assert.deepEqual(example.contents("rm-previews"), seven);

    await example.openStack("pr-8");
    await example.well("up", "--yes", "--skip-preview");
    const eight = { crm_pr_8: "crm-1002", orders_pr_8: "orders-1002" };
    assert.deepEqual(example.contents("rm-previews"), { ...seven, ...eight });
    assert.deepEqual((await example.outputs())["databases"], { orders: "orders_pr_8", crm: "crm_pr_8" });

    // As the workflow does when a pull request is closed.
    await example.well("destroy", "--yes", "--skip-preview", "--stack", "pr-7", "--remove");
    assert.deepEqual(example.contents("rm-previews"), eight);
    const stacks = await example.well("stack", "ls", "--json");
    assert.deepEqual(
      (JSON.parse(stacks) as { name: string }[]).map(({ name }) => name),
      ["pr-8"],
    );
  });
});
