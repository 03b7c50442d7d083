import assert from "node:assert/strict";
import fc from "fast-check";
import { createSimulation } from "../../simulator/src/server/simulation.js";
import { smallCompany } from "../unit/simulator/cloud.js";
import { decoded } from "./decoded.js";
import { wireRequest } from "./requests.js";

describe("simulator: 10,000 requests of any kind", () => {
  it("never crash it, never change its world when refused, and are answered so that the SDK can read it", () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(fc.array(wireRequest(), { minLength: 20, maxLength: 20 }), (requests) => {
        const simulation = createSimulation({ world: smallCompany, clock: "virtual" });
        for (const { asking, wire } of requests) {
          const before = simulation.state().world;
          const { status, headers, body } = simulation.call(wire);
          const contentType = headers["content-type"] ?? "";
          const action = wire.headers["x-acs-action"] ?? asking.action;
          const code = decoded({ action, status, contentType, body });
          if (code !== undefined) assert.equal(simulation.state().world, before, `${action}: ${code}`);
          seen.set(code ?? "ok", (seen.get(code ?? "ok") ?? 0) + 1);
        }
      }),
      { numRuns: 500 },
    );
    assert.equal(
      [...seen.values()].reduce((sum, count) => sum + count, 0),
      10_000,
    );
    // Both halves are worth something only if they reach deep enough.
    assert.ok((seen.get("ok") ?? 0) > 500, JSON.stringify([...seen]));
    assert.ok(seen.size > 30, JSON.stringify([...seen]));
  });
});
