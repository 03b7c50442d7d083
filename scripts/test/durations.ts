import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../root.ts";
import { layers, type Layer } from "./layers.ts";
import type { FileResult, TestFile } from "./workers.ts";

/**
 * The longest first, as far as earlier runs tell: else one long file at the end keeps all others waiting. The order
 * of the layers comes before that, so that a process is used for many files.
 */
export function longestFirst(files: readonly TestFile[]): readonly TestFile[] {
  const known = readDurations();
  const rank = ({ layer, file }: TestFile) => [
    layers.indexOf(layer),
    -(known[file] ?? unknownSeconds(layer)),
  ];
  return [...files].sort((left, right) => {
    const [leftLayer = 0, leftTime = 0] = rank(left);
    const [rightLayer = 0, rightTime = 0] = rank(right);
    return leftLayer - rightLayer || leftTime - rightTime;
  });
}

export function keepDurations(results: readonly FileResult[]): void {
  const durations = {
    ...readDurations(),
    ...Object.fromEntries(results.map(({ file, seconds }) => [file, seconds])),
  };
  mkdirSync(dirname(store), { recursive: true });
  writeFileSync(store, JSON.stringify(durations, undefined, 1));
}

/** New files may be long ones. */
const unknownSeconds = (layer: Layer): number => (layer === "engine" ? 60 : 1);

const store = join(root, "node_modules/.cache/test-durations.json");

function readDurations(): Readonly<Record<string, number>> {
  try {
    return JSON.parse(readFileSync(store, "utf8")) as Record<string, number>;
  } catch {
    return {};
  }
}
