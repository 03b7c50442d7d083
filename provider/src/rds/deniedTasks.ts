import { RdsFailure } from "./failure";
import { permissions, ramAction } from "./permissions";
import type { RdsApi } from "./rdsApi";

/**
 * The same calls. Tasks only add to what is known of a copy, so everybody goes on without them: that they may not be
 * read is said here, once for each of the two permissions.
 */
export function tellingDeniedTasks(rds: RdsApi, warn: (line: string) => void): RdsApi {
  const said = new Set<TaskAction>();
  const telling =
    <Args extends readonly unknown[], T>(action: TaskAction, read: (...args: Args) => Promise<T>) =>
    async (...args: Args): Promise<T> => {
      try {
        return await read(...args);
      } catch (error) {
        const isDenied = error instanceof RdsFailure && error.kind === "denied";
        if (isDenied && !said.has(action)) {
          said.add(action);
          warn(
            `It is not known ${permissions[action].tells}: the key lacks the permission ${ramAction(action)}. ${error.message} ` +
              `"npx pulumi-alicloud-rds-copy policy" prints the policy that suffices.`,
          );
        }
        throw error;
      }
    };
  return {
    ...rds,
    describeTasks: telling("DescribeTasks", rds.describeTasks),
    describeHistoryTasks: telling("DescribeHistoryTasks", rds.describeHistoryTasks),
  };
}

type TaskAction = "DescribeTasks" | "DescribeHistoryTasks";
