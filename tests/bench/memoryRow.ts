import { openStage } from "../engine/harness/stage";
import { asAtUsers, fleetWorld, writeFleet, type Kind } from "./fleet";
import { providerMemory } from "./processes";
import type { Row } from "./row";
import { upUntil } from "./upUntil";

/** Of the process that carries out dynamic resources, when all copies are accepted and some time has passed. */
export const memory: Row = {
  name: "memory",
  about: "memory of the provider process while copies are under way, against one that does nothing",
  async run({ rounds, resources, say }) {
    const copies = 2 * resources;
    const values: { ours: number; nothing: number }[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      const nothing = await memoryOf("nothing", copies);
      const ours = await memoryOf("ours", copies);
      values.push({ ours, nothing });
      say(`${round}: nothing ${nothing.toFixed(0)} MB, ours ${ours.toFixed(0)} MB`);
    }
    return [
      {
        what: `memory with ${copies} copies under way: ours - nothing`,
        unit: "MB",
        values: values.map(({ ours, nothing }) => ours - nothing),
        goal: { most: 60 },
        because:
          "what is alive grows by some 10 MB with 200 copies (counted in the played engine); the rest is what Node.js keeps for answers that it has not collected yet, and for connections",
      },
      {
        what: `memory with ${copies} copies under way`,
        unit: "MB",
        values: values.map(({ ours }) => ours),
      },
      {
        what: `memory with ${copies} resources under way that do nothing`,
        unit: "MB",
        values: values.map(({ nothing }) => nothing),
      },
    ];
  },
};

async function memoryOf(kind: Kind, copies: number): Promise<number> {
  const fleet = { resources: copies, targets: Math.ceil(copies / 5) };
  await using stage = await openStage({ ...asAtUsers, world: fleetWorld(fleet, { seconds: 3600 }) });
  await writeFleet(stage, kind, fleet, 3_600_000);
  const underWay = () =>
    stage.simulator.journal().filter(({ action }) => action === "CopyDatabaseBetweenInstances").length;
  const memoryWhenUnderWay = async (pid: number) => {
    // What does nothing asks nobody: it is under way when its process has stopped growing.
    if (kind === "ours") await until(() => underWay() >= copies);
    else await until(() => providerMemory(pid) !== undefined);
    await pause(15_000);
    return providerMemory(pid) ?? NaN;
  };
  return await upUntil(stage, memoryWhenUnderWay, "--parallel", `${copies}`);
}

const patienceMs = 120_000;

async function until(isTrue: () => boolean): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!isTrue()) {
    if (Date.now() > deadline) throw new Error("Not all copies were under way within two minutes.");
    await pause(200);
  }
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
