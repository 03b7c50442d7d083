import assert from "node:assert/strict";
import { copyCases, readCases } from "../../../simulator/src/conformance/cases.js";
import { differences } from "../../../simulator/src/conformance/compare.js";
import { replaced } from "../../../simulator/src/conformance/replaced.js";
import { discover } from "../../../simulator/src/conformance/discover.js";
import { fillIn, type Subject } from "../../../simulator/src/conformance/subject.js";
import { createWorld } from "../../../simulator/src/machine.js";
import { cloud, smallCompany } from "./cloud.js";

const subject: Subject = {
  region: "cn-hangzhou",
  source: "rm-prod",
  target: "rm-staging",
  database: "orders",
  backup: "1065",
  name: "conformance-1",
  now: Date.parse("2026-03-01T02:00:30Z"),
};

describe("simulator: the world that resembles an endpoint", () => {
  it("has a read-only instance as one, with a primary that it belongs to", async () => {
    const company = cloud({
      ...smallCompany,
      instances: [...smallCompany.instances, { id: "rm-ro", type: "Readonly" }],
    });
    const { world } = await discover(
      (action, params) => Promise.resolve(company.call(action, { ...params })),
      { region: "cn-hangzhou", source: "rm-prod", target: "rm-ro", now: company.now },
    );
    const { instances } = createWorld(world, 0);
    const readOnly = instances.find(({ id }) => id === "rm-ro");
    assert.equal(readOnly?.type, "Readonly");
    assert.ok(instances.some(({ id, type }) => id === readOnly.masterId && type === "Primary"));
  });
});

describe("simulator: conformance cases", () => {
  it("have names of their own, and those that only read ask for nothing else", () => {
    const all = [...readCases, ...copyCases];
    assert.equal(new Set(all.map(({ name }) => name)).size, all.length);
    for (const { action } of readCases) assert.match(action, /^(Describe|List|Check|describe)/);
    assert.ok(
      readCases.every(({ kind }) => kind === "read") && copyCases.every(({ kind }) => kind === "copy"),
    );
  });

  it("are filled in for an endpoint", () => {
    assert.deepEqual(
      fillIn({ A: "{source}", B: '{"{database}":"{name}"}', C: "{now:minute}", D: "{yesterday}" }, subject),
      {
        params: {
          A: "rm-prod",
          B: '{"orders":"conformance-1"}',
          C: "2026-03-01T02:00Z",
          D: "2026-02-28T02:00:30Z",
        },
      },
    );
    assert.deepEqual(fillIn({ A: "{target}" }, { ...subject, target: undefined }), { lacks: ["target"] });
  });
});

describe("simulator: how answers are compared", () => {
  const of = (service: unknown, simulator: unknown) =>
    differences({ status: 200, body: service }, { status: 200, body: simulator });

  it("by status and code, then by fields and their types, not by values", () => {
    assert.deepEqual(of({ A: 1, B: [{ C: "x" }] }, { A: 2, B: [{ C: "y" }, { C: "z" }] }), []);
    assert.deepEqual(
      differences({ status: 404, body: { Code: "A" } }, { status: 400, body: { Code: "B" } }),
      ["answers 404 A, the simulator 400 B"],
    );
    assert.deepEqual(of({ A: 1, B: [{ C: "x", D: true }] }, { A: "1", B: [{ C: "x", E: null }] }), [
      "A: the service sends a number, the simulator a string",
      "B[].D: the service sends a boolean, the simulator nothing",
      "B[].E: the simulator sends a null, the service nothing",
    ]);
  });

  it("an empty list says nothing of its entries", () => {
    assert.deepEqual(of({ A: [] }, { A: [{ B: 1 }] }), []);
    assert.deepEqual(of({ A: [{ B: 1 }] }, { A: [] }), []);
    assert.deepEqual(of({ A: {} }, { A: [] }), ["A: the service sends a object, the simulator a empty list"]);
  });

  it("codes count only in errors", () => {
    assert.deepEqual(of({ Code: "200" }, { Code: "OK" }), []);
  });
});

describe("simulator: what is recorded", () => {
  it("does not tell whose instances they were", () => {
    const body = {
      RequestId: "0A1B2C3D-0000-1111-2222-333344445555",
      DBInstanceId: "rm-prod",
      Others: ["rm-staging", "rm-uf6wjk5", "vpc-bp1.x", "10.0.0.7/24", "1234567890123456"],
      ConnectionString: "rm-prod.sqlserver.rds.aliyuncs.com",
      DownloadLink: "https://bucket.oss.aliyuncs.com/1.bak?Expires=1&Signature=abc",
      DBName: "payroll",
      DBDescription: "of the board",
      Message: "The instance rm-prod of acs:ram::1:user/anna with LTAI5tXYZ and SECRET is busy.",
      BackupId: "7002",
      ZoneId: "cn-hangzhou-h",
      CallerUid: "12",
      BackupStartTime: "2026-02-28T18:00:00Z",
      EngineVersion: "2019_std_ha",
      DBInstanceStatus: "Running",
      Size: 7,
      Empty: "",
    };
    assert.deepEqual(replaced(body, subject, ["SECRET"]), {
      RequestId: "<RequestId>",
      DBInstanceId: "{source}",
      Others: ["{target}", "<id>", "<id>", "<ip>", "<number>"],
      ConnectionString: "{source}.<host>",
      DownloadLink: "<address>",
      DBName: "<DBName>",
      DBDescription: "<DBDescription>",
      Message: "The instance {source} of <arn> with <key> and <key> is busy.",
      BackupId: "<BackupId>",
      ZoneId: "cn-hangzhou-h",
      CallerUid: "<CallerUid>",
      BackupStartTime: "2026-02-28T18:00:00Z",
      EngineVersion: "2019_std_ha",
      DBInstanceStatus: "Running",
      Size: 7,
      Empty: "",
    });
  });
});
