/** A program with one `DatabaseCopy`, called "copy" unless named; arguments and options are written into it as they are. */
export function oneCopy(args: object, options = "{}", name = "copy"): string {
  return `new DatabaseCopy(${JSON.stringify(name)}, ${JSON.stringify({ ...fromProduction, ...args })}, ${options});`;
}

const fromProduction = { sourceDbInstanceId: "rm-prod", targetDbInstanceId: "rm-staging" };
