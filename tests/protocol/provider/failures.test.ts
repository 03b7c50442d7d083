import assert from "node:assert/strict";
import { given, openCast, providerText, urn } from "./cast";

describe("provider process: failures", () => {
  it("a copy that is not finished in time is a failed initialisation with everything that the next run needs", async () => {
    await using cast = await openCast({ clock: "virtual", copy: { minimumSeconds: 1800 } });
    const { provider, simulator } = cast;
    const inputs = { ...given, timeouts: { create: "1m" } };
    const unfinished = await provider.create(inputs);
    assert.equal(unfinished.state, "notInitialised");
    assert.match(unfinished.id, /^rm-staging:/);
    assert.equal(unfinished.reasons.length, 1);
    assert.match(unfinished.reasons[0] ?? "", /Timed out before crm_staging and orders were ready/);
    const { properties } = unfinished;
    assert.equal(properties["__provider"], providerText);
    for (const [name, value] of Object.entries(given)) assert.deepEqual(properties[name], value, name);
    assert.deepEqual(
      Object.values(properties["databases"] as Record<string, { status: string }>).map(
        ({ status }) => status,
      ),
      ["Creating", "Creating"],
    );

    assert.equal((await provider.diff(unfinished.id, properties, inputs)).changes, "some");
    simulator.advance("1h");
    const finished = await provider.update(unfinished.id, properties, inputs);
    assert.equal(finished.state, "done");
    const copies = simulator.journal().filter(({ action }) => action === "CopyDatabaseBetweenInstances");
    assert.equal(copies.length, 1);
  });

  it("a refusal is a sentence without a trace, and makes no resource", async () => {
    await using cast = await openCast();
    const { provider, simulator } = cast;
    simulator.addFault({
      action: "CopyDatabaseBetweenInstances",
      then: { error: { status: 403, code: "Forbidden.RAM", message: "Not allowed." } },
    });
    const refused = await provider.create(given);
    assert.equal(refused.state, "failed");
    assert.match(refused.message, /crm and orders from rm-prod to rm-staging.*Forbidden\.RAM/s);
    assert.doesNotMatch(refused.message, trace);
    assert.equal(provider.errorOutput(), "");
  });

  it("where the process prints the stack of an error, too, a foreseeable one has none", async () => {
    await using cast = await openCast();
    const { provider, simulator } = cast;
    const created = await provider.create(given);
    assert.equal(created.state, "done");
    simulator.addFault({
      action: "DescribeDatabases",
      then: { error: { status: 403, code: "Forbidden.RAM", message: "Not allowed." } },
    });
    await assert.rejects(
      provider.read(created.id, created.properties),
      /databases on rm-staging.*Forbidden\.RAM/s,
    );
    await assert.rejects(provider.delete(created.id, created.properties), /rm-staging.*Forbidden\.RAM/s);
    assert.doesNotMatch(provider.errorOutput(), trace);
    assert.equal(provider.errorOutput().split("\n").filter(Boolean).length, 2);
  });

  it("running tasks that the key may not read are named once, and the copies go on without them", async () => {
    await using cast = await openCast();
    const { provider, engine, simulator } = cast;
    const denied = { error: { status: 403, code: "Forbidden.RAM", message: "Not allowed." } };
    simulator.addFault({ action: "DescribeTasks", then: denied });
    assert.equal((await provider.create(given)).state, "done");
    simulator.setWorld({ ...simulator.world(), copy: { failDatabases: ["again"] } });
    const failing = { ...given, resourceUrn: `${urn}2`, dbNames: { orders: "again" } };
    assert.equal((await provider.create(failing)).state, "notInitialised");
    const warnings = engine.said
      .filter(({ severity }) => severity === "warning")
      .map(({ message }) => message);
    assert.equal(warnings.length, 1, warnings.join("\n"));
    assert.match(
      warnings[0] ?? "",
      /^It is not known how far a copy is and why it failed: the key lacks the permission rds:DescribeTasks\./,
    );
  });

  it("secrets are in nothing that it gives back or says", async () => {
    await using cast = await openCast();
    const { provider, engine } = cast;
    const created = await provider.create(given);
    assert.equal(created.state, "done");
    assert.doesNotMatch(JSON.stringify([created, engine.said]), /simulated-secret/);
  });
});

const trace = /^\s+at .+:\d+:\d+/m;
