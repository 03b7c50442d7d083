import assert from "node:assert/strict";
import { cp, mkdir, rename, rm, symlink } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { oneCopy } from "../harness/program";
import { openStage, type Stage } from "../harness/stage";
import { company } from "../harness/world";
import { stackTrace, succeeds } from "./target";

const workspace = resolve(__dirname, "../../..");

describe("engine: ownership, the provider's text in the state", () => {
  it("outlives a new installation in which pnpm puts the package elsewhere: refresh, up and destroy work on", async () => {
    await using stage = await openStage({ world: company, modules: "none" });
    await install(stage);
    await link(stage, "3.270.0");
    await stage.file("index.js", `require("team-library").declare();`);
    assert.deepEqual(await succeeds(stage, stage.up()), ["copy orders from backup 1002"]);

    await rename(dirname(placeOf(stage, "3.270.0")), dirname(placeOf(stage, "3.271.0")));
    await link(stage, "3.271.0");
    const early = await stage.refresh();
    assert.doesNotMatch(early.text, stackTrace);
    assert.deepEqual(await succeeds(stage, stage.up()), []);
    await succeeds(stage, stage.refresh());
    assert.deepEqual(await succeeds(stage, stage.destroy()), ["drop orders"]);
  });
});

/** As pnpm does it: the package in a folder that names its peer's version, and a company's package that alone sees it. */
async function install(stage: Stage): Promise<void> {
  const place = placeOf(stage, "3.270.0");
  const provider = join(place, "pulumi-alicloud-rds-copy");
  await mkdir(provider, { recursive: true });
  for (const part of ["package.json", "dist"])
    await cp(join(workspace, "provider", part), join(provider, part), { recursive: true });
  await symlink(join(workspace, "node_modules"), join(provider, "node_modules"));
  const pulumi = join(stage.folder, "node_modules/@pulumi/pulumi");
  await mkdir(dirname(pulumi), { recursive: true });
  await symlink(join(workspace, "node_modules/@pulumi/pulumi"), pulumi);
  await stage.file(
    "node_modules/team-library/index.js",
    `const { DatabaseCopy } = require("pulumi-alicloud-rds-copy");\nexports.declare = () => ${oneCopy({ dbNames: ["orders"] })}`,
  );
  await stage.file("node_modules/team-library/package.json", JSON.stringify({ name: "team-library" }));
}

/** Where pnpm keeps the package beside this version of its peer. */
function placeOf({ folder }: Stage, version: string): string {
  const folderName = `pulumi-alicloud-rds-copy@1.0.0_@pulumi+pulumi@${version}`;
  return join(folder, "node_modules/.pnpm", folderName, "node_modules");
}

async function link(stage: Stage, version: string): Promise<void> {
  const seen = join(stage.folder, "node_modules/team-library/node_modules/pulumi-alicloud-rds-copy");
  await rm(seen, { force: true });
  await mkdir(dirname(seen), { recursive: true });
  await symlink(join(placeOf(stage, version), "pulumi-alicloud-rds-copy"), seen);
}
