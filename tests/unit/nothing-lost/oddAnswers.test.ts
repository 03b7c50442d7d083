import assert from "node:assert/strict";
import { RdsFailure } from "../../../provider/src/rds/failure";
import { oneCopy, openPlayedStage } from "./stage";

const orders = oneCopy(["orders"], { timeouts: { create: "10m", update: "10m", delete: "5m" } });

const nothing = { changes: [], errors: [], warnings: [], infos: [], steps: [] };

describe("nothing lost: what a cloud may answer", () => {
  it("stores a name in another spelling: that is the name which applications read, and the one that is dropped", async () => {
    const { engine, seeThrough, accepted, cloud } = openPlayedStage();
    seeThrough((rds) => ({
      describeDatabases: async (id) =>
        (await rds.describeDatabases(id)).map((one) => ({ ...one, name: one.name.toUpperCase() })),
    }));
    assert.deepEqual((await engine.up(orders)).errors, []);
    assert.deepEqual(engine.state["data"]?.outputs.names, { orders: "ORDERS" });
    assert.deepEqual(await engine.preview(orders), nothing);
    assert.deepEqual((await engine.refresh()).errors, []);
    assert.deepEqual(await engine.preview(orders), nothing);
    assert.deepEqual((await engine.destroy()).errors, []);
    assert.deepEqual([accepted("CopyDatabaseBetweenInstances"), accepted("DeleteDatabase")], [1, 1]);
    assert.equal(cloud.calls.find(({ action }) => action === "DeleteDatabase")?.params["DBName"], "ORDERS");
  });

  it("has a database in a state that nobody knows until the deadline: not done, kept, and finished later with no second copy", async () => {
    const { engine, seeThrough, accepted } = openPlayedStage();
    seeThrough((rds) => ({
      describeDatabases: async (id) =>
        (await rds.describeDatabases(id)).map((one) =>
          one.name === "orders" ? { ...one, status: "Recovering" } : one,
        ),
    }));
    const { errors } = await engine.up(orders);
    assert.match(
      errors.join(),
      /Timed out before orders was ready on rm-staging \(Recovering\)\. Run `pulumi up` again to continue/,
    );
    assert.equal(engine.state["data"]?.outputs.databases["orders"]?.status, "Recovering");
    seeThrough(undefined);
    assert.deepEqual((await engine.up(orders)).errors, []);
    assert.deepEqual(await engine.preview(orders), nothing);
    assert.equal(accepted("CopyDatabaseBetweenInstances"), 1);
  });

  it("has a name that is taken and not listed: refused, nothing recorded, what is there stays", async () => {
    const { engine, seeThrough, hands, accepted } = openPlayedStage();
    hands.make("rm-staging", "orders", "somebody's");
    seeThrough((rds) => ({
      describeDatabases: async (id) =>
        (await rds.describeDatabases(id)).filter(({ name }) => id !== "rm-staging" || name !== "orders"),
    }));
    const { errors } = await engine.up(orders);
    assert.match(
      errors.join(),
      /The name orders is taken on rm-staging, though no database of that name is listed/,
    );
    assert.equal(engine.state["data"], undefined);
    assert.equal(hands.database("rm-staging", "orders")?.content, "somebody's");
    assert.equal(accepted("CopyDatabaseBetweenInstances"), 0);
  });

  const waitingForLocks = {
    status: 500,
    code: "InternalError",
    message: "The request processing has failed: waiting for locks.",
  };

  it("is busy in disguise at a drop: asked again until it is done", async () => {
    const { engine, cloud, hands, accepted } = openPlayedStage();
    await engine.up(orders);
    cloud.addFault({ action: "DeleteDatabase", when: { times: 3 }, then: { error: waitingForLocks } });
    assert.deepEqual((await engine.destroy()).errors, []);
    assert.equal(cloud.calls.filter(({ action }) => action === "DeleteDatabase").length, 4);
    assert.equal(accepted("DeleteDatabase"), 1);
    assert.equal(hands.database("rm-staging", "orders"), undefined);
  });

  it("is busy in disguise for ever: an error at the deadline, and the resource stays to be destroyed later", async () => {
    const { engine, cloud } = openPlayedStage();
    await engine.up(orders);
    cloud.addFault({ action: "DeleteDatabase", then: { error: waitingForLocks } });
    const { errors } = await engine.destroy();
    assert.match(
      errors.join(),
      /orders on rm-staging could not be dropped: .*waiting for locks \(HTTP 500, request id /,
    );
    assert.ok(engine.state["data"]);
    cloud.clearFaults();
    assert.deepEqual((await engine.destroy()).errors, []);
    assert.deepEqual(engine.state, {});
  });
});

describe("nothing lost: a sign-in that ends in the middle of a wait", () => {
  it("ends within seconds as a resource that is resumed, with no second copy", async () => {
    const { engine, seeThrough, time, accepted } = openPlayedStage();
    const expired = () =>
      Promise.reject(
        new RdsFailure({
          action: "DescribeDatabases",
          code: "InvalidSecurityToken.Expired",
          status: 400,
          message: "Specified SecurityToken is expired.",
          requestId: "F00D",
        }),
      );
    seeThrough((rds) => ({
      copyDatabases: async (request) => {
        const answer = await rds.copyDatabases(request);
        // The call itself has tried fresh credentials by then: tests/unit/provider-sign-in/signedCalls.test.ts.
        seeThrough(() => ({ describeDatabases: expired }));
        return answer;
      },
    }));
    const began = time.now();
    const { errors } = await engine.up(orders);
    assert.ok(time.now() - began <= 10_000, `${time.now() - began} ms`);
    assert.match(errors.join(), /InvalidSecurityToken\.Expired.*Check the key/);
    assert.equal(engine.state["data"]?.initErrors.length, 1);
    seeThrough(undefined);
    assert.deepEqual((await engine.up(orders)).errors, []);
    assert.equal(accepted("CopyDatabaseBetweenInstances"), 1);
  });
});

describe("nothing lost: a clock that jumps in the middle of a wait", () => {
  for (const [way, hours] of [
    ["ahead", 2],
    ["back", -2],
  ] as const) {
    it(`two hours ${way}: at most two runs, one copy`, async () => {
      const { engine, seeThrough, setClock, accepted } = openPlayedStage();
      seeThrough((rds) => ({
        copyDatabases: async (request) => {
          const answer = await rds.copyDatabases(request);
          setClock(hours * 3_600_000);
          return answer;
        },
      }));
      const { errors } = await engine.up(orders);
      if (hours > 0) assert.match(errors.join(), /Timed out/);
      else assert.deepEqual(errors, []);
      assert.deepEqual((await engine.up(orders)).errors, []);
      assert.deepEqual(await engine.preview(orders), nothing);
      assert.equal(accepted("CopyDatabaseBetweenInstances"), 1);
    });
  }
});
