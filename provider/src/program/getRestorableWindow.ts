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
 * @throws RunError with a sentence, if the cloud could not be asked
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

/** `getRestorableWindow` for inputs that may not be known yet. */
export function getRestorableWindowOutput(
  args: AsInputs<GetRestorableWindowArgs>,
): pulumi.Output<RestorableWindow> {
  return askWhenKnown(args, getRestorableWindow);
}
