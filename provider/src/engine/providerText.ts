import { createRequire } from "node:module";
import { join, relative, sep } from "node:path";

/**
 * The constant text by which the engine finds the provider. No closure is serialised, so nothing of the
 * program is frozen into the state (docs/engine-notes.md).
 *
 * The text is resolved from the program's folder. Where this package is only a dependency of a dependency
 * it cannot be found there by name, and the text carries the way to it as well.
 */
export function providerText(kind: ProviderKind, folder: string = process.cwd()): string {
  const fromProgram = createRequire(join(folder, "program.js"));
  const entry = `pulumi-alicloud-rds-copy/${kind}`;
  try {
    fromProgram.resolve(entry);
    return `exports.handler=()=>require("${entry}")`;
  } catch {
    const path = `./${relative(folder, require.resolve(files[kind])).split(sep).join("/")}`;
    return `exports.handler=()=>{try{return require("${entry}")}catch{return require(require("path").resolve(${JSON.stringify(path)}))}}`;
  }
}

/** The entries of the package that are providers. Permanent: states name them. */
export type ProviderKind = keyof typeof files;

const files = { provider: "../provider", "restore-point": "../restorePointProvider" } as const;
