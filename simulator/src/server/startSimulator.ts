import { createWriteStream } from "node:fs";
import type { AddressInfo } from "node:net";
import { finished } from "node:stream/promises";
import Fastify from "fastify";
import type { WorldInput } from "../world/schema.js";
import type { ClockKind } from "./clock.js";
import { controlRoutes } from "./controlRoutes.js";
import { rdsRoutes } from "./rdsRoutes.js";
import { createSimulation, type Control } from "./simulation.js";

export interface SimulatorOptions {
  /** Default: an account `simulated-key` / `simulated-secret` and no instance. */
  readonly world?: WorldInput | undefined;
  /** Default: real. */
  readonly clock?: ClockKind | undefined;
  /** How many seconds of the world pass in a real one, under the real clock. Default: 1. */
  readonly speed?: number | undefined;
  /** Default: 0, a free one. */
  readonly port?: number | undefined;
  /** Default: 127.0.0.1. */
  readonly host?: string | undefined;
  /** A host that is not loopback is refused without this: everybody who reaches it can read and change the world. */
  readonly allowRemote?: boolean | undefined;
  /** A file to which every call is appended, one JSON document a line. */
  readonly journal?: string | undefined;
  /** Gets one line per call. */
  readonly log?: ((line: string) => void) | undefined;
}

/** A running simulator. The operations of `Control` are also served below `/_simulator/`. */
export interface Simulator extends Control {
  /** `127.0.0.1:PORT`: what SDK clients and `alicloud:endpoints` take. */
  readonly endpoint: string;
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** Ends it and every open connection. */
  close(): Promise<void>;
}

/**
 * Starts a local RDS endpoint.
 *
 * @throws WorldError with every problem of the world
 * @throws Error with a sentence if it cannot listen there
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const host = options.host ?? "127.0.0.1";
  if (options.allowRemote !== true && !isLoopback(host)) {
    throw new Error(
      `${host} is not a loopback address. Whoever reaches the simulator can read and change its world; ask for it with --allow-remote.`,
    );
  }
  const speed = options.speed ?? 1;
  if (!(speed > 0 && Number.isFinite(speed)))
    throw new Error(`The speed must be a number above 0, not ${speed}.`);
  const file = options.journal === undefined ? undefined : createWriteStream(options.journal, { flags: "a" });
  const simulation = createSimulation({
    world: options.world,
    clock: options.clock,
    speed,
    log: options.log,
    writeJournal: file === undefined ? undefined : (line) => file.write(`${line}\n`),
  });
  const app = Fastify({ forceCloseConnections: true, bodyLimit: 64 * 1024 * 1024, exposeHeadRoutes: false });
  await app.register(rdsRoutes(simulation));
  await app.register(controlRoutes(simulation.control), { prefix: "/_simulator" });
  await app.listen({ host, port: options.port ?? 0 }).catch((error: unknown) => {
    throw cannotListen(error, host, options.port ?? 0);
  });
  const { port } = app.server.address() as AddressInfo;
  const endpoint = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  return {
    ...simulation.control,
    endpoint,
    url: `http://${endpoint}`,
    async close() {
      await app.close();
      if (file !== undefined) await finished(file.end());
    },
  };
}

const isLoopback = (host: string) =>
  host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);

function cannotListen(error: unknown, host: string, port: number): Error {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "EADDRINUSE")
    return new Error(`Port ${port} of ${host} is in use; --port 0 takes a free one.`);
  if (code === "EACCES") return new Error(`Port ${port} may not be used by this user; take one above 1023.`);
  return error instanceof Error ? error : new Error(String(error));
}
