import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Row } from "../row";
import { ask, load } from "./load";
import { observe, type ObservedServer } from "./observedServer";
import { hottest } from "./profile";
import { signedCall } from "./signedCalls";

const slices = 40;
const callsInSlice = 500;

/** Processor time and not time: what else the machine does meanwhile counts for neither, and both take turns. */
export const callCost: Row = {
  name: "simulator",
  about: "processor time of DescribeDatabases, signed with ACS3, eight connections, with its log",
  async run({ rounds, say }) {
    const folder = await mkdtemp(join(tmpdir(), "bench-"));
    const simulator = await observe(
      resolve(__dirname, "../../../simulator/dist/cli.js"),
      ["--port", "0", "--clock", "virtual", "--world", "small-company"],
      join(folder, "simulator.log"),
    );
    await writeFile(join(folder, "answer"), await ask(simulator.port, callTo(simulator)));
    const bare = await observe(
      join(__dirname, "bareServer.ts"),
      [join(folder, "answer")],
      join(folder, "bare.log"),
    );
    try {
      for (const server of [bare, simulator]) await use(server, 20 * callsInSlice);
      const values: number[] = [];
      for (let round = 1; round <= rounds; round += 1) values.push(await compared(bare, simulator, say));
      for (const line of await profiled(simulator)) say(line);
      return [{ what: "a call of the simulator / bare node:http, processor time", unit: "times", values }];
    } finally {
      await simulator.end();
      await bare.end();
      await rm(folder, { recursive: true });
    }
  },
};

async function compared(
  bare: ObservedServer,
  simulator: ObservedServer,
  say: (line: string) => void,
): Promise<number> {
  let [bareCost, cost] = [0, 0];
  for (let slice = 0; slice < slices; slice += 1) {
    bareCost += await use(bare, callsInSlice);
    cost += await use(simulator, callsInSlice);
  }
  const perCall = (microseconds: number) => `${Math.round(microseconds / slices / callsInSlice)} µs a call`;
  say(`simulator ${perCall(cost)}, bare node:http ${perCall(bareCost)}`);
  return cost / bareCost;
}

/** @returns microseconds of processor time */
async function use(server: ObservedServer, calls: number): Promise<number> {
  const made = Array.from({ length: calls }, () => callTo(server));
  const before = await server.cpu();
  await load(server.port, made);
  return (await server.cpu()) - before;
}

async function profiled(simulator: ObservedServer): Promise<string[]> {
  await simulator.startProfile();
  await use(simulator, 20 * callsInSlice);
  return hottest(await simulator.stopProfile());
}

const callTo = ({ port }: ObservedServer): Buffer =>
  signedCall(`127.0.0.1:${port}`, "DescribeDatabases", "DBInstanceId=rm-prod");
