import type { Call } from "../call/call.js";
import { databasesOf } from "../operations/kinds.js";
import { cutPage } from "../parameters/page.js";
import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { primaryOf, sameName } from "../world/find.js";
import type { Database, Instance } from "../world/schema.js";
import { action } from "./action.js";
import { ownInstance } from "../call/ownInstance.js";

export const describeDatabases = action({
  name: "DescribeDatabases",
  required: ["DBInstanceId"],
  optional: ["DBName", "DBStatus", "PageNumber", "PageSize"],
  handle(call) {
    const instance = ownInstance(call, "DescribeDatabases");
    const found = matching(call.params, primaryOf(call.world, instance));
    const page = cutPage(found, call.params, { sizes: [30, 50, 100], defaultSize: 30 });
    if (typeof page === "string") return { Databases: { Database: [] } };
    lookAtOperations(call, instance, page.items);
    const counters = { PageNumber: page.number, PageSize: page.size, TotalCount: page.total };
    return {
      Databases: {
        Database: page.items.map((database) => ({ ...describe(call, instance, database), ...counters })),
      },
    };
  },
});

function matching(params: Call["params"], instance: Instance): readonly Database[] {
  const name = params["DBName"] ?? "";
  const status = params["DBStatus"] ?? "";
  if (name === "" && status === "") return instance.databases;
  return instance.databases.filter(
    (database) => (name === "" || database.name === name) && (status === "" || database.status === status),
  );
}

function describe(call: Call, instance: Instance, database: Database) {
  const spelling = call.world.service.privilegeSpelling === "DBOwner" ? "DBOwner" : "DbOwner";
  return {
    DBName: database.name,
    DBInstanceId: instance.id,
    Engine: instance.engine,
    DBStatus: database.status,
    DBDescription: database.description,
    CharacterSetName: database.collation,
    Accounts: {
      AccountPrivilegeInfo: Object.entries(database.users).map(([account, privilege]) => ({
        Account: account,
        AccountPrivilege: privilege === "DBOwner" ? spelling : privilege,
        AccountPrivilegeDetail: "",
      })),
    },
    BasicInfo: { BasicDbProperty: [] },
    AdvancedInfo: { AdvancedDbProperty: [] },
    RuntimeInfo: { RuntimeDbProperty: [] },
  };
}

function lookAtOperations(call: Call, instance: Instance, shown: readonly Database[]): void {
  for (const operation of call.world.operations) {
    if (operation.instanceId !== instance.id) continue;
    const names = databasesOf(operation);
    if (shown.some((database) => names.some((name) => sameName(name, database.name))))
      call.look(operation.id);
  }
}

const of = { action: "DescribeDatabases" } as const;

behaviour({
  ...of,
  id: "databases.bad-parameters-empty",
  parameter: "PageSize, PageNumber, DBStatus",
  says: "Parameters out of range give an empty list and no error.",
  basis: "documented",
  source: sources.documents2020,
});
behaviour({
  ...of,
  id: "databases.counters-inside",
  says: "There are no counters beside the list: PageNumber, PageSize and TotalCount stand in each entry, as numbers.",
  basis: "documented",
  source: sources.metadata,
});
behaviour({
  ...of,
  id: "databases.privilege-spelling",
  switch: "privilegeSpelling",
  says: "The owner's right is spelt DbOwner here and DBOwner in DescribeAccounts.",
  basis: "measured",
  source: sources.terraform,
});
behaviour({
  ...of,
  id: "databases.out-of-order",
  says: "A database may be Suspect or Offline, as SQL Server calls it; the pages name Creating, Running and Deleting. It stays so, and may be dropped.",
  basis: "inferred",
  source: sources.simulator,
});
behaviour({
  ...of,
  id: "databases.empty-property-maps",
  says: "BasicInfo, AdvancedInfo and RuntimeInfo are empty: what they hold is documented nowhere.",
  basis: "inferred",
  source: sources.metadata,
});
