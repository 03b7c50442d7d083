/** The largest page that each of the lists documents in every edition of its page. */
export const pageSize = 100;

/** Reads a list to its end. */
export async function allPages<T>(readPage: (pageNumber: number) => Promise<readonly T[]>): Promise<T[]> {
  const all: T[] = [];
  for (let pageNumber = 1; ; pageNumber++) {
    const page = await readPage(pageNumber);
    all.push(...page);
    // The counters differ by action in name and type (DescribeDatabases has none): a short page is the end of each.
    if (page.length < pageSize) return all;
  }
}
