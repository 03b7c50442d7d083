import { distance } from "fastest-levenshtein";

/** Says that a name is none of the known ones, with the one that was probably meant. */
export function notAnInput(name: string, known: readonly string[]): string {
  const nearest = known
    .map((candidate) => ({ candidate, steps: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((left, right) => left.steps - right.steps)[0];
  return nearest && nearest.steps <= Math.max(2, Math.ceil(name.length / 3))
    ? `is not an input; did you mean ${nearest.candidate}?`
    : `is not an input; known are ${known.join(", ")}.`;
}
