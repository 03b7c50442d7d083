/**
 * How many operations Pulumi runs at a time unless `--parallel` tells otherwise: PULUMI_PARALLEL, or four per processor (`defaultParallel` of
 * the CLI 3.259; the engine does not hand the number to providers).
 */
export function operationsAtATime(
  { PULUMI_PARALLEL: given }: Readonly<Record<string, string | undefined>>,
  processors: number,
): number {
  const number = Number(given);
  return Number.isSafeInteger(number) && number > 0 ? number : 4 * processors;
}

/** Tells once in a run that its copies wait for each other. */
export interface CopyCount {
  /** A copy is foreseen. The sentence is due with the first one that Pulumi does not run beside the others. */
  foresees(urn: string | undefined): string | undefined;
}

export function countCopies(atATime: number): CopyCount {
  const urns = new Set<string | undefined>();
  return {
    foresees(urn) {
      const before = urns.size;
      urns.add(urn);
      return before === atATime && urns.size > atATime
        ? `This run has more copies than Pulumi runs at a time by default here (${atATime} operations). \`--parallel\` with the number of copies runs all of them at once.`
        : undefined;
    },
  };
}
