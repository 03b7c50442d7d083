import { managers, type ManagerName } from "./managers.ts";

/** One way to install the package and to run a program with it. */
export interface Cell {
  readonly manager: ManagerName;
  readonly format: "CommonJS" | "ES module" | "TypeScript (ts-node)" | "TypeScript (tsx)";
  readonly node: "22" | "24";
  readonly sdk: "3.216.0" | "latest";
  readonly as: "direct" | "nested";
}

const values: { readonly [Name in keyof Cell]: readonly Cell[Name][] } = {
  manager: Object.keys(managers) as ManagerName[],
  format: ["CommonJS", "ES module", "TypeScript (ts-node)", "TypeScript (tsx)"],
  node: ["22", "24"],
  sdk: ["3.216.0", "latest"],
  as: ["direct", "nested"],
};

/** Every value at least once; every pair of values at least once; or every combination. */
export type Extent = "values" | "pairs" | "all";

/** The cells of an extent: of those left, always the one that adds most. */
export function cellsOf(extent: Extent): readonly Cell[] {
  const all = product();
  if (extent === "all") return all;
  const parts = extent === "pairs" ? pairsIn : valuesIn;
  const open = new Set(all.flatMap(parts));
  const chosen: Cell[] = [];
  while (open.size > 0) {
    const gain = (cell: Cell) => parts(cell).filter((part) => open.has(part)).length;
    // Neighbours in the product differ little: begin elsewhere each time.
    const start = (chosen.length * 37) % all.length;
    const from = [...all.slice(start), ...all.slice(0, start)];
    const best = from.reduce((one, other) => (gain(other) > gain(one) ? other : one));
    for (const part of parts(best)) open.delete(part);
    chosen.push(best);
  }
  return chosen;
}

function product(): readonly Cell[] {
  return values.manager.flatMap((manager) =>
    values.format.flatMap((format) =>
      values.node.flatMap((node) =>
        values.sdk.flatMap((sdk) => values.as.map((as) => ({ manager, format, node, sdk, as }))),
      ),
    ),
  );
}

function valuesIn(cell: Cell): readonly string[] {
  return Object.entries(cell).map(([name, value]) => `${name}=${String(value)}`);
}

function pairsIn(cell: Cell): readonly string[] {
  const all = valuesIn(cell);
  return all.flatMap((one, index) => all.slice(index + 1).map((other) => `${one} ${other}`));
}
