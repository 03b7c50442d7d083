import assert from "node:assert/strict";
import { cloud, goodCopy, smallCompany } from "./cloud.js";
import { allowedPairs, at, names, snapshots, worldOf, type CopyCase } from "./copyCases.js";

const copy = "CopyDatabaseBetweenInstances";
const [prod] = smallCompany.instances;

describe("simulator: copies that are allowed", () => {
  it("is allowed as every refused case begins", () => {
    cloud().ask(copy, goodCopy);
  });

  it("allows what lies just inside the limits", () => {
    const inside: Omit<CopyCase, "code" | "status">[] = [
      { why: "equal versions", target: { engineVersion: "2019_ent", category: "HighAvailability" } },
      { why: "newer target", target: { engineVersion: "2022_std_ha" } },
      { why: "other zone", target: { zone: "cn-hangzhou-k" } },
      { why: "64 characters", params: names(`{"orders":"${"o".repeat(64)}"}`) },
      { why: "last second of the log", params: at("2026-03-01T01:30:00Z") },
      {
        why: "the very present",
        params: at("2026-03-01T02:00:00Z"),
        source: { logs: [{ from: "2026-02-27T18:00:00Z", to: "2026-03-01T02:00:00Z" }] },
      },
      { why: "end of the oldest set", params: at("2026-02-27T18:40:00Z") },
      { why: "room for one more", target: { maxDatabases: 1 } },
      {
        why: "nothing into a full disk",
        source: { databases: [{ name: "orders", sizeGiB: 0 }] },
        target: { logGiB: 500 },
      },
      { why: "a little more space", target: { storageGiB: 40.1 } },
      {
        why: "the whole snapshot",
        params: names('{"orders":"a1","crm":"b1"}'),
        source: snapshots,
        target: { backupMethod: "Snapshot" },
      },
      { why: "incremental set", source: { backups: [{ ...prod.backups[1], type: "IncrementalBackup" }] } },
      {
        why: "capitals, where the service lowers them",
        params: names('{"orders":"Orders"}'),
        world: { service: { targetNameSpelling: "lowerCase" } },
      },
    ];
    for (const one of inside) {
      const answer = cloud(worldOf(one)).call(copy, one.params ?? goodCopy);
      assert.equal(answer.status, 200, `${one.why}: ${JSON.stringify(answer.body)}`);
    }
  });

  for (const pair of allowedPairs) {
    it(pair.why, () => {
      cloud(worldOf(pair)).ask(copy, goodCopy);
    });
  }

  it("lowers a target name where the world says so", () => {
    const rds = cloud({ ...smallCompany, service: { targetNameSpelling: "lowerCase" } });
    rds.ask(copy, names('{"orders":"Orders"}'));
    assert.ok(rds.database("rm-staging", "orders"));
  });

  it("says what a real RAM denial says", () => {
    const rds = cloud({ ...smallCompany, accounts: [{ deny: ["rds:CopyDatabaseBetweenInstances"] }] });
    const { body } = rds.call(copy, goodCopy);
    assert.equal((body["AccessDeniedDetail"] as Record<string, string>)["AuthAction"], `rds:${copy}`);
    assert.equal(rds.call("DescribeDatabases", { DBInstanceId: "rm-prod" }).status, 200);
  });

  it("describes the copy as its source, where the world says so", () => {
    const databases = [{ ...prod.databases[0], description: "of the source" }];
    for (const [copiedDescription, expected] of [
      ["empty", ""],
      ["source", "of the source"],
    ] as const) {
      const rds = cloud({ ...worldOf({ source: { databases } }), service: { copiedDescription } });
      rds.ask(copy, goodCopy);
      assert.equal(rds.database("rm-staging", "orders")?.description, expected);
    }
  });
});
