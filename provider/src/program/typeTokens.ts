/**
 * The types under which the engine keeps our resources. Permanent: states name them. The engine shows a type without
 * its middle part where that repeats the name (`pulumi-nodejs:dynamic:DatabaseCopy`), which leaves room for the progress.
 */
export const typeTokens = {
  databaseCopy: "pulumi-nodejs:dynamic/databaseCopy:DatabaseCopy",
  commonRestorePoint: "pulumi-nodejs:dynamic/commonRestorePoint:CommonRestorePoint",
} as const;
