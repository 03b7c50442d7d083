import assert from "node:assert/strict";
import { registry } from "../../../provider/src/ownership/registry";

describe("registry of declared names", () => {
  const a = { urn: "urn:a", instanceId: "rm-1", names: ["orders", "crm"] };

  it("tells which other resource declares a name on an instance, in any case", () => {
    const met = registry();
    assert.equal(met.declare(a).size, 0);
    assert.equal(met.declaredElsewhere("rm-1", "Orders", "urn:b"), "urn:a");
    assert.equal(met.declaredElsewhere("rm-2", "orders", "urn:b"), undefined);
    assert.equal(met.declaredElsewhere("rm-1", "billing", "urn:b"), undefined);
    assert.equal(met.declaredElsewhere("rm-1", "orders", "urn:a"), undefined);
    assert.equal(met.declaredElsewhere("rm-1", "orders", undefined), "urn:a");
  });

  it("answers a second declaration with the first resource", () => {
    const met = registry();
    met.declare(a);
    const twice = met.declare({ urn: "urn:b", instanceId: "rm-1", names: ["CRM", "billing"] });
    assert.deepEqual([...twice], [["CRM", "urn:a"]]);
  });

  it("does not hold a resource against itself, and knows it by its present name alone", () => {
    const met = registry();
    met.declare(a);
    assert.equal(met.declare({ ...a, names: ["orders"] }).size, 0);
    assert.equal(met.declaredElsewhere("rm-1", "crm", "urn:b"), undefined);
    assert.equal(met.declaredElsewhere("rm-1", "orders", "urn:former"), "urn:a");
  });
});
