import type * as pulumi from "@pulumi/pulumi";
import type { GetRestorableWindowArgs, RestorableWindow } from "./askWindow";
import type { AsInputs } from "./askWhenKnown";
import { askWhenKnown } from "./askWhenKnown";
import { mockedAnswer } from "./mockedAnswer";
import { refuseOutputs } from "./refuseOutputs";

/**
 * To which moments an instance can be restored (`restoreTime` of a copy). Asked when the program runs, in a
 * preview too.
 *
 * For SQL Server no API gives this. It is inferred from the list of full backups and of log backups; the
 * service has the last word.
 *
 * @param args - Of which instance.
 * @throws RunError with one sentence, if the instance was not found or the question was not answered
 * @example
 * ```ts
 * import { getRestorableWindow } from "pulumi-alicloud-rds-copy";
 *
 * export = async () => {
 *   const { earliest, latest, restsOn } = await getRestorableWindow({ dbInstanceId: "rm-prod" });
 *   return { earliest, latest, restsOn };
 * };
 * ```
 */
export async function getRestorableWindow(args: GetRestorableWindowArgs): Promise<RestorableWindow> {
  refuseOutputs("getRestorableWindow", args);
  const mocked = await mockedAnswer("alicloud-rds-copy:index:getRestorableWindow", args);
  if (mocked)
    return {
      dbInstanceId: args.dbInstanceId,
      region: "",
      windows: [],
      holes: [],
      restsOn: "mocks",
      ...mocked,
    };
  const { askWindow } = await import("./askWindow.js");
  return askWindow(args);
}

/**
 * `getRestorableWindow` for inputs that may not be known yet. Asked once they are.
 *
 * @param args - Of which instance.
 * @throws RunError with one sentence, if the instance was not found or the question was not answered
 * @example
 * ```ts
 * import * as pulumi from "@pulumi/pulumi";
 * import { DatabaseCopy, getRestorableWindowOutput } from "pulumi-alicloud-rds-copy";
 *
 * const source = new pulumi.Config().require("source");
 *
 * new DatabaseCopy("as-fresh-as-it-gets", {
 *   sourceDbInstanceId: source,
 *   targetDbInstanceId: "rm-staging",
 *   dbNames: ["orders"],
 *   restoreTime: getRestorableWindowOutput({ dbInstanceId: source }).latest,
 * });
 * ```
 */
export function getRestorableWindowOutput(
  args: AsInputs<GetRestorableWindowArgs>,
): pulumi.Output<RestorableWindow> {
  return askWhenKnown(args, getRestorableWindow);
}
