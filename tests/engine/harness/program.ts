/** A program with one `DatabaseCopy` called "copy"; both arguments are written into it as they are. */
export function oneCopy(args: object, options = "{}"): string {
  return `new DatabaseCopy("copy", ${JSON.stringify({ ...fromProduction, ...args })}, ${options});`;
}

const fromProduction = { sourceDbInstanceId: "rm-prod", targetDbInstanceId: "rm-staging" };
