import { join } from "node:path";
import envPaths from "env-paths";

/**
 * Where engines are kept between checkouts: `DATABASECOPY_CACHE` if set, else the user's cache folder
 * of this system (XDG_CACHE_HOME is honoured).
 */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  return env["DATABASECOPY_CACHE"] ?? join(envPaths("pulumi-alicloud-rds-copy", { suffix: "" }).cache);
}
