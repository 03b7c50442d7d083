import { createRequire, Module } from "node:module";
import type * as Rds from "@alicloud/rds20140815";
import type RdsClient from "@alicloud/rds20140815";

/** The SDK's client class, and its classes of requests. */
export interface SdkModules {
  readonly Client: typeof RdsClient;
  readonly rds: typeof Rds;
}

/**
 * Loads the SDK's client with the classes that are used, each at its first use. As it comes it loads one file for each of
 * some 1,200 actions: five times the time and three times the memory (npm run bench). Other code of the process that
 * loads the SDK gets all of it, as it comes.
 */
export function loadSdk(): SdkModules {
  const load = createRequire(__filename);
  const clientFile = load.resolve(packageName);
  const loaded = load.cache[clientFile]?.exports as typeof Rds | undefined;
  if (loaded) return { Client: loaded.default, rds: loaded };

  const models = modelsOf(load);
  if (!models) return whole(load);
  load.cache[models.file] = moduleOf(models.file, models.classes);
  try {
    const { default: Client } = load(packageName) as typeof Rds;
    return { Client, rds: models.classes };
  } finally {
    delete load.cache[clientFile];
    delete load.cache[models.file];
  }
}

const packageName = "@alicloud/rds20140815";

function whole(load: NodeJS.Require): SdkModules {
  const rds = load(packageName) as typeof Rds;
  return { Client: rds.default, rds };
}

/** Stands for the file that loads all classes; `undefined` if the package is laid out in another way. */
function modelsOf(load: NodeJS.Require): { readonly file: string; readonly classes: typeof Rds } | undefined {
  const pathOf = (name: string) => load.resolve(`${packageName}/dist/models/${name}`);
  const known = new Map<string | symbol, unknown>([["__esModule", true]]);
  const classes = new Proxy({} as typeof Rds, {
    get(_, name) {
      if (!known.has(name)) {
        const file = load(pathOf(String(name))) as Readonly<Record<string | symbol, unknown>>;
        known.set(name, file[name]);
      }
      return known.get(name);
    },
  });
  try {
    pathOf("DescribeBackupsRequest");
    return { file: pathOf("model"), classes };
  } catch {
    return undefined;
  }
}

function moduleOf(file: string, exports: unknown): NodeJS.Module {
  return Object.assign(new Module(file), { filename: file, loaded: true, exports });
}
