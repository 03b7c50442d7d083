import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { messagesPage } from "../messages/page";

describe("docs/messages.md", () => {
  it("is what npm run messages prints", async () => {
    const file = join(resolve(__dirname, "../.."), "docs/messages.md");
    assert.equal(readFileSync(file, "utf8"), await messagesPage());
  });
});
