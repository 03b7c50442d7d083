import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import type { JournalEntry, WorldInput } from "alicloud-rds-simulator";
import { connectToSimulator } from "alicloud-rds-simulator/client";

/** The simulator in a process of its own, which can be stopped, killed and started again with the world that it had. */
export interface ApartSimulator extends AsyncDisposable {
  /** `127.0.0.1:PORT`; the same after a restart. */
  readonly endpoint: string;
  signal(signal: "SIGSTOP" | "SIGCONT" | "SIGKILL"): void;
  /** After a kill. */
  restart(): Promise<void>;
  journal(): readonly JournalEntry[];
  /** The next call of this action is carried out and gets no answer: the client gives it up, or the simulator is killed. */
  holdAnswer(action: string): Promise<void>;
  /** Resolves when a call of this action has been carried out. */
  hasCarriedOut(action: string): Promise<void>;
}

export async function startApartSimulator(world: WorldInput): Promise<ApartSimulator> {
  const folder = mkdtempSync(join(tmpdir(), "databasecopy-simulator-"));
  const file = (name: string) => join(folder, name);
  writeFileSync(file("world.json"), JSON.stringify(world));

  async function start(port: string): Promise<{ child: ChildProcess; endpoint: string }> {
    const options = {
      port,
      world: file("world.json"),
      clock: "virtual",
      state: file("state.json"),
      journal: file("journal"),
    };
    const child = spawn(
      process.execPath,
      [cli, ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])],
      { stdio: ["ignore", "pipe", "ignore"] },
    );
    const [line] = (await once(createInterface(child.stdout), "line")) as [string];
    return { child, endpoint: /http:\/\/(\S+)$/.exec(line)?.[1] ?? line };
  }

  const first = await start("0");
  const { endpoint } = first;
  let { child } = first;
  const journal = () =>
    existsSync(file("journal"))
      ? readFileSync(file("journal"), "utf8")
          .split("\n")
          .filter((line) => line.endsWith("}"))
          .map((line) => JSON.parse(line) as JournalEntry)
      : [];
  return {
    endpoint,
    signal: (signal) => void child.kill(signal),
    async restart() {
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
      ({ child } = await start(endpoint.split(":")[1] ?? ""));
    },
    journal,
    async holdAnswer(action) {
      await connectToSimulator(endpoint).addFault({
        action,
        when: { times: 1 },
        then: { delayMs: 3_600_000 },
      });
    },
    async hasCarriedOut(action) {
      while (!journal().some((entry) => entry.action === action)) {
        await new Promise((later) => setTimeout(later, 20));
      }
    },
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const cli = resolve(__dirname, "../../../simulator/dist/cli.js");
