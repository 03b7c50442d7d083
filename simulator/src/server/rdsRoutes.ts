import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { WireRequest } from "../gateway/wire.js";
import type { Served } from "./listen.js";
import type { Play } from "./play.js";
import { pause, trickle } from "./trickle.js";

/** The RDS API: one path, any body, kept as the bytes that were signed. */
export function rdsRoutes({ simulation, saved }: Served) {
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
        await saved();
        const gone = new AbortController();
        reply.raw.once("close", () => {
          gone.abort();
        });
        if (play.delayMs !== undefined) await pause(play.delayMs, gone.signal);
        return perform(play, reply, gone.signal);
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

function perform(play: Play, reply: FastifyReply, gone: AbortSignal) {
  if (play.drop === undefined) {
    const { status, headers, body, bytesPerSecond } = play;
    return reply
      .code(status)
      .headers(headers)
      .send(bytesPerSecond === undefined ? body : trickle(body, bytesPerSecond, gone));
  }
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
