import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { addressLimit } from "../gateway/address.js";
import type { CertificatePair } from "./certificate.js";
import { controlRoutes, isControlPath, upgradeRoute } from "./controlRoutes.js";
import { answerOverflow, rdsRoutes } from "./rdsRoutes.js";
import type { Served } from "./simulation.js";

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
  const server = serverFor(requestListener(served), pair);
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable) socket.destroy();
    else if (error.code === "HPE_HEADER_OVERFLOW") answerOverflow(served, socket);
    else socket.end("HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n");
  });
  server.on("upgrade", upgradeRoute(served));
  await new Promise<void>((listening, failed) => {
    server.once("error", (error) => {
      failed(cannotListen(error, host, port));
    });
    server.listen({ host, port }, listening);
  });
  const address = server.address() as AddressInfo;
  return {
    endpoint: `${addressHost(host)}:${address.port}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => {
          closed();
        });
        server.closeAllConnections();
      }),
  };
}

/** As a host stands in an address. */
export const addressHost = (host: string): string => (host.includes(":") ? `[${host}]` : host);

/** Plain node:http: a framework around one path of calls cost more than the calls. */
function requestListener(served: Served): RequestListener {
  const answerControl = controlRoutes(served);
  const answerCall = rdsRoutes(served);
  return (request, response) => {
    const answer = isControlPath(request.url ?? "") ? answerControl : answerCall;
    answer(request, response);
  };
}

function serverFor(listener: RequestListener, pair: CertificatePair | undefined): Server {
  try {
    return pair === undefined
      ? createServer({ maxHeaderSize }, listener)
      : createSecureServer({ ...pair, maxHeaderSize }, listener);
  } catch (error) {
    throw new Error(`The certificate and the key cannot be used: ${(error as Error).message}`);
  }
}

/** Far more than an address may have: what is too long is to be read, refused and kept in the journal. */
const maxHeaderSize = 8 * addressLimit;

function cannotListen(error: unknown, host: string, port: number): Error {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "EADDRINUSE")
    return new Error(`Port ${port} of ${host} is in use; --port 0 takes a free one.`);
  if (code === "EACCES") return new Error(`Port ${port} may not be used by this user; take one above 1023.`);
  return error instanceof Error ? error : new Error(String(error));
}
