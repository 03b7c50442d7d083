/** So many of the numbers from 1 to the last, evenly. */
export function spread(points: number, last: number): number[] {
  return [...Array(points).keys()].map((index) =>
    Math.round(1 + (index * (last - 2)) / Math.max(points - 1, 1)),
  );
}
