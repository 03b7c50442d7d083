import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import type { WorldInput } from "../world/schema.js";
import { isLoopback } from "../gateway/loopback.js";
import { hostName } from "../gateway/visitors.js";
import { throwAwayPair, type CertificatePair } from "./certificate.js";
import type { ClockKind } from "./clock.js";
import { addressHost, listen, type Listener } from "./listen.js";
import { lockFile } from "./lock.js";
import { createSimulation, type Control } from "./simulation.js";
import { keepStateFile, readStateFile } from "./stateFile.js";

export interface SimulatorOptions {
  /** Default: an account `simulated-key` / `simulated-secret` and no instance. */
  readonly world?: WorldInput | undefined;
  /** Default: real. */
  readonly clock?: ClockKind | undefined;
  /**
   * How many seconds of the world pass in a real one: under the real clock, by default 1; else at most so many while
   * all who follow the clock wait, by default any number.
   */
  readonly speed?: number | undefined;
  /** Default: 0, a free one. */
  readonly port?: number | undefined;
  /** Default: 127.0.0.1. */
  readonly host?: string | undefined;
  /** A host that is not loopback is refused without this: everybody who reaches it can read and change the world. */
  readonly allowRemote?: boolean | undefined;
  /**
   * Names beside loopback and `host` under which it answers, such as that of a container. Others are refused: a web
   * page can let its own name point at this machine.
   */
  readonly allowHosts?: readonly string[] | undefined;
  /** HTTPS beside plain HTTP: with a pair of one's own, or (`true`) with one that is thrown away at the end. */
  readonly tls?: boolean | CertificatePair | undefined;
  /** Default: 0, a free one. */
  readonly tlsPort?: number | undefined;
  /**
   * A file that keeps world, time and faults: if it is there, the simulator goes on from it and `world` counts for
   * nothing. An answer is only sent when what it says is in the file. Default: what happened is forgotten at the end.
   */
  readonly state?: string | undefined;
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
  /** HTTPS, where it was asked for. */
  readonly tls?: {
    readonly endpoint: string;
    readonly url: string;
    /** PEM, for clients that are to trust it. */
    readonly certificate: string;
  };
  /** Whether it went on from a state file. */
  readonly resumed: boolean;
  /** Ends it and every open connection. */
  close(): Promise<void>;
}

/**
 * Starts a local RDS endpoint.
 *
 * @throws WorldError with every problem of the world
 * @throws Error with a sentence if it cannot listen there, or cannot use the state file
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const host = options.host ?? "127.0.0.1";
  if (options.allowRemote !== true && !isLoopback(host)) {
    throw new Error(
      `${host} is not a loopback address. Whoever reaches the simulator can read and change its world; ask for it with --allow-remote.`,
    );
  }
  const { speed } = options;
  if (speed !== undefined && !(speed > 0 && Number.isFinite(speed)))
    throw new Error(`The speed must be a number above 0, not ${speed}.`);
  const lock = options.state === undefined ? undefined : lockFile(options.state);
  try {
    return await startLocked({ ...options, host }, () => lock?.release());
  } catch (error) {
    lock?.release();
    throw error;
  }
}

async function startLocked(
  options: SimulatorOptions & { readonly host: string },
  release: () => void,
): Promise<Simulator> {
  const { host, speed } = options;
  const resume = options.state === undefined ? undefined : await readStateFile(options.state);
  const journal =
    options.journal === undefined ? undefined : createWriteStream(options.journal, { flags: "a" });
  const hosts = new Set([addressHost(host), ...(options.allowHosts ?? []).map(hostName)]);
  const simulation = createSimulation({
    hosts,
    world: options.world,
    resume,
    clock: options.clock,
    speed,
    log: options.log,
    writeJournal: journal === undefined ? undefined : (line) => journal.write(`${line}\n`),
  });
  const stateFile = options.state === undefined ? undefined : keepStateFile(options.state, simulation.state);
  await stateFile?.save();
  const pair = options.tls === true ? await throwAwayPair(host) : options.tls || undefined;
  const served = {
    simulation,
    hosts,
    saved: stateFile?.save,
    certificate: pair?.cert,
  };
  const listeners: Listener[] = [];
  const close = async () => {
    simulation.followers.close();
    for (const listener of listeners) await listener.close();
    await stateFile?.close();
    release();
    if (journal !== undefined) await finished(journal.end());
  };
  try {
    const plain = await listen(served, { host, port: options.port ?? 0 });
    listeners.push(plain);
    const secure =
      pair === undefined ? undefined : await listen(served, { host, port: options.tlsPort ?? 0, pair });
    if (secure !== undefined) listeners.push(secure);
    return {
      ...simulation.control,
      endpoint: plain.endpoint,
      url: `http://${plain.endpoint}`,
      ...(secure === undefined || pair === undefined
        ? {}
        : {
            tls: {
              endpoint: secure.endpoint,
              url: `https://${secure.endpoint}`,
              certificate: pair.cert,
            },
          }),
      resumed: resume !== undefined,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
