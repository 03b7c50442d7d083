import assert from "node:assert/strict";
import { given, openCast, providerText, urn } from "./cast";

describe("provider process: the life of a copy", () => {
  it("checks, creates, compares, reads and deletes, and says what it does on the resource's own row", async () => {
    await using cast = await openCast();
    const { provider, engine, simulator } = cast;

    const checked = await provider.check({}, given);
    const foundAt = { region: "cn-hangzhou", endpoint: simulator.endpoint };
    assert.deepEqual(checked, { inputs: { ...given, foundAt }, failures: [] });
    const announced = engine.said.filter(({ severity }) => severity !== "debug");
    assert.deepEqual(
      announced.map(({ message, ...line }) => ({ ...line, message: message.replace(/ as of .*/, "") })),
      [
        {
          severity: "info",
          message: "Copies crm as crm_staging and orders",
          urn,
          ephemeral: false,
        },
      ],
    );

    const before = engine.said.length;
    const created = await provider.create(checked.inputs);
    assert.equal(created.state, "done");
    assert.match(created.id, /^rm-staging:/);
    assert.equal(created.properties["__provider"], providerText);
    assert.deepEqual(created.properties["names"], given.dbNames);
    const progress = engine.said.slice(before);
    assert.ok(
      progress.some(({ message }) =>
        /^(\d+% · )?(crm_staging|orders)( not listed yet)? \d+\w* · 0 of 2 done$/.test(message),
      ),
    );
    for (const { ephemeral, severity, urn: row } of progress)
      assert.deepEqual({ ephemeral, severity, row }, { ephemeral: true, severity: "info", row: urn });

    const { id, properties } = created;
    assert.deepEqual(await provider.diff(id, properties, given), {
      changes: "none",
      replaces: [],
      deleteBeforeReplace: false,
    });
    const replaced = await provider.diff(id, properties, { ...given, sourceDbInstanceId: "rm-other" });
    assert.deepEqual(replaced, {
      changes: "some",
      replaces: ["sourceDbInstanceId"],
      deleteBeforeReplace: true,
    });
    assert.match(
      engine.said.at(-1)?.message ?? "",
      /^Replaced because the source changes from rm-prod to rm-other/,
    );
    assert.equal(engine.said.at(-1)?.severity, "warning");

    const updated = await provider.update(id, properties, { ...given, dbNames: { orders: "orders" } });
    assert.equal(updated.state, "done");
    assert.deepEqual(Object.keys(updated.properties["databases"] as object), ["orders"]);

    const read = await provider.read(id, updated.properties);
    assert.deepEqual(read, { id, properties: updated.properties });

    await provider.delete(id, updated.properties);
    assert.deepEqual(simulator.world().instances[1]?.databases, []);
    // Databases that were lost are copied again by the next update: only a lost instance lets the resource go.
    const lost = await provider.read(id, updated.properties);
    assert.deepEqual([lost.id, lost.properties["databases"]], [id, {}]);
    simulator.setWorld({ instances: simulator.world().instances.filter((one) => one.id !== "rm-staging") });
    const gone = await provider.read(id, updated.properties);
    assert.equal(gone.id, "");
    const last = engine.said.at(-1);
    assert.equal(last?.severity, "warning");
    assert.equal(last.urn, urn);
    assert.match(last.message, /found in region cn-hangzhou/);
    assert.equal(provider.errorOutput(), "");
  });

  it("keeps what is unknown in a preview unknown, and checks the rest", async () => {
    await using cast = await openCast();
    const { provider, simulator } = cast;
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    const news = {
      ...given,
      targetDbInstanceId: unknown,
      dbNames: { orders: unknown, master: "master_copy" },
      maxBackupAge: unknown,
    };
    const { inputs, failures } = await provider.check({}, news);
    assert.deepEqual(inputs, news);
    assert.deepEqual(failures.length, 1);
    assert.match(failures[0]?.reason ?? "", /^dbNames\.master: "master" is a system database/);
    assert.equal(failures[0]?.property, "", "the engine would print <nil> as its value");
    assert.deepEqual(simulator.journal(), []);
  });
});
