import assert from "node:assert/strict";
import { pairFindings } from "../../../provider/src/preflight/pairFindings";
import type { InstanceFacts } from "../../../provider/src/rds/rdsApi";
import { briefs, knownOf, sourceInstance, targetInstance } from "./known";

type Facts = Partial<InstanceFacts>;

const between = (source: Facts, target: Facts) =>
  briefs(pairFindings(knownOf({ source: sourceInstance(source), target: targetInstance(target) })));

describe("two instances together", () => {
  it("are compared only when both were found", () => {
    const source = sourceInstance({ networkType: "Classic" });
    const target = targetInstance();
    for (const pair of [
      { source },
      { target },
      { source, target: "not found" },
      { source: "not found", target },
    ] as const)
      assert.deepEqual(pairFindings(knownOf(pair)), []);
  });

  it("must be in one region", () => {
    assert.deepEqual(between({}, { regionId: "cn-shanghai" }), [
      "blocks region-pair targetDbInstanceId InvalidInstancesRegion.Malformed",
    ]);
  });

  it("must be in networks of one type", () => {
    assert.deepEqual(between({}, { networkType: "Classic" }), [
      "blocks network-type targetDbInstanceId IncorrectInstanceNetworkType",
    ]);
  });

  it("are not told apart by what one of them does not tell", () => {
    for (const unknown of [{ regionId: "" }, { networkType: "" }, { engineVersion: "" }]) {
      assert.deepEqual(between(unknown, {}), [], JSON.stringify(unknown));
      assert.deepEqual(between({}, unknown), [], JSON.stringify(unknown));
    }
  });
});

describe("the versions of two instances", () => {
  const newer = ["blocks version-pair targetDbInstanceId InvalidInstanceVersion"];
  const pairs: readonly (readonly [string, string, readonly string[]])[] = [
    ["2019_std_ha", "2019_ent_ha", []],
    ["2016_std_ha", "2019_std_ha", []],
    ["2019_std_ha", "2016_std_ha", newer],
    ["2012", "2008r2", newer],
    ["2012_web", "08r2_ent_ha", newer],
    ["08r2_ent_ha", "2012", []],
    ["2008r2", "08r2_ent_ha", []],
    ["08r2_ent_ha", "2008r2", []],
    ["vNext2022", "2019_std_ha", []],
    ["2019_std_ha", "10_ha", []],
    ["99_ha", "2019_std_ha", []],
  ];
  for (const [from, to, expected] of pairs)
    it(`${from} to ${to}: ${expected.length > 0 ? "refused" : "not refused"}`, () => {
      assert.deepEqual(between({ engineVersion: from }, { engineVersion: to }), expected);
    });
});

describe("the categories of two instances", () => {
  const families: Readonly<Record<string, Facts>> = {
    Basic: { category: "Basic" },
    HighAvailability: { category: "HighAvailability" },
    AlwaysOn: { category: "AlwaysOn" },
    Share: { category: "HighAvailability", classType: "s" },
  };
  const unclear: Readonly<Record<string, string>> = {
    "Basic HighAvailability": "BackupRestoreNotSupported.BasicHA",
    "Basic AlwaysOn": "-",
    "HighAvailability AlwaysOn": "BackupRestoreNotSupported.HADedicatedAlwaysOn",
  };
  for (const [from, source] of Object.entries(families))
    for (const [to, target] of Object.entries(families)) {
      const doubt = unclear[`${from} ${to}`];
      const expected =
        from === to
          ? []
          : doubt !== undefined
            ? [`warns category-pair-unclear targetDbInstanceId ${doubt}`]
            : [`blocks category-pair targetDbInstanceId UnsupportedCopyDb${from}To${to}`];
      it(`${from} to ${to}: ${expected[0]?.split(" ")[0] ?? "nothing to say"}`, () => {
        assert.deepEqual(between(source, target), expected);
      });
    }

  it("are recognised in any case, and a cluster is AlwaysOn", () => {
    for (const category of ["AlwaysOn", "ALWAYSON", "cluster", "Cluster"])
      assert.deepEqual(between({ category }, { category: "BASIC" }), [
        "blocks category-pair targetDbInstanceId UnsupportedCopyDbAlwaysOnToBasic",
      ]);
    assert.deepEqual(between({ category: "highavailability" }, { category: "basic" }), [
      "blocks category-pair targetDbInstanceId UnsupportedCopyDbHighAvailabilityToBasic",
    ]);
  });

  it("are nothing to say of when one of them is none of these", () => {
    const others = ["Finance", "serverless_basic", "Basic2", "HighAvailability2", "no_HighAvailability"];
    for (const category of [...others, "AlwaysOn2", "no_cluster", ""]) {
      assert.deepEqual(between({ category }, { category: "Basic" }), [], category);
      assert.deepEqual(between({ category: "AlwaysOn" }, { category }), [], category);
    }
  });
});
