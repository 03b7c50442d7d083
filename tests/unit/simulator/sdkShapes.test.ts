import assert from "node:assert/strict";
import * as rds from "@alicloud/rds20140815";
import * as $dara from "@darabonba/typescript";
import { actions } from "../../../simulator/src/machine.js";
import { cloud, smallCompany, type Cloud } from "./cloud.js";
import { copyCall as copy, sampleCalls } from "./sampleCalls.js";

type Model = InstanceType<typeof $dara.Model>;
interface ModelClass {
  new (map: object): Model;
  names(): Record<string, string>;
  types(): Record<string, unknown>;
}

const prod = { DBInstanceId: "rm-prod" };

/** Answers for other engines, and that SQL Server has none. */
const withoutAnswer = new Set([
  ...[
    "DescribeBinlogFiles",
    "DescribeLocalAvailableRecoveryTime",
    "DescribeMetaList",
    "DescribeBackupDatabase",
  ],
]);

/** Fields that no SDK knows: what the alicloud provider reads or older pages print. */
const beyondTheSdk = new Set([...["DescribeDBInstances.Items.DBInstance[].CreationTime"]]);

/** A company in which something of every kind is there and running. */
function busyCompany(name: string): Cloud {
  const rds = cloud({
    ...smallCompany,
    instances: [
      {
        ...smallCompany.instances[0],
        tags: { team: "shop" },
        ...(name === "AllocateInstancePublicConnection"
          ? {}
          : { publicConnection: { prefix: "shop-now", port: "1433" } }),
        backups: [
          ...smallCompany.instances[0].backups,
          {
            id: "made",
            jobId: "5",
            mode: "Manual",
            start: "2026-02-28T20:00:00Z",
            end: "2026-02-28T20:10:00Z",
          },
        ],
      },
      smallCompany.instances[1],
      { id: "rm-third" },
      { id: "rm-cluster", engineVersion: "2019_ent" },
    ],
  });
  rds.ask("CreateBackup", prod);
  rds.ask("CopyDatabaseBetweenInstances", { ...copy, TargetDBInstanceId: "rm-third" });
  return rds;
}

const rdsActions = actions.filter(({ product }) => product === undefined).map(({ name }) => name);

describe("simulator: the shapes of answers, held against the official SDK", () => {
  for (const name of rdsActions.filter((action) => !withoutAnswer.has(action))) {
    it(`${name}: every field is one the SDK knows, of its type`, () => {
      const company = busyCompany(name);
      if (name === "CreateBackup") company.wait(60);
      const body = company.ask(name, sampleCalls[name]?.[0] ?? prod);
      const model = (rds as unknown as Record<string, ModelClass | undefined>)[`${name}ResponseBody`];
      assert.ok(model, `The SDK has no ${name}.`);
      const wrong = faults(body, model, name).filter((fault) => !beyondTheSdk.has(fault.split(" ")[0] ?? ""));
      assert.deepEqual(wrong, []);
      $dara.cast(JSON.parse(JSON.stringify(body)), new model({}));
    });
  }

  it("are those of every action of RDS", () => {
    assert.deepEqual(
      [...Object.keys(sampleCalls), ...withoutAnswer].filter(
        (name) => !actions.some((one) => one.name === name.replace("Vpc ", "")),
      ),
      [],
    );
  });
});

/** Fields that the model lacks, and values that are not of its type as JSON: the cast hides those. */
function faults(value: object, model: ModelClass, path: string): string[] {
  const types = new Map(Object.entries(model.names()).map(([own, wire]) => [wire, model.types()[own]]));
  return Object.entries(value).flatMap(([name, field]) => {
    const at = `${path}.${name}`;
    return types.has(name) ? typeFaults(field, types.get(name), at) : [`${at} is unknown`];
  });
}

function typeFaults(field: unknown, type: unknown, at: string): string[] {
  if (typeof type === "string")
    return typeof field === type ? [] : [`${at} is ${typeof field} and not ${type}`];
  if (typeof type === "function") {
    if (typeof field !== "object" || field === null) return [`${at} is no object`];
    return faults(field, type as ModelClass, at);
  }
  const { type: kind, itemType } = type as { type: string; itemType?: unknown };
  if (kind !== "array") return [];
  if (!Array.isArray(field)) return [`${at} is no list`];
  return field.flatMap((item: unknown) => typeFaults(item, itemType, `${at}[]`));
}
