import assert from "node:assert/strict";
import { startSimulator, type Simulator } from "alicloud-rds-simulator";
import { providerStack } from "../../../provider/src/engine/providerStack";
import { restorePointProvider } from "../../../provider/src/engine/restorePointProvider";

type Answer = Readonly<Record<string, unknown>>;

/** Three sources: the logs of "late" begin after those of "early" have ended. */
const world = {
  now: "2026-03-01T12:00:00Z",
  accounts: [{ accessKeySecret: "simulated-secret" }],
  instances: [
    source("rm-early", "00", "06"),
    source("rm-whole", "00", "11"),
    source("rm-late", "08", "11"),
    { ...source("rm-none", "00", "11"), recoveryModel: "Simple" as const, logs: [] },
  ],
};

describe("the restore point that copies share", () => {
  let simulator: Simulator;
  let provider: ReturnType<typeof restorePointProvider>;

  beforeEach(async () => {
    simulator = await startSimulator({ clock: "stepped", world });
    provider = restorePointProvider(
      providerStack({
        ALICLOUD_ACCESS_KEY: "simulated-key",
        ALICLOUD_SECRET_KEY: "simulated-secret",
        ALICLOUD_REGION: "cn-hangzhou",
        RDS_ENDPOINT: simulator.endpoint,
      }),
    );
  });

  beforeEach(async () => {
    const config = { get: (key: string) => (key === "alicloud:protocol" ? "HTTP" : undefined) };
    await provider.configure?.({ config } as never);
  });

  afterEach(() => simulator.close());

  const create = async (inputs: Answer) => (await provider.create(inputs)).outs as Answer;
  const changes = async (olds: Answer, news: Answer) => (await provider.diff?.("id", olds, news))?.changes;
  const update = async (olds: Answer, news: Answer) =>
    ((await provider.update?.("id", olds, news)) as { outs: Answer }).outs;

  it("is the end of the shortest common window, and does not move by itself", async () => {
    const inputs = common("rm-early", "rm-whole");
    const made = await create(inputs);
    assert.equal(made["restoreTime"], "2026-03-01T06:00:00Z");
    assert.equal(await changes(made, inputs), false);
  });

  it("is kept when databases are added, and when a source joins that it fits", async () => {
    const made = await create(common("rm-early"));
    const more = { ...made, sources: { a: { dbInstanceId: "rm-early", databases: ["orders", "new"] } } };
    assert.equal(await changes(made, more), false);

    const joined = common("rm-early", "rm-whole");
    assert.equal(await changes(made, joined), true);
    assert.equal((await update(made, joined))["restoreTime"], made["restoreTime"]);
  });

  it("is chosen anew when a source joins that it does not fit", async () => {
    const made = await create(common("rm-whole"));
    assert.equal(made["restoreTime"], "2026-03-01T11:00:00Z");
    assert.equal((await update(made, common("rm-whole", "rm-early")))["restoreTime"], "2026-03-01T06:00:00Z");
  });

  it("is chosen anew when refresh changes, and only then", async () => {
    const inputs = { ...common("rm-whole"), refresh: "1" };
    const made = await create(inputs);
    extendLogs(simulator, "rm-whole", "2026-03-01T11:45:00Z");
    assert.equal(await changes(made, inputs), false);
    const next = { ...inputs, refresh: "2" };
    assert.equal(await changes(made, next), true);
    assert.equal((await update(made, next))["restoreTime"], "2026-03-01T11:45:00Z");
  });

  it("is the newest usable backup that holds the databases, for one source", async () => {
    const inputs = {
      kind: "latestBackup",
      sources: { a: { dbInstanceId: "rm-early", databases: ["orders"] } },
    };
    assert.equal((await create(inputs))["backupId"], "of-rm-early");
    await assert.rejects(
      create({ ...inputs, sources: { a: { dbInstanceId: "rm-early", databases: ["absent"] } } }),
      /rm-early has no successful full backup that is available and holds absent/,
    );
  });

  it("of one source is kept while refresh and the source are the same, however the program writes them", async () => {
    const inputs = {
      kind: "latestBackup",
      sources: { a: { dbInstanceId: "rm-early", databases: ["orders"] } },
    };
    const made = { ...(await create(inputs)), backupId: "older" };
    const hidden = { ...inputs, secretInputs: ["sources"] };
    assert.equal(await changes(made, hidden), true);
    assert.equal((await update(made, hidden))["backupId"], "older");
    assert.equal((await update(made, { ...hidden, refresh: "2" }))["backupId"], "of-rm-early");
    const whole = { a: { dbInstanceId: "rm-whole", databases: ["orders"] } };
    assert.equal((await update(made, { ...inputs, sources: whole }))["backupId"], "of-rm-whole");
  });

  it("is missed already in the preview, with a sentence; what could not be asked is no obstacle", async () => {
    const failures = async (inputs: Answer) => (await provider.check?.({}, inputs))?.failures ?? [];
    assert.match((await failures(common("rm-early", "rm-late")))[0]?.reason ?? "", /There is no moment that/);
    assert.match((await failures(common("rm-none")))[0]?.reason ?? "", /rm-none to no moment at all/);
    assert.match((await failures(common("rm-absent")))[0]?.reason ?? "", /rm-absent/);
    const absent = {
      kind: "latestBackup",
      sources: { a: { dbInstanceId: "rm-absent", databases: ["orders"] } },
    };
    assert.match(
      (await failures(absent))[0]?.reason ?? "",
      /Instance rm-absent was not found in region cn-hangzhou/,
    );
    assert.deepEqual(await failures(common("rm-early", "rm-whole")), []);
    simulator.addFault({
      action: "*",
      then: { error: { status: 403, code: "Forbidden.RAM", message: "Not allowed." } },
    });
    assert.deepEqual(await failures(common("rm-early", "rm-late")), []);
  });

  it("is not waited for in a preview when the cloud is silent: the test would end before the call does", async () => {
    simulator.addFault({ action: "*", then: { delayMs: 3_600_000 } });
    const checked = await provider.check?.({}, common("rm-early", "rm-whole"));
    assert.deepEqual(checked?.failures, []);
  });

  it("is not looked for in a preview that does not know the instances yet", async () => {
    const calls = simulator.journal().length;
    await provider.check?.({}, common("04da6b54-80e4-46f7-96ec-b56ff0331ba9"));
    assert.equal(simulator.journal().length, calls);
  });
});

function common(...instances: readonly string[]): Answer {
  const sources = instances.map((id, index) => [
    `source${index}`,
    { dbInstanceId: id, databases: ["orders"] },
  ]);
  return { kind: "latestCommon", sources: Object.fromEntries(sources) as object };
}

function source(id: string, from: string, to: string) {
  const at = (hour: string) => `2026-03-01T${hour}:00:00Z`;
  return {
    id,
    databases: [{ name: "orders" }],
    backups: [{ id: `of-${id}`, start: at(from), end: at(from), databases: { orders: "x" } }],
    logs: [{ from: at(from), to: at(to) }],
  };
}

function extendLogs(simulator: Simulator, id: string, to: string): void {
  const now = simulator.world();
  simulator.setWorld({
    ...now,
    instances: now.instances.map((instance) =>
      instance.id === id ? { ...instance, logs: instance.logs.map((span) => ({ ...span, to })) } : instance,
    ),
  });
}
