/** The names that a copy can take: of databases that are neither being created nor dropped. */
export function namesThatStay(
  databases: readonly { readonly name: string; readonly status: string }[],
): string[] {
  return databases.filter(({ status }) => !inPassing.has(status)).map(({ name }) => name);
}

/** No backup holds it yet, or soon nothing will be there. */
const inPassing: ReadonlySet<string> = new Set(["Creating", "Deleting"]);
