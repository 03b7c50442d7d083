/** The layers of the tests, in the order in which they are begun: those with the longest files first. */
export const layers = ["engine", "clients", "protocol", "browser", "fuzz", "mocks", "unit"] as const;
export type Layer = (typeof layers)[number];

/** Layers that compute and wait for nothing: they fill what the others leave of the processors. */
export const computing: readonly Layer[] = ["fuzz", "mocks", "unit"];

export function isLayer(name: string): name is Layer {
  return (layers as readonly string[]).includes(name);
}

/** The layer of a test file, `tests/LAYER/...`. */
export function layerOf(file: string): Layer | undefined {
  const name = /^tests\/([^/]+)\//.exec(file)?.[1] ?? "";
  return isLayer(name) ? name : undefined;
}
