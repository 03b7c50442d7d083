import type { Call } from "../call/call.js";
import { badValue } from "../parameters/badValue.js";
import { cutPage } from "../parameters/page.js";
import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { entryOf, primaryOf } from "../world/find.js";
import type { DbAccount, Instance } from "../world/schema.js";
import { action } from "./action.js";
import { ownInstance } from "../call/ownInstance.js";

export const describeAccounts = action({
  name: "DescribeAccounts",
  required: ["DBInstanceId"],
  optional: ["AccountName", "PageNumber", "PageSize"],
  handle(call) {
    const instance = ownInstance(call, "DescribeAccounts");
    const name = call.params["AccountName"] ?? "";
    const found = primaryOf(call.world, instance).dbAccounts.filter(
      (account) => name === "" || account.name === name,
    );
    const page = cutPage(found, call.params, { sizes: { from: 1, to: 200 }, defaultSize: 30 });
    if (typeof page === "string") throw badValue(page);
    for (const operation of call.world.operations) {
      if (operation.kind !== "createAccount" || operation.instanceId !== instance.id) continue;
      if (page.items.some((account) => account.name === operation.account)) call.look(operation.id);
    }
    return {
      PageNumber: page.number,
      TotalRecordCount: page.total,
      SystemAdminAccountStatus: "",
      SystemAdminAccountFirstActivationTime: "",
      ResourceGroupId: instance.resourceGroupId,
      Accounts: { DBInstanceAccount: page.items.map((account) => describe(call, instance, account)) },
    };
  },
});

function describe(call: Call, instance: Instance, account: DbAccount) {
  const owner = call.world.service.privilegeSpelling === "DbOwner" ? "DbOwner" : "DBOwner";
  const rights = primaryOf(call.world, instance).databases.flatMap(({ name, users }) => {
    const privilege = entryOf(users, account.name);
    return privilege === undefined ? [] : [{ name, privilege }];
  });
  return {
    DBInstanceId: instance.id,
    AccountName: account.name,
    AccountStatus: account.status,
    AccountType: account.type,
    AccountDescription: account.description,
    CheckPolicy: account.checkPolicy,
    PrivExceeded: "0",
    DatabasePrivileges: {
      DatabasePrivilege: rights.map(({ name, privilege }) => ({
        DBName: name,
        AccountPrivilege: privilege === "DBOwner" ? owner : privilege,
        AccountPrivilegeDetail: "",
      })),
    },
  };
}

const about = { action: "DescribeAccounts", source: sources.terraform } as const;

behaviour({
  ...about,
  id: "accounts.owner-spelling",
  switch: "privilegeSpelling",
  says: "The owner's right is spelt DBOwner here, which the alicloud provider compares letter by letter, and DbOwner in DescribeDatabases.",
  basis: "measured",
});
behaviour({
  action: "DescribeAccounts, CreateAccount, ModifyAccountCheckPolicy",
  source: sources.terraform,
  id: "accounts.check-policy",
  parameter: "CheckPolicy",
  says: "Whether the policy of passwords is applied comes back as it was asked for: anything else is a difference to the alicloud provider at every plan.",
  basis: "measured",
});
behaviour({
  ...about,
  id: "accounts.paged",
  parameter: "PageSize, PageNumber",
  says: "The list comes in pages, 30 accounts by default; pages beyond the last are empty.",
  basis: "documented",
  source: sources.metadata,
});
