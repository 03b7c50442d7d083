import http from "node:http";
import type { AddressInfo } from "node:net";

/** A small HTTP service: a credentials URI, or the metadata of an ECS instance. */
export interface HttpStandIn {
  readonly port: number;
  readonly origin: string;
  /** Method and path of each call, `GET /credentials`. */
  readonly calls: string[];
  readonly bodies: string[];
  close(): Promise<void>;
}

/** Answers what the table has for `GET /path`, else 404. */
export async function startHttp(answers: Readonly<Record<string, unknown>>): Promise<HttpStandIn> {
  const calls: string[] = [];
  const bodies: string[] = [];
  const server = http.createServer((request, response) => {
    const call = `${request.method ?? ""} ${request.url ?? ""}`;
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => answerTo(call, body, response));
  });
  const answerTo = (call: string, body: string, response: http.ServerResponse) => {
    calls.push(call);
    bodies.push(body);
    const answer = answers[call.replace(/\?.*/, "")];
    response.writeHead(answer === undefined ? 404 : 200);
    response.end(typeof answer === "string" ? answer : JSON.stringify(answer ?? `nothing at ${call}`));
  };
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    calls,
    bodies,
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}

/** What a credentials URI and the metadata service answer. */
export function temporaryKey(name: string) {
  return {
    Code: "Success",
    AccessKeyId: `STS.${name}`,
    AccessKeySecret: `secret-of-${name}`,
    SecurityToken: `token-of-${name}`,
    Expiration: new Date(Date.now() + 6 * 3_600_000).toISOString().replace(/\.\d+Z$/, "Z"),
  };
}

/**
 * The metadata service has a fixed address, 100.100.100.200: calls of this process to it go to a local port
 * until the returned function is called.
 */
export function redirectMetadata(port: number): () => void {
  const original = http.request;
  http.request = ((options: http.RequestOptions, ...rest: []) =>
    original(
      options.host === "100.100.100.200" ? { ...options, host: "127.0.0.1", port } : options,
      ...rest,
    )) as typeof http.request;
  return () => (http.request = original);
}
