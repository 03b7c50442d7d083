import * as pulumi from "@pulumi/pulumi";

/** A plain question cannot wait for values: TypeScript says so, and in JavaScript this does. */
export function refuseOutputs(
  question: "getBackups" | "getDatabases" | "getRestorableWindow",
  args: object,
): void {
  const later = Object.entries(args).find(([, value]) => pulumi.Output.isInstance(value));
  if (later)
    throw new pulumi.RunError(
      `${question} takes values that are known: ${later[0]} is an Output. Use ${question}Output.`,
    );
}
