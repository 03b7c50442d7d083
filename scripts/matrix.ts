import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { execa } from "execa";
import { findEngine, withEngine } from "./engine/findEngine.ts";
import { cellsOf, type Cell } from "./matrix/cells.ts";
import { runCell, writeLibrary, type Shop } from "./matrix/runCell.ts";
import { root } from "./root.ts";

// npm run matrix: every value at least once. --pairs: every pair of values. --all: every combination. Writes docs/matrix.md.
// --only TEXT: the cells whose row holds the text, and no page.
const { values } = parseArgs({
  options: { pairs: { type: "boolean" }, all: { type: "boolean" }, only: { type: "string" } },
});
const extent = values.all ? "all" : values.pairs ? "pairs" : "values";

const engine = await findEngine((line) => console.error(line));
const folder = await mkdtemp(join(tmpdir(), "databasecopy-matrix-"));
try {
  const shop = await openShop(folder);
  const rows: string[] = [];
  let failures = 0;
  const { only } = values;
  const cells = cellsOf(extent).filter((one) => only === undefined || rowOf(one, "").includes(only));
  for (const cell of cells) {
    const began = Date.now();
    const failure = await runCell(shop, cell);
    if (failure !== undefined) failures += 1;
    const seconds = Math.round((Date.now() - began) / 1000);
    const row = rowOf(cell, failure ?? "up and destroy");
    rows.push(row);
    console.log(`${row} ${seconds} s`);
    if (only === undefined)
      await writeFile(join(root, "docs", "matrix.md"), pageOf(rows, cells.length, extent));
  }
  if (only === undefined)
    await execa("prettier", ["--write", "--log-level", "warn", "docs/matrix.md"], { cwd: root });
  process.exitCode = failures === 0 ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Packs the packages, and fetches the two versions of Node.js. */
async function openShop(parent: string): Promise<Shop> {
  const pack = async (from: string) => {
    const { stdout } = await execa(
      "npm",
      ["pack", "--ignore-scripts", "--silent", "--pack-destination", parent],
      { cwd: from },
    );
    return join(parent, stdout.trim());
  };
  const packed = await pack(join(root, "provider"));
  await writeLibrary(join(parent, "team-library"), packed);
  const library = await pack(join(parent, "team-library"));
  const old = join(parent, "node22");
  await execa("npm", ["install", "--prefix", old, "--no-audit", "--no-fund", "--prefer-offline", "node@22"]);
  return {
    folder: parent,
    packed,
    library,
    nodes: { "22": join(old, "node_modules/node/bin"), "24": join(root, "node_modules/node/bin") },
    env: withEngine(engine),
  };
}

function rowOf({ manager, format, node, sdk, as }: Cell, end: string): string {
  return `| ${[manager, format, node, sdk, as, end.replaceAll(folder, "").replaceAll("|", "/")].join(" | ")} |`;
}

function pageOf(rows: readonly string[], planned: number, of: string): string {
  const said = {
    values: "every value at least once",
    pairs: "every pair of values at least once",
    all: "every combination",
  }[of];
  return [
    "# Where it was installed and run",
    "",
    `Written by \`npm run matrix\` (${said ?? of}; ${rows.length} of ${planned} rows have run): each row installs the packed package with that package manager, as its user would, then runs \`pulumi up\` and`,
    "`pulumi destroy` against the simulator. `npm run matrix -- --pairs` tries every pair of values, `--all` every combination.",
    "",
    "| package manager | program | Node.js | @pulumi/pulumi | dependency | result |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rows,
    "",
    "With PnP, `@pulumi/pulumi` itself requires a package that it does not declare: its program loader fails before this package is loaded.",
    "",
    "pnpm 12 ends `pnpm add` with `ERR_PNPM_IGNORED_BUILDS` for every package with an install script that was not approved. `protobufjs`, which `@pulumi/pulumi`",
    "brings, has one, and so has `@alicloud/openapi-core`; none of them is needed. `pnpm approve-builds`, or in `pnpm-workspace.yaml`:",
    "",
    "```yaml",
    "strictDepBuilds: false",
    "```",
    "",
  ].join("\n");
}
