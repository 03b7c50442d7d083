import { existsSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative, sep } from "node:path";
import { providerFile, type ProviderKind } from "./bundled";

/**
 * The constant text by which the engine finds the provider. No closure is serialised, so nothing of the
 * program is frozen into the state (docs/engine-notes.md).
 *
 * The text is resolved from the program's folder. Where this package is only a dependency of a dependency
 * it cannot be found there by name, and the text carries the way to it as well.
 */
export function providerText(kind: ProviderKind, folder: string = process.cwd(), file?: string): string {
  // Every resource of a program asks for the same.
  const key = JSON.stringify([kind, folder, file]);
  const text = known.get(key) ?? resolved(kind, folder, file);
  known.set(key, text);
  return text;
}

const known = new Map<string, string>();

function resolved(kind: ProviderKind, folder: string, file: string | undefined): string {
  const entry = `pulumi-alicloud-rds-copy/${kind}`;
  try {
    createRequire(join(folder, "program.js")).resolve(entry);
    return `exports.handler=()=>require("${entry}")`;
  } catch {
    const way = `./${relative(folder, withoutVersion(file ?? providerFile(kind)))
      .split(sep)
      .join("/")}`;
    return (
      `exports.handler=()=>{let f;try{f=require.resolve("${entry}")}catch{f=require("path").resolve(${JSON.stringify(way)})}` +
      `try{f=require.resolve(f)}catch{const e=Error("${entry} was not found at "+f+". Install the packages of the program; ` +
      `if they moved, run pulumi up, which records where they are.");e.stack="";throw e}return require(f)}`
    );
  }
}

/**
 * Folders of pnpm have the versions of a package and its peers in their names, so that the next installation moves them;
 * the links that it hoists have not.
 */
function withoutVersion(file: string): string {
  const match = /^(.*[\\/]node_modules[\\/]\.pnpm)[\\/][^\\/]+([\\/]node_modules[\\/].*)$/.exec(file);
  const link = match && `${match[1] ?? ""}${match[2] ?? ""}`;
  return link && existsSync(link) && realpathSync(link) === realpathSync(file) ? link : file;
}
