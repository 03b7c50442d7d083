import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { serveCommand } from "../../../simulator/src/commands/serve.js";

const root = resolve(__dirname, "../../..");

/** What the command prints with --help. */
function help(): string {
  let text = "";
  serveCommand()
    .configureOutput({ writeOut: (part) => (text += part) })
    .outputHelp();
  return text;
}

/** Blocks that people copy: fenced ones, and rows of tables; of the help its paragraphs. */
const blocks = [
  ...globSync(["simulator/README.md", "docs/simulator.md", "docs/testing.md"], { cwd: root }).flatMap(
    (file) =>
      [...readFileSync(join(root, file), "utf8").matchAll(/^```[^]*?^```|^\|.*$/gm)].map(([block]) => ({
        file,
        block,
      })),
  ),
  ...help()
    .split("\n\n")
    .map((block) => ({ file: "--help", block })),
];

describe("simulator: what the help and the documents print to be copied", () => {
  const pointing = blocks.filter(({ block }) => block.includes("alicloud:endpoints"));

  it("points stacks at the simulator in the help and in three documents", () => {
    assert.deepEqual(new Set(pointing.map(({ file }) => file)).size, 4);
  });

  for (const [index, { file, block }] of pointing.entries()) {
    it(`${file}, block ${index + 1}: has region, protocol and both halves of the key`, () => {
      for (const needed of [
        /alicloud:region/,
        /alicloud:protocol/,
        /alicloud:accessKey\b|ALICLOUD_ACCESS_KEY/,
        /alicloud:secretKey\b|ALICLOUD_SECRET_KEY/,
      ])
        assert.match(block, needed);
    });
  }

  it("has a line for the CLI of Alibaba Cloud, in the help and in the document", () => {
    const lines = blocks.filter(({ block }) =>
      /aliyun rds .* --endpoint 127\.0\.0\.1:8094 --insecure/.test(block),
    );
    assert.deepEqual(
      lines.map(({ file }) => file),
      ["docs/simulator.md", "--help"],
    );
  });
});
