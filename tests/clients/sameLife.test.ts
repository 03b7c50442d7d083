import assert from "node:assert/strict";
import * as rds from "@alicloud/rds20140815";
import { startSimulator, type Simulator } from "../../simulator/src/index.js";
import { sdkClient, thrownBy } from "../protocol/simulator/client.js";
import { smallCompany } from "../unit/simulator/cloud.js";
import { run } from "./command.js";
import { pager, programs, retrier, type Command } from "./programs.js";

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

  const answerOf = async (command: Command, secret: string) => {
    const args = [...command.arguments, sim.endpoint, "simulated-key", secret];
    return JSON.parse(await run(command.file, args, { env: command.env ?? {} })) as {
      requestId?: string;
      refused?: string;
      pages?: string[][];
    };
  };

  it(`${retrier.name}: lives it where the first request for the copy never arrived`, async () => {
    const command = await retrier.prepare();
    const then = { drop: "before" } as const;
    sim.addFault({ action: "CopyDatabaseBetweenInstances", when: { nth: 1 }, then });
    const { requestId, ...rest } = await answerOf(command, "simulated-secret");
    assert.deepEqual(rest, expected);
    const copies = sim.journal().filter(({ action }) => action === "CopyDatabaseBetweenInstances");
    assert.deepEqual(
      copies.map(({ status, fault }) => [status, fault]),
      [
        [0, "drop before"],
        [200, undefined],
      ],
    );
    assert.equal(requestId, copies[1]?.requestId);
  });

  it(`${pager.name}: reads 125 backup sets, each once and the newest first`, async () => {
    const command = await pager.prepare();
    const minute = 60_000;
    const first = Date.parse("2026-02-27T00:00:00Z");
    const backups = Array.from({ length: 125 }, (_, index) => ({
      id: String(1000 + index),
      start: new Date(first + 10 * index * minute).toISOString(),
      end: new Date(first + (10 * index + 5) * minute).toISOString(),
      databases: {},
    }));
    sim.setWorld({ now: "2026-03-01T02:00:00Z", instances: [{ id: "rm-prod", backups }] });
    const { pages = [] } = await answerOf(command, "simulated-secret");
    assert.deepEqual(
      pages.map(({ length }) => length),
      [50, 50, 25],
    );
    assert.deepEqual(pages.flat(), backups.map(({ id }) => id).reverse());
  });

  for (const program of programs) {
    describe(program.name, () => {
      let command: Command;
      before(async () => {
        command = await program.prepare();
      });
      const live = (secret: string) => answerOf(command, secret);

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
