import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { production } from "../harness/world";
import { openExample } from "./openExample";
import { assertShownIsPrinted } from "./printed";

const workspace = resolve(__dirname, "../../..");

describe("examples/policy", () => {
  let pack = "";
  before(async () => {
    // The language host that the tests may have to build runs no packs. With a runtime that no host claims, the
    // engine starts the pack by a plugin on PATH; all of its code is the example's.
    pack = mkdtempSync(join(tmpdir(), "databasecopy-policy-"));
    cpSync(join(workspace, "examples/policy"), pack, {
      recursive: true,
      filter: (path) => !path.includes("node_modules"),
    });
    symlinkSync(join(workspace, "node_modules"), join(pack, "node_modules"));
    const file = join(pack, "PulumiPolicy.yaml");
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replace("runtime: nodejs", "runtime: on-node"));
  });
  after(() => rmSync(pack, { recursive: true, force: true }));

  it("lets a copy pass that keeps the rules, and stops one onto production or without tags to look for", async () => {
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
    const rules = (instances: string) => ["--policy-pack", pack, "--policy-pack-config", instances];
    await example.well("preview", ...rules(await productionIs("rm-prod")));

    const onto = await example.badly(
      "up",
      "--yes",
      "--skip-preview",
      ...rules(await productionIs("rm-previews")),
    );
    assertShownIsPrinted("policy", onto);
    assert.doesNotMatch(onto, /target-tags-are-required/);

    await example.edit(`requireTargetTags: { env: "preview" },`, "");
    const untagged = await example.badly(
      "up",
      "--yes",
      "--skip-preview",
      ...rules(await productionIs("rm-prod")),
    );
    assert.match(untagged, /\[mandatory\] {2}target-tags-are-required .*branch-data/);
    assert.doesNotMatch(untagged, /production-is-only-a-source/);
    assert.deepEqual(example.story(), []);
  });

  it("waits with its judgement of a target that does not exist yet", async () => {
    await using example = await openExample("environment", {
      world: { instances: [production] },
      settings: { production: "rm-prod", vswitchId: "vsw-staging", shopPassword: "Shop-2026!" },
    });
    await example.well(
      "preview",
      "--policy-pack",
      pack,
      "--policy-pack-config",
      await productionIs("rm-prod"),
    );
  });

  async function productionIs(instance: string): Promise<string> {
    const file = join(pack, `${instance}.json`);
    await writeFile(file, JSON.stringify({ "production-is-only-a-source": { production: [instance] } }));
    return file;
  }
});
