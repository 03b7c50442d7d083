import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { shapeInputs } from "../../provider/src/lifecycle/shape";

const root = resolve(__dirname, "../..");
const textOf = (file: string) => readFileSync(join(root, file), "utf8");

describe("the documents", () => {
  for (const file of globSync(["*.md", "docs/*.md", "provider/*.md", "simulator/*.md", "examples/**/*.md"], {
    cwd: root,
    exclude: ["**/node_modules/**"],
  })) {
    it(`${file}: every link leads to a file, and to a heading or a line of code in it`, () => {
      const document = textOf(file);
      for (const { 1: target = "", index } of document.matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^https?:/.test(target)) continue;
        const [path = "", anchor] = target.split("#");
        const linked = path === "" ? file : join(dirname(file), path);
        assert.ok(existsSync(join(root, linked)), `${target} in ${file}`);
        const line = /^L(\d+)$/.exec(anchor ?? "")?.[1];
        if (line !== undefined) {
          const code = document.slice(document.lastIndexOf("[", index) + 1, index).replaceAll("`", "");
          const lines = textOf(linked).split("\n");
          const right = lines.findIndex((one) => one.includes(code)) + 1;
          assert.ok(
            lines[Number(line) - 1]?.includes(code),
            `${target} in ${file}: ${code} is in line ${right}`,
          );
        } else if (anchor !== undefined)
          assert.ok(anchorsOf(textOf(linked)).includes(anchor), `${target} in ${file}`);
      }
    });
  }

  for (const file of ["README.md", "CONTRIBUTING.md"])
    it(`${file}: every npm script that it names exists`, () => {
      const { scripts } = JSON.parse(textOf("package.json")) as { scripts: Record<string, string> };
      const named = [...textOf(file).matchAll(/npm (?:run )?(demo|test|build|[a-z]+)(?=[\s`])/g)]
        .map(([command, name = ""]) => ({ command, name }))
        .filter(({ command, name }) => command.includes("run ") || name === "test");
      assert.ok(named.length >= 3, `${named.length}`);
      for (const { command, name } of named) assert.ok(name in scripts, command);
    });

  it("README.md: its table of inputs has every input and no other", () => {
    const table = textOf("README.md").split("## Inputs")[1]?.split("\nOutputs:")[0] ?? "";
    const listed = [...table.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
    const [problem] = shapeInputs({
      sourceDbInstanceId: "rm-a",
      targetDbInstanceId: "rm-b",
      dbNames: ["orders"],
      somethingElseAltogether: 1,
    }).problems;
    const known = /known are (.+)\.$/.exec(problem?.reason ?? "")?.[1]?.split(", ") ?? [];
    assert.ok(known.length > 10, problem?.reason);
    assert.deepEqual([...listed].sort(), [...known].sort());
  });
});

/** Anchors of headings, as the usual viewers of Markdown make them. */
function anchorsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, "")
      .replaceAll(" ", "-"),
  );
}
