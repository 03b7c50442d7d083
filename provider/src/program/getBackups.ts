import type * as pulumi from "@pulumi/pulumi";
import type { GetBackupsArgs, GetBackupsResult } from "./askBackups";
import type { AsInputs } from "./askWhenKnown";
import { askWhenKnown } from "./askWhenKnown";
import { mockedAnswer } from "./mockedAnswer";
import { refuseOutputs } from "./refuseOutputs";

/**
 * The backups of an instance, all pages, newest first. Asked when the program runs, in a preview too.
 *
 * @throws RunError with a sentence, if the cloud could not be asked
 */
export async function getBackups(args: GetBackupsArgs): Promise<GetBackupsResult> {
  refuseOutputs("getBackups", args);
  const mocked = await mockedAnswer("alicloud-rds-copy:index:getBackups", args);
  if (mocked) return { dbInstanceId: args.dbInstanceId, region: "", backups: [], ...mocked };
  // Loaded by the first question: a program that asks none pays nothing.
  const { askBackups } = await import("./askBackups.js");
  return askBackups(args);
}

/** `getBackups` for inputs that may not be known yet. */
export function getBackupsOutput(args: AsInputs<GetBackupsArgs>): pulumi.Output<GetBackupsResult> {
  return askWhenKnown(args, getBackups);
}
