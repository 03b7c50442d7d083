import { createHash } from "node:crypto";
import { globSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { root } from "../root.ts";
import type { Cell } from "./cells.ts";

const file = join(root, "node_modules", ".cache", "matrix.json");

/**
 * Which cells succeeded today with the same package and the same scripts: a run that was stopped goes on with the others.
 * Only of today, since `latest` is another version tomorrow.
 */
export async function openKept(
  packed: string,
): Promise<{ has(cell: Cell): boolean; add(cell: Cell): Promise<void> }> {
  const hash = createHash("sha256").update(new Date().toISOString().slice(0, 10));
  for (const one of [packed, ...globSync(join(import.meta.dirname, "*.ts")).sort()])
    hash.update(await readFile(one));
  const of = hash.digest("hex");
  const before = (await readFile(file, "utf8").then(JSON.parse, () => ({}))) as {
    of?: string;
    cells?: string[];
  };
  const cells = new Set(before.of === of ? before.cells : []);
  return {
    has: (cell) => cells.has(JSON.stringify(cell)),
    async add(cell) {
      cells.add(JSON.stringify(cell));
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, JSON.stringify({ of, cells: [...cells] }));
    },
  };
}
