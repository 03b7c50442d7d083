import { textOf, type ResourceKind } from "../resourceKind";
import { isNotFound, listOf, until, type Answer, type Cloud } from "./cloud";
import { instanceRunning } from "./instance";

/** `alicloud.rds.RdsAccount`, as far as the examples go. */
export function accountKind(cloud: Cloud): ResourceKind {
  return {
    replaceOn: ["dbInstanceId", "accountName", "accountType"],
    async create(inputs) {
      const [instance, name] = [textOf(inputs, "dbInstanceId"), textOf(inputs, "accountName")];
      await instanceRunning(cloud, instance);
      await cloud("CreateAccount", {
        DBInstanceId: instance,
        AccountName: name,
        AccountPassword: textOf(inputs, "accountPassword"),
        ...(inputs["accountType"] ? { AccountType: textOf(inputs, "accountType") } : {}),
      });
      await until(async () =>
        (await lookAtAccount(cloud, instance, name))?.["AccountStatus"] === "Available" ? "ready" : undefined,
      );
      return { id: `${instance}:${name}`, outputs: { ...inputs, status: "Available" } };
    },
    async read(id, recorded) {
      const [instance = "", name = ""] = id.split(":");
      const account = await lookAtAccount(cloud, instance, name);
      return account && { ...recorded, status: account["AccountStatus"] };
    },
    async update(_id, _recorded, inputs) {
      await cloud("ResetAccountPassword", {
        DBInstanceId: textOf(inputs, "dbInstanceId"),
        AccountName: textOf(inputs, "accountName"),
        AccountPassword: textOf(inputs, "accountPassword"),
      });
      return inputs;
    },
    async delete(id) {
      const [instance = "", name = ""] = id.split(":");
      if ((await lookAtAccount(cloud, instance, name)) === undefined) return;
      await cloud("DeleteAccount", { DBInstanceId: instance, AccountName: name });
      await until(async () =>
        (await lookAtAccount(cloud, instance, name)) === undefined ? "gone" : undefined,
      );
    },
  };
}

export async function lookAtAccount(
  cloud: Cloud,
  instance: string,
  name: string,
): Promise<Answer | undefined> {
  try {
    const answer = await cloud("DescribeAccounts", { DBInstanceId: instance, AccountName: name });
    return listOf(answer, "Accounts", "DBInstanceAccount")[0];
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
