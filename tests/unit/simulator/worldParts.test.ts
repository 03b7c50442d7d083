import assert from "node:assert/strict";
import { createWorld, WorldError, type WorldInput } from "../../../simulator/src/machine.js";
import { cloud, smallCompany } from "./cloud.js";

const paths = (document: unknown): string[] => {
  try {
    createWorld(document as WorldInput, 0);
    return [];
  } catch (error) {
    assert.ok(error instanceof WorldError);
    return error.problems.map(({ path }) => path).sort();
  }
};
const role = { arn: "acs:ram::1000000000000001:role/copier" };
const provider = { arn: "acs:ram::1000000000000001:oidc-provider/pods" };

describe("simulator: roles, providers, vSwitches and accounts in a world", () => {
  it("are named once", () => {
    assert.deepEqual(
      paths({
        roles: [role, role],
        oidcProviders: [provider, provider],
        vSwitches: [{ id: "vsw-a" }, { id: "vsw-a" }],
        instances: [{ id: "rm-a", dbAccounts: [{ name: "app" }, { name: "app" }] }],
      }),
      ["instances[0].dbAccounts[1].name", "oidcProviders[1].arn", "roles[1].arn", "vSwitches[1].id"],
    );
  });

  it("are named by an ARN", () => {
    assert.deepEqual(paths({ roles: [{ arn: "copier" }], oidcProviders: [role] }), [
      "oidcProviders[0].arn",
      "roles[0].arn",
    ]);
  });

  it("keep what a document says of an account, and add who is only a user", () => {
    const [prod, staging] = smallCompany.instances;
    const rds = cloud({
      instances: [{ ...prod, dbAccounts: [{ name: "app", type: "Super", description: "shop" }] }, staging],
    });
    assert.deepEqual(rds.instance("rm-prod").dbAccounts, [
      { name: "app", type: "Super", status: "Available", description: "shop", checkPolicy: false },
      { name: "owner", type: "Normal", status: "Available", description: "", checkPolicy: false },
    ]);
  });

  it("go on where they were when the whole world is written and read in the middle of everything", () => {
    const rds = cloud({ ...smallCompany, life: { createAccountSeconds: 50 } });
    const prod = { DBInstanceId: "rm-prod" };
    rds.ask("CreateBackup", prod);
    rds.ask("CreateDatabase", { ...prod, DBName: "fresh" });
    rds.ask("CreateAccount", { ...prod, AccountName: "reader", AccountPassword: "Example-1-password" });
    rds.ask("ModifyDBInstanceSpec", { DBInstanceId: "rm-staging", DBInstanceStorage: "600" });
    rds.ask("AssumeRole", { RoleArn: role.arn, RoleSessionName: "session" });
    const again = cloud(JSON.parse(JSON.stringify(rds.world)) as WorldInput);
    for (const one of [rds, again]) {
      one.wait(60);
      one.ask("DescribeDatabases", prod);
    }
    assert.deepEqual(again.world, rds.world);
    assert.deepEqual(rds.world.operations, []);
    assert.equal(rds.instance("rm-staging").storageGiB, 600);
  });
});
