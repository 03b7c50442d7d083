import type * as Credentials from "@alicloud/credentials";
import type External from "@alicloud/credentials/dist/src/providers/external";
import type * as OpenApi from "@alicloud/openapi-core";
import type * as Rds from "@alicloud/rds20140815";
import type RdsClient from "@alicloud/rds20140815";

/** What the provider uses of the official SDK. Each part is loaded at its first use. */
export interface OfficialSdk {
  readonly Client: typeof RdsClient;
  /** The classes of the requests and answers of the actions that the provider calls (permissions.ts). */
  readonly rds: typeof Rds;
  readonly openApi: typeof OpenApi;
  readonly credentials: typeof Credentials;
  readonly external: typeof External;
}

/**
 * Loads the official SDK, outside of every time budget. It is one file that the build makes of the SDK's own packages
 * (bundles/bundle.mjs): as they come they are 40 packages with 7,400 files, some of which require others that they do not
 * declare, and the client loads one file for each of 1,200 actions.
 */
export function officialSdk(): OfficialSdk {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded at its first use, and not with this file
  return require("../../dist/sdk/bundle.js") as OfficialSdk;
}
