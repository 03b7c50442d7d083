import type { AddressInfo } from "node:net";
import Fastify, { type FastifyInstance } from "fastify";
import type { CertificatePair } from "./certificate.js";
import { controlRoutes } from "./controlRoutes.js";
import { pageRoutes } from "./pageRoutes.js";
import { rdsRoutes } from "./rdsRoutes.js";
import type { Simulation } from "./simulation.js";

/** What is served, the same on every port. */
export interface Served {
  readonly simulation: Simulation;
  /** Ends when nothing that happened so far can be lost any more. */
  readonly saved: () => Promise<void>;
  /** PEM; what clients of the HTTPS port have to trust. */
  readonly certificate: string | undefined;
}

export interface Place {
  readonly host: string;
  readonly port: number;
  /** With it HTTPS is spoken there. */
  readonly pair?: CertificatePair;
}

export interface Listener {
  /** `host:port`. */
  readonly endpoint: string;
  close(): Promise<void>;
}

/** @throws Error with a sentence if it cannot listen there */
export async function listen(served: Served, { host, port, pair }: Place): Promise<Listener> {
  const app = application(pair);
  await app.register(rdsRoutes(served));
  await app.register(controlRoutes(served), { prefix: "/_simulator" });
  await app.register(pageRoutes, { prefix: "/_simulator" });
  app.server.on("upgrade", served.simulation.followers.join);
  await app.listen({ host, port }).catch((error: unknown) => {
    throw cannotListen(error, host, port);
  });
  const address = app.server.address() as AddressInfo;
  return {
    endpoint: `${host.includes(":") ? `[${host}]` : host}:${address.port}`,
    close: () => app.close(),
  };
}

function application(pair: CertificatePair | undefined): FastifyInstance {
  const options = { forceCloseConnections: true, bodyLimit, exposeHeadRoutes: false } as const;
  try {
    return pair === undefined ? Fastify(options) : Fastify({ ...options, https: pair });
  } catch (error) {
    throw new Error(`The certificate and the key cannot be used: ${(error as Error).message}`);
  }
}

/** A world with everything in it must fit. */
const bodyLimit = 64 * 1024 * 1024;

function cannotListen(error: unknown, host: string, port: number): Error {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "EADDRINUSE")
    return new Error(`Port ${port} of ${host} is in use; --port 0 takes a free one.`);
  if (code === "EACCES") return new Error(`Port ${port} may not be used by this user; take one above 1023.`);
  return error instanceof Error ? error : new Error(String(error));
}
