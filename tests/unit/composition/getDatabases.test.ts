import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { startSimulator, type Simulator } from "alicloud-rds-simulator";
import { getDatabases, getDatabasesOutput } from "../../../provider/src/program/getDatabases";

describe("getDatabases", () => {
  let simulator: Simulator;
  const warnings: string[] = [];
  const { warn } = pulumi.log;

  before(async () => {
    const many = Array.from({ length: 40 }, (_, index) => ({
      name: `tenant_${String(index).padStart(3, "0")}`,
    }));
    simulator = await startSimulator({
      clock: "stepped",
      world: {
        accounts: [{ accessKeySecret: "simulated-secret" }],
        instances: [
          {
            id: "rm-prod",
            databases: [
              { name: "Orders" },
              { name: "crm", status: "Cold" },
              { name: "audit" },
              { name: "half", status: "Creating" },
              { name: "gone", status: "Deleting" },
              { name: "tempdb" },
              { name: "distribution" },
            ],
          },
          { id: "rm-many", databases: many },
        ],
      },
    });
    pulumi.runtime.setAllConfig({
      "alicloud:region": "cn-hangzhou",
      "alicloud:protocol": "HTTP",
      "alicloud:accessKey": "simulated-key",
      "alicloud:secretKey": "simulated-secret",
      "alicloud:endpoints": JSON.stringify([{ rds: simulator.endpoint }]),
    });
  });

  after(() => simulator.close());

  it("gives all but the system's, as the service spells them; the names only of those that stay", async () => {
    const { databases, names, region } = await getDatabases({ dbInstanceId: "rm-prod" });
    assert.deepEqual(databases, [
      { name: "Orders", status: "Running" },
      { name: "audit", status: "Running" },
      { name: "crm", status: "Cold" },
      { name: "distribution", status: "Running" },
      { name: "gone", status: "Deleting" },
      { name: "half", status: "Creating" },
    ]);
    assert.deepEqual(names, ["Orders", "audit", "crm", "distribution"]);
    assert.equal(region, "cn-hangzhou");
  });

  it("leaves out what is excepted, in any case, and all pages are asked for", async () => {
    const { names } = await getDatabases({ dbInstanceId: "rm-prod", except: ["AUDIT", "orders"] });
    assert.deepEqual(names, ["crm", "distribution"]);
    assert.equal((await getDatabases({ dbInstanceId: "rm-many" })).names.length, 40);
  });

  it("warns of an exception that is no database there", async () => {
    pulumi.log.warn = (line: string) => {
      warnings.push(line);
      return Promise.resolve();
    };
    try {
      await getDatabases({ dbInstanceId: "rm-prod", except: ["audit", "adut"] });
    } finally {
      pulumi.log.warn = warn;
    }
    assert.deepEqual(warnings, [
      "getDatabases of rm-prod: except names adut, which the instance does not have.",
    ]);
  });

  it("says nothing in clear of what was given as a secret", async () => {
    const said: string[] = [];
    pulumi.log.warn = (line: string) => {
      said.push(line);
      return Promise.resolve();
    };
    try {
      const answers = getDatabasesOutput({
        dbInstanceId: pulumi.secret("rm-prod"),
        except: pulumi.secret(["audit", "adut"]),
      });
      await new Promise((resolve) => answers.apply(resolve));
    } finally {
      pulumi.log.warn = warn;
    }
    assert.deepEqual(said, [
      "getDatabases of [secret]: except names [secret], which the instance does not have.",
    ]);
  });

  it("takes inputs that are known later", async () => {
    const output = getDatabasesOutput({ dbInstanceId: pulumi.output("rm-prod"), except: ["audit"] });
    const names = await new Promise((resolve) => output.names.apply(resolve));
    assert.deepEqual(names, ["Orders", "crm", "distribution"]);
  });

  it("fails with a sentence where there is no such instance, or a value is not known yet", async () => {
    await assert.rejects(
      getDatabases({ dbInstanceId: "rm-none" }),
      /^RunError: getDatabases of rm-none failed\. Instance rm-none was not found|^Error: getDatabases of rm-none failed\. Instance rm-none was not found/,
    );
    await assert.rejects(
      getDatabases({ dbInstanceId: pulumi.output("rm-prod") as unknown as string }),
      /getDatabases takes values that are known: dbInstanceId is an Output\. Use getDatabasesOutput\./,
    );
  });
});
