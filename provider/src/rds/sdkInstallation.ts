import { Module } from "node:module";

/** A package that the SDK needs is not installed: a local and definite fact, which no retry changes. */
export class IncompleteInstallation extends Error {
  override readonly name = "IncompleteInstallation";

  constructor(missing: string) {
    super(
      `The installation is incomplete: ${missing} was not found, which the SDK of Alibaba Cloud needs. ` +
        `Install the packages again ("npm ci", "pnpm install --force" or "yarn install"), or add it: "npm install ${missing}".`,
    );
  }
}

/**
 * Loads packages of the SDK, some of which require others that they do not declare. Where each package has only its own
 * dependencies in reach (pnpm with `hoist: false`, yarn with PnP), those are found from here: this package declares them.
 *
 * @throws IncompleteInstallation
 */
export function loadOfSdk<T>(load: () => T): T {
  const resolver = Module as unknown as Resolver;
  const resolve = resolver._resolveFilename;
  resolver._resolveFilename = (request, parent, ...rest) => {
    try {
      return resolve.call(resolver, request, parent, ...rest);
    } catch (error) {
      if (!undeclared.has(request) || !isNotFound(error)) throw error;
      return resolve.call(resolver, request, module, ...rest);
    }
  };
  try {
    return load();
  } catch (error) {
    if (!isNotFound(error)) throw error;
    throw new IncompleteInstallation(/'([^']+)'/.exec(error.message)?.[1] ?? "a package");
  } finally {
    resolver._resolveFilename = resolve;
  }
}

/** By @alicloud/openapi-core 1.0.8 and by @alicloud/credentials 2.4.7, read in their files. */
const undeclared: ReadonlySet<string> = new Set(["@alicloud/tea-typescript", "debug"]);

function isNotFound(error: unknown): error is Error {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND";
}

/** Node's own name for it, which every resolver of packages replaces; public hooks came with Node 22.15. */
interface Resolver {
  _resolveFilename(request: string, parent: NodeJS.Module, ...rest: readonly unknown[]): string;
}
