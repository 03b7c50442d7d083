import type * as pulumi from "@pulumi/pulumi";
import type { RestorableStretch } from "../copy/restorableWindow";
import type { ConnectionOverrides } from "../rds/connection";
import type { AsInputs } from "./askWhenKnown";
import { askWhenKnown } from "./askWhenKnown";
import { mockedAnswer } from "./mockedAnswer";
import { refuseOutputs } from "./refuseOutputs";

export interface GetRestorableWindowArgs {
  /** Id of the instance (`DBInstanceId` of the API). */
  readonly dbInstanceId: string;
  /** Count only full backups that hold this database. */
  readonly database?: string;
  /** Where to ask, if not where the stack's `alicloud:` configuration says. */
  readonly connection?: ConnectionOverrides;
}

/** To which moments an instance can be restored. All times are UTC seconds. */
export interface RestorableWindow {
  readonly dbInstanceId: string;
  readonly region: string;
  /** The earliest moment that is safe to ask for; missing if there is none at all. */
  readonly earliest?: string;
  /** The latest moment that is safe to ask for. Between the two there may be holes. */
  readonly latest?: string;
  /** Stretches without a hole, oldest first, each with the full backup that it rests on. */
  readonly windows: readonly RestorableStretch[];
  /** What lies between and after them, up to the last log backup, and cannot be restored. */
  readonly holes: readonly { readonly from: string; readonly to: string }[];
  /** What this rests on, in sentences: the facts that were found, and what is inferred from them. */
  readonly restsOn: string;
}

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
