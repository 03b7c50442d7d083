import assert from "node:assert/strict";
import * as rds from "@alicloud/rds20140815";
import { startSimulator, type Simulator } from "../../simulator/src/index.js";
import { sdkClient, thrownBy } from "../protocol/simulator/client.js";
import { smallCompany } from "../unit/simulator/cloud.js";
import { run } from "./command.js";
import { programs, type Command } from "./programs.js";

/** What every client must have seen; the request id is its own. */
const expected = {
  instances: ["rm-prod", "rm-staging"],
  backups: ["102", "101"],
  watched: [["orders_copy Creating"], ["orders_copy Creating"], ["orders_copy Running"]],
  read: "orders_copy SQLServer Chinese_PRC_CI_AS",
  dropped: [["orders_copy Deleting"], []],
};

/** What every client must have asked, in this order. */
const asked = [
  "DescribeDBInstances",
  "DescribeBackups",
  "CopyDatabaseBetweenInstances",
  ...Array.from({ length: 4 }, () => "DescribeDatabases"),
  "DeleteDatabase",
  "DescribeDatabases",
  "DescribeDatabases",
];

describe("simulator: the same life, lived by independent clients", () => {
  let sim: Simulator;
  beforeEach(async () => {
    sim = await startSimulator({ world: smallCompany, clock: "stepped" });
  });
  afterEach(() => sim.close());

  const agrees = (lived: { requestId?: string }) => {
    const { requestId, ...rest } = lived;
    assert.deepEqual(rest, expected);
    assert.equal(requestId, sim.journal()[2]?.requestId);
    assert.deepEqual(
      sim.journal().map(({ action }) => action),
      asked,
    );
  };
  const refusedUnchanged = () => {
    assert.deepEqual(
      sim.journal().map(({ code }) => code),
      ["SignatureDoesNotMatch"],
    );
  };

  describe("Node.js @alicloud/rds20140815 (ACS3)", () => {
    it("lives it", async () => {
      agrees(await nodeLife(sdkClient(sim.endpoint)));
    });

    it("is refused with one byte of the secret changed", async () => {
      const thrown = await thrownBy(
        nodeLife(sdkClient(sim.endpoint, { accessKeySecret: "simulated-secreT" })),
      );
      assert.equal(thrown.code, "SignatureDoesNotMatch");
      refusedUnchanged();
    });
  });

  for (const program of programs) {
    describe(program.name, () => {
      let command: Command;
      before(async () => {
        command = await program.prepare();
      });
      const live = async (secret: string) => {
        const args = [...command.arguments, sim.endpoint, "simulated-key", secret];
        return JSON.parse(await run(command.file, args, { env: command.env ?? {} })) as {
          requestId?: string;
          refused?: string;
        };
      };

      it("lives it", async () => {
        agrees(await live("simulated-secret"));
      });

      it("is refused with one byte of the secret changed", async () => {
        assert.deepEqual(await live("simulated-secreT"), { refused: program.wrongSecret });
        refusedUnchanged();
      });
    });
  }
});

async function nodeLife(client: ReturnType<typeof sdkClient>) {
  const databases = async () => {
    const request = new rds.DescribeDatabasesRequest({ DBInstanceId: "rm-staging" });
    return (await client.describeDatabases(request)).body?.databases?.database ?? [];
  };
  const seen = async () => (await databases()).map(({ DBName, DBStatus }) => `${DBName} ${DBStatus}`);
  const list = new rds.DescribeDBInstancesRequest({ regionId: "cn-hangzhou" });
  const instances = (await client.describeDBInstances(list)).body?.items?.DBInstance ?? [];
  const sets = new rds.DescribeBackupsRequest({ DBInstanceId: "rm-prod" });
  const backups = (await client.describeBackups(sets)).body?.items?.backup ?? [];
  const copied = await client.copyDatabaseBetweenInstances(
    new rds.CopyDatabaseBetweenInstancesRequest({
      DBInstanceId: "rm-prod",
      targetDBInstanceId: "rm-staging",
      backupId: backups[0]?.backupId,
      dbNames: JSON.stringify({ orders: "orders_copy" }),
    }),
  );
  const watched = [await seen(), await seen(), await seen()];
  const [read] = await databases();
  await client.deleteDatabase(
    new rds.DeleteDatabaseRequest({ DBInstanceId: "rm-staging", DBName: "orders_copy" }),
  );
  return {
    instances: instances.map(({ DBInstanceId }) => DBInstanceId),
    backups: backups.map(({ backupId }) => backupId),
    ...(copied.body?.requestId === undefined ? {} : { requestId: copied.body.requestId }),
    watched,
    read: `${read?.DBName} ${read?.engine} ${read?.characterSetName}`,
    dropped: [await seen(), await seen()],
  };
}
