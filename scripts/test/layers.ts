/** The layers of the tests, in the order in which they are run: the quick ones first. */
export const layers = ["unit", "protocol", "mocks", "engine"] as const;
export type Layer = (typeof layers)[number];

export function isLayer(name: string): name is Layer {
  return (layers as readonly string[]).includes(name);
}
