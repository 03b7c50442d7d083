import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { messagesPage } from "./page";

// npm run messages
void messagesPage().then((page) =>
  writeFileSync(join(resolve(__dirname, "../.."), "docs/messages.md"), page),
);
