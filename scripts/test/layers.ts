/** The layers of the tests, in the order in which they are run: the quick ones first. */
export const layers = ["unit", "protocol", "fuzz", "mocks", "clients", "browser", "engine"] as const;
export type Layer = (typeof layers)[number];

/** Engine tests mostly wait for processes of their own, two at a time suit the smallest machines. */
export const jobs: Partial<Record<Layer, number>> = { engine: 2 };

/** How long one test may take, in milliseconds. A test of the engine is a story of several runs of the CLI. */
export const timeouts: Readonly<Record<Layer, number>> = {
  unit: 20_000,
  protocol: 30_000,
  fuzz: 120_000,
  mocks: 30_000,
  // On a new machine the clients are installed from their registries first.
  clients: 600_000,
  browser: 60_000,
  engine: 300_000,
};

export function isLayer(name: string): name is Layer {
  return (layers as readonly string[]).includes(name);
}
