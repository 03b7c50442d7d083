import { createServer, request, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

/** A signed request of a real client, kept for sending it elsewhere, as it is or altered. */
export interface Captured {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Lets a client talk to a server that only listens, and gives what the client sent. */
export async function capture(send: (endpoint: string) => Promise<unknown>): Promise<Captured> {
  const captured: Captured[] = [];
  const server = createServer((incoming, answer) => {
    const parts: Buffer[] = [];
    incoming.on("data", (part: Buffer) => parts.push(part));
    incoming.on("end", () => {
      const { method = "", url = "", headers } = incoming;
      captured.push({ method, url, headers, body: Buffer.concat(parts) });
      answer.setHeader("content-type", "application/json");
      answer.setHeader("connection", "close");
      answer.end("{}");
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  try {
    await send(`127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.close();
  }
  const [first] = captured;
  if (first === undefined) throw new Error("The client sent nothing.");
  return first;
}

export interface Answered {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly body: Record<string, unknown>;
}

/** Sends a captured request to an endpoint, its Host header as it was signed. */
export async function replay(endpoint: string, captured: Captured): Promise<Answered> {
  const [host, port] = endpoint.split(":");
  return new Promise((resolve, reject) => {
    const { method, url, headers, body } = captured;
    const outgoing = request(
      { host, port, method, path: url, headers: { ...headers, connection: "close" } },
      (answer) => {
        let text = "";
        answer.on("data", (part: Buffer) => (text += part.toString()));
        answer.on("end", () => {
          const type = answer.headers["content-type"] ?? "";
          resolve({
            status: answer.statusCode ?? 0,
            type,
            text,
            body: JSON.parse(text) as Record<string, unknown>,
          });
        });
      },
    );
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}
