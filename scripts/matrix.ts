import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { execa } from "execa";
import { findEngine, withEngine } from "./engine/findEngine.ts";
import { cellsOf } from "./matrix/cells.ts";
import { managers } from "./matrix/managers.ts";
import { openKept } from "./matrix/kept.ts";
import { lineOf, pageOf, type Row } from "./matrix/page.ts";
import { runCell, writeLibrary, type Shop } from "./matrix/runCell.ts";
import { weigh } from "./matrix/weight.ts";
import { root } from "./root.ts";

// npm run matrix: every value at least once. --pairs: every pair of values. --all: every combination. Writes docs/matrix.md.
// --only TEXT: the cells whose row holds the text, and no page.
const { values } = parseArgs({
  options: { pairs: { type: "boolean" }, all: { type: "boolean" }, only: { type: "string" } },
});
const { only } = values;
const extent = values.all ? "all" : values.pairs ? "pairs" : "values";

const engine = await findEngine((line) => console.error(line));
const page = join(root, "docs", "matrix.md");
const folder = await mkdtemp(join(tmpdir(), "databasecopy-matrix-"));
try {
  const shop = await openShop(folder);
  const kept = await openKept(shop.packed);
  const weight = only === undefined ? await weigh(folder, shop.packed) : undefined;
  const rows: Row[] = [];
  const cells = cellsOf(extent).filter((cell) => only === undefined || lineOf({ cell }).includes(only));
  for (const cell of cells) {
    const began = Date.now();
    const isKept = only === undefined && kept.has(cell);
    const failure = isKept ? undefined : await runCell(shop, cell);
    if (failure === undefined) await kept.add(cell);
    const { instead } = managers[cell.manager];
    const isMended =
      failure !== undefined &&
      instead !== undefined &&
      (await runCell(shop, { ...cell, manager: instead })) === undefined;
    const row = { cell, failure: failure?.replaceAll(folder, ""), isMended };
    rows.push(row);
    const seconds = Math.round((Date.now() - began) / 1000);
    console.log(`${lineOf(row)} ${isKept ? "earlier today" : `${seconds} s`}`);
    if (weight) await writeFile(page, pageOf(rows, cells.length, extent, weight));
  }
  if (weight) await execa("prettier", ["--write", "--log-level", "warn", page], { cwd: root });
  process.exitCode = rows.some(({ failure, isMended }) => failure !== undefined && !isMended) ? 1 : 0;
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
