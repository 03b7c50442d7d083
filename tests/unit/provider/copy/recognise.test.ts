import assert from "node:assert/strict";
import { receiptKey, receiptOf, receiptValue, type MarkedRequest } from "../../../../provider/src/copy/marks";
import { recognise } from "../../../../provider/src/copy/recognise";
import { toUtcSeconds } from "../../../../provider/src/time/moment";
import { fakeClock } from "../fakeClock";
import { databases, inTurn, scriptedRds, task } from "../scriptedRds";

const urn = "urn:pulumi:prod::shop::pulumi-nodejs:dynamic/alicloud-rds-copy:DatabaseCopy::a";
const otherUrn = urn.replace("prod", "qa");

const request: MarkedRequest = {
  sourceDbInstanceId: "rm-prod",
  targetDbInstanceId: "rm-qa",
  names: { orders: "orders" },
  restorePoint: { backupId: "1001" },
  syncUserPrivilege: false,
  generation: 0,
};

describe("an unmarked database, after a copy of its name was announced and the run was killed", () => {
  it("is ours if a task of the instance says that it was copied since", async () => {
    assert.deepEqual(await recognised({}), ["orders"]);
  });

  it("is not ours if no task says so", async () => {
    assert.deepEqual(await recognised({ tasks: [] }), []);
  });

  it("is not ours if another resource has announced a database of that name, from whatever source", async () => {
    assert.deepEqual(await recognised({ other: { ...request, names: { crm: "Orders", Billing: "b" } } }), []);
  });

  it("is ours if another resource's receipt speaks of other names", async () => {
    const other = { ...request, names: { orders: "orders_qa", Billing: "b" } };
    assert.deepEqual(await recognised({ other }), ["orders"]);
  });
});

interface Story {
  readonly tasks?: readonly ReturnType<typeof task>[];
  readonly other?: MarkedRequest;
}

const copied = task({ status: "Finish", database: "orders", detail: "orders to orders" });

async function recognised({ tasks = [copied], other }: Story): Promise<string[]> {
  const clock = fakeClock();
  const tag = (one: MarkedRequest) => receiptValue(receiptOf(one, toUtcSeconds(clock.now()), undefined));
  const { rds } = scriptedRds(
    {
      listTags: inTurn({
        [receiptKey(urn)]: tag(request),
        ...(other ? { [receiptKey(otherUrn)]: tag(other) } : {}),
      }),
      describeBackups: inTurn([]),
      describeTasks: inTurn([]),
      describeHistoryTasks: inTurn(tasks),
    },
    clock,
  );
  const found = await recognise({
    ...request,
    rds,
    clock,
    urn,
    listed: databases({ orders: "Running" }),
    choice: { kind: "backup", backupId: "1001" },
    generation: 0,
    adoptExisting: false,
  });
  return [...(found?.points.keys() ?? [])];
}
