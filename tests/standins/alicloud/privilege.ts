import { textOf, textsOf, type Properties, type ResourceKind } from "../resourceKind";
import { lookAtAccount } from "./account";
import { listOf, type Cloud } from "./cloud";
import { instanceRunning } from "./instance";

/** `alicloud.rds.AccountPrivilege`: one grant per database, revoked at the end. */
export function privilegeKind(cloud: Cloud): ResourceKind {
  return {
    replaceOn: ["instanceId", "accountName", "privilege"],
    async create(inputs) {
      await grant(cloud, inputs, textsOf(inputs, "dbNames"));
      const id = ["instanceId", "accountName", "privilege"].map((name) => textOf(inputs, name)).join(":");
      return { id, outputs: inputs };
    },
    async read(id, recorded) {
      const [instance = "", name = "", privilege] = id.split(":");
      const account = await lookAtAccount(cloud, instance, name);
      if (account === undefined) return undefined;
      const granted = listOf(account, "DatabasePrivileges", "DatabasePrivilege")
        .filter(({ AccountPrivilege }) => AccountPrivilege === privilege)
        .map(({ DBName }) => String(DBName));
      return granted.length === 0 ? undefined : { ...recorded, dbNames: granted };
    },
    async update(_id, recorded, inputs) {
      const [before, now] = [textsOf(recorded, "dbNames"), textsOf(inputs, "dbNames")];
      await revoke(
        cloud,
        recorded,
        before.filter((name) => !now.includes(name)),
      );
      await grant(
        cloud,
        inputs,
        now.filter((name) => !before.includes(name)),
      );
      return inputs;
    },
    delete: (_id, recorded) => revoke(cloud, recorded, textsOf(recorded, "dbNames")),
  };
}

async function grant(cloud: Cloud, inputs: Properties, databases: readonly string[]): Promise<void> {
  const instance = textOf(inputs, "instanceId");
  await instanceRunning(cloud, instance);
  for (const database of databases) {
    await cloud("GrantAccountPrivilege", {
      DBInstanceId: instance,
      AccountName: textOf(inputs, "accountName"),
      DBName: database,
      AccountPrivilege: textOf(inputs, "privilege"),
    });
  }
}

/** What is granted, of these; the provider, too, looks before it revokes. */
async function revoke(cloud: Cloud, recorded: Properties, databases: readonly string[]): Promise<void> {
  const [instance, name] = [textOf(recorded, "instanceId"), textOf(recorded, "accountName")];
  const account = await lookAtAccount(cloud, instance, name);
  const granted = listOf(account ?? {}, "DatabasePrivileges", "DatabasePrivilege").map(
    ({ DBName }) => DBName,
  );
  for (const database of databases.filter((each) => granted.includes(each))) {
    await cloud("RevokeAccountPrivilege", { DBInstanceId: instance, AccountName: name, DBName: database });
  }
}
