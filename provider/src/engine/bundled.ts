/** The entries of the package that are providers. Permanent: states name them. */
export type ProviderKind = "provider" | "restore-point";

/** The package was put into one file with the program, so that the engine finds no provider to load. */
export class BundledPackage extends Error {
  constructor() {
    super(
      "pulumi-alicloud-rds-copy is bundled into the program, and the engine loads its provider from the installed package. " +
        "Keep it external in the bundler, such as esbuild --external:pulumi-alicloud-rds-copy, and install it beside the program " +
        "(docs/composition.md, Bundled programs).",
    );
    // Pulumi prints the stack of an error, and this one lies in nobody's code.
    this.stack = this.message;
  }
}

/** The file of a provider of this package, which a bundle does not have: there the call fails, or gives the id of a module. */
export function providerFile(kind: ProviderKind): string {
  let file: unknown;
  try {
    file = kind === "provider" ? require.resolve("../provider") : require.resolve("../restorePointProvider");
  } catch {
    throw new BundledPackage();
  }
  if (typeof file !== "string" || !/^([/\\]|[A-Za-z]:)/.test(file)) throw new BundledPackage();
  return file;
}
