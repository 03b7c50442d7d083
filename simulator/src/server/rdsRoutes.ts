import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { WireRequest } from "../gateway/wire.js";
import type { Play } from "./play.js";
import type { Simulation } from "./simulation.js";

/** The RDS API: one path, any body, kept as the bytes that were signed. */
export function rdsRoutes(simulation: Simulation, closing: AbortSignal) {
  return (app: FastifyInstance, _options: object, done: () => void): void => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, parsed) => {
      parsed(null, body);
    });
    app.route({
      method: ["GET", "POST", "PUT", "DELETE", "PATCH"],
      url: "/",
      handler: async (request, reply) => {
        const play = simulation.call(wireRequest(request));
        if (play.delayMs !== undefined) await sleep(play.delayMs, undefined, { signal: closing });
        return perform(play, reply);
      },
    });
    done();
  };
}

function wireRequest(request: FastifyRequest): WireRequest {
  const [path = "/", ...query] = request.url.split("?");
  const headers = Object.entries(request.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(",") : (value ?? ""),
  ]);
  return {
    method: request.method,
    path,
    query: query.join("?"),
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
  };
}

function perform(play: Play, reply: FastifyReply) {
  if (play.drop === undefined) return reply.code(play.status).headers(play.headers).send(play.body);
  switch (play.drop) {
    case "before":
    case "after":
      reply.hijack();
      reply.raw.destroy();
      return reply;
    case "midway": {
      const body = Buffer.from(play.body);
      reply.hijack();
      reply.raw.writeHead(play.status, { ...play.headers, "content-length": body.length });
      reply.raw.write(body.subarray(0, Math.ceil(body.length / 2)), () => reply.raw.destroy());
      return reply;
    }
  }
}
